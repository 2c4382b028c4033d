import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import express, { type Router } from 'express';
import { applyExposureHandler } from './applyExposure';
import { checkRequests } from './checkRequests';
import type { RouterOptions } from './context';
import { createPlanHandler } from './createPlan';
import { deleteExposureHandler } from './deleteExposure';
import { listServicesHandler } from './listServices';
import type { OpenApiDocument } from './openApiDocument';
import { hideOtherServices } from './otherServices';
import { probeExposureHandler } from './probeExposure';
import { readCaHandler } from './readCa';
import { readCertificatesHandler } from './readCertificates';
import { readExposureHandler } from './readExposure';
import { readExposuresHandler } from './readExposures';
import { readHostsHandler } from './readHosts';
import { readIssuanceHistoryHandler } from './readIssuanceHistory';
import { readPlatformHandler } from './readPlatform';
import { readSettingsHandler } from './readSettings';
import { renewCertificateHandler } from './renewCertificate';

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
    middleware: [express.json({ limit: BODY_LIMIT }), checkRequests()],
    validatorOptions: { validateResponses: options.checkResponses ?? false },
  }) as unknown as Router;
  // Answers differ from caller to caller, and may be kept by the caller's own browser alone, which asks each time whether
  // they still hold (RFC 9111, section 5.2.2.4): express adds the ETag and answers 304.
  router.use((_request, response, next) => {
    response.set({
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization',
    });
    next();
  });
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
  router.post(
    '/v1/exposures/:cluster/:namespace/:name/probe',
    probeExposureHandler(options),
  );
  router.get('/v1/hosts', readHostsHandler(options));
  router.post('/v1/plans', createPlanHandler(options));
  router.get('/v1/services', listServicesHandler(options));
  router.get('/v1/platform', readPlatformHandler(options));
  router.get('/v1/settings', readSettingsHandler(options));
  router.get('/v1/ca', readCaHandler(options));
  router.get('/v1/certificates', readCertificatesHandler(options));
  router.post(
    '/v1/certificates/:cluster/:namespace/:name/renewal',
    renewCertificateHandler(options),
  );
  router.get(
    '/v1/certificates/:cluster/:namespace/:name/history',
    readIssuanceHistoryHandler(options),
  );
  router.use(
    hideOtherServices(message => options.services.logger.error(message)),
  );
  return router;
}
