import { InputError, NotFoundError } from '@backstage/errors';
import type {
  ErrorRequestHandler,
  Request,
  RequestHandler,
  Router,
} from 'express';
import PromiseRouter from 'express-promise-router';
import { MethodNotAllowedError } from './httpErrors';
import { OPERATIONS, type Method, type Operations } from './operations';
import { parse, parseQuery } from './parse';
import { readBody } from './readBody';
import { readQuery } from './readQuery';
import { addressSchema, noQuerySchema } from './schemas';

/** Where the OpenAPI document is served. */
const DOCUMENT = '/openapi.json';

/** So much of a path is named. */
const PATH_LENGTH = 200;

/** Paths are taken literally, as the OpenAPI document has them. */
export const PATHS = { caseSensitive: true, strict: true };

/** A path of the OpenAPI document, for express. */
export const expressPath = (path: string) =>
  path.replace(/\{(\w+)\}/g, (_, name) => `:${name}`);

/** The method that answers: a HEAD is answered as GET, without the body. */
const methodOf = ({ method }: Request) =>
  (method === 'HEAD' ? 'GET' : method).toLowerCase() as Method;

/** As `Allow` names them (RFC 9110, section 10.2.1). */
const methodsOf = (operations: Operations): string[] =>
  Object.keys(operations).flatMap(method =>
    method === 'get' ? ['GET', 'HEAD'] : method.toUpperCase(),
  );

const allowOnly =
  (...methods: string[]): RequestHandler =>
  ({ method, path }, response, next) => {
    if (methods.includes(method)) {
      next();
      return;
    }
    const allowed = methods.join(', ');
    response.set('Allow', allowed);
    throw new MethodNotAllowedError(
      `${method} is not possible at ${path}. Use one of ${allowed}.`,
    );
  };

function checkOperation(operations: Operations): RequestHandler {
  return async (request, response, next) => {
    const { query = noQuerySchema, body } = operations[methodOf(request)]!;
    if (Object.keys(request.params).length > 0) {
      parse(addressSchema, request.params);
    }
    request.query = readQuery(request);
    parseQuery(query, request.query);
    if (body) {
      await readBody(request, response);
      parse(body, request.body);
    }
    next('router');
  };
}

/** Express names no field, and says "Failed to decode". */
const pathFault =
  (): ErrorRequestHandler => (error, _request, _response, next) =>
    next(
      error instanceof URIError
        ? new InputError(
            'The request is not valid. Encode each part of the path as UTF-8, percent-encoded.',
          )
        : error,
    );

/**
 * Refuses what the API does not take, in words that name it and say what it takes: paths, methods, queries, bodies. To be
 * asked before the OpenAPI document, which has the last word and does not name a key that it does not know. Afterwards
 * `request.query` is as {@link readQuery} has it.
 */
export function checkRequests(): Router {
  const router = PromiseRouter(PATHS);
  router.all(DOCUMENT, allowOnly('GET', 'HEAD'));
  router.get(DOCUMENT, (_request, _response, next) => next('router'));
  for (const [path, operations] of Object.entries(OPERATIONS)) {
    router.all(
      expressPath(path),
      allowOnly(...methodsOf(operations)),
      checkOperation(operations),
    );
  }
  router.use(({ path }) => {
    throw new NotFoundError(
      `Nothing answers at ${path.slice(
        0,
        PATH_LENGTH,
      )}. GET ${DOCUMENT} lists the paths of this API.`,
    );
  });
  router.use(pathFault());
  return router;
}
