import { ConflictError } from '@backstage/errors';
import { listExposures, readEntityExposures } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { exposuresQuerySchema } from './schemas';

/** `GET /v1/exposures`: of one entity with `entityRef`, else the list. */
export function readExposuresHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const context = await callContext(options, request);
    const { entityRef, ...query } = parse(exposuresQuerySchema, request.query);
    if (entityRef !== undefined) {
      refuseNarrowing(query);
      response.json(
        await readEntityExposures(options.services, entityRef, context),
      );
      return;
    }
    response.json(await listExposures(options.services, query, context));
  };
}

/** What OpenAPI cannot say of parameters: each is valid, and they exclude one another. */
function refuseNarrowing(query: Readonly<Record<string, unknown>>): void {
  const others = Object.keys(query).filter(name => query[name] !== '');
  if (others.length === 0) return;
  throw new ConflictError(
    `The exposures of one entity come whole. Leave out ${others.join(
      ', ',
    )}, or entityRef.`,
  );
}
