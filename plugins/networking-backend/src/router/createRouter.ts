import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { checkRequests, expressPath, PATHS } from './checkRequests';
import type { RouterOptions } from './context';
import type { OpenApiDocument } from './openApiDocument';
import { OPERATIONS, type Method } from './operations';
import { hideOtherServices } from './otherServices';
import { readQuery } from './readQuery';

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
  const router = PromiseRouter(PATHS);
  // Answers differ from caller to caller, and may be kept by the caller's own browser alone, which asks each time whether
  // they still hold (RFC 9111, section 5.2.2.4): express adds the ETag and answers 304.
  router.use((_request, response, next) => {
    response.set({
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization',
    });
    next();
  });
  router.use(checkRequests());
  router.use(
    createValidatedOpenApiRouter(options.document, {
      // Bodies are read already.
      middleware: [(_request, _response, next) => next()],
      validatorOptions: {
        validateResponses: options.checkResponses ?? false,
        // Backstage has done that in front of every plugin.
        validateSecurity: false,
      },
    }) as unknown as Router,
  );
  router.use((request, _response, next) => {
    // The validator has made numbers of texts.
    request.query = readQuery(request);
    next();
  });
  for (const [path, operations] of Object.entries(OPERATIONS)) {
    for (const [method, { handler }] of Object.entries(operations)) {
      router[method as Method](expressPath(path), handler(options));
    }
  }
  router.use(
    hideOtherServices(message => options.services.logger.error(message)),
  );
  return router;
}
