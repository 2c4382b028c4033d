import { Router, type Request } from 'express';
import { parse } from './parse';
import {
  applySchema,
  clusterQuerySchema,
  deleteQuerySchema,
  entityQuerySchema,
  exposureRequestSchema,
  hostsQuerySchema,
  listQuerySchema,
  renewalSchema,
} from './schemas';

const EXPOSURES = '/v1/exposures';

const checkBody = (schema: Parameters<typeof parse>[0]) => (request: Request) =>
  // What is no JSON was not read: the document says what it has to be.
  request.is('json') && parse(schema, request.body);
const checkQuery =
  (schema: Parameters<typeof parse>[0]) => (request: Request) =>
    parse(schema, request.query);

/** The query of `GET /v1/exposures`: of one entity, or of the list. */
const exposuresQuerySchema = ({ query }: Request) =>
  'entityRef' in query ? entityQuerySchema : listQuerySchema;

/**
 * Says what is wrong with a query or body in words that name the field and what it takes. To be asked before the OpenAPI
 * document, which has the last word and does not name a key that it does not know.
 */
export function checkRequests(): Router {
  const router = Router();
  const check = (
    method: 'get' | 'post' | 'delete',
    path: string,
    run: (request: Request) => unknown,
  ) =>
    router[method](path, (request, _response, next) => {
      run(request);
      next();
    });
  check('get', EXPOSURES, request =>
    parse(exposuresQuerySchema(request), request.query),
  );
  check('post', EXPOSURES, checkBody(applySchema));
  check(
    'delete',
    `${EXPOSURES}/:cluster/:namespace/:name`,
    checkQuery(deleteQuerySchema),
  );
  check('get', '/v1/hosts', checkQuery(hostsQuerySchema));
  check('post', '/v1/plans', checkBody(exposureRequestSchema));
  check('get', '/v1/services', checkQuery(entityQuerySchema));
  for (const path of ['/v1/platform', '/v1/ca', '/v1/certificates']) {
    check('get', path, checkQuery(clusterQuerySchema));
  }
  check(
    'post',
    '/v1/certificates/:cluster/:namespace/:name/renewal',
    checkBody(renewalSchema),
  );
  return router;
}
