import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express, { type Router } from 'express';
import { applyExposureHandler } from './applyExposure';
import type { RouterOptions } from './context';
import { createPlanHandler } from './createPlan';
import { deleteExposureHandler } from './deleteExposure';
import { listServicesHandler } from './listServices';
import type { OpenApiDocument } from './openApiDocument';
import { readCaHandler } from './readCa';
import { readExposureHandler } from './readExposure';
import { readExposuresHandler } from './readExposures';
import { readPlatformHandler } from './readPlatform';
import { readSettingsHandler } from './readSettings';

/** Far more than any exposure request. */
const BODY_LIMIT = '32kb';

/**
 * The HTTP API. Requests are checked against the OpenAPI document, which is
 * served at `/openapi.json`.
 *
 * @param options - `checkResponses`: check what is answered too, and answer 500
 *   where it departs from the document; for tests
 */
export function createRouter(
  options: RouterOptions & {
    document: OpenApiDocument;
    checkResponses?: boolean;
  },
): Router {
  const router = createValidatedOpenApiRouter(options.document, {
    middleware: [express.json({ limit: BODY_LIMIT })],
    validatorOptions: { validateResponses: options.checkResponses ?? false },
  }) as unknown as Router;
  router.get('/v1/exposures', readExposuresHandler(options));
  router.post('/v1/exposures', applyExposureHandler(options));
  router.get(
    '/v1/exposures/:cluster/:namespace/:name',
    readExposureHandler(options),
  );
  router.delete(
    '/v1/exposures/:cluster/:namespace/:name',
    deleteExposureHandler(options),
  );
  router.post('/v1/plans', createPlanHandler(options));
  router.get('/v1/services', listServicesHandler(options));
  router.get('/v1/platform', readPlatformHandler(options));
  router.get('/v1/settings', readSettingsHandler(options));
  router.get('/v1/ca', readCaHandler(options));
  return router;
}
