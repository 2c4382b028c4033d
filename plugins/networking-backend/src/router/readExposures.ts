import { ConflictError } from '@backstage/errors';
import { listExposures, readEntityExposures } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { exposuresQuerySchema } from './schemas';

/** `GET /v1/exposures`: of one entity with `entityRef`, else the list. */
export function readExposuresHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const context = await callContext(options, request);
    const { entityRef, id, ...query } = parse(
      exposuresQuerySchema,
      request.query,
    );
    if (entityRef !== undefined) {
      const { search, limit, ...others } = query;
      refuseOfList(others);
      response.json(
        await readEntityExposures(
          options.services,
          entityRef,
          { search, id, limit },
          context,
        ),
      );
      return;
    }
    if (id !== undefined) {
      throw new ConflictError(
        'A row has its id among those of one entity. Add entityRef, or leave out id.',
      );
    }
    response.json(await listExposures(options.services, query, context));
  };
}

/** What OpenAPI cannot say of parameters: each is valid, and they exclude one another. */
function refuseOfList(query: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(query).filter(name => query[name] !== '');
  if (given.length === 0) return;
  throw new ConflictError(
    `The exposures of one entity are found by search, id and limit. Leave out ${given.join(
      ', ',
    )}, or entityRef.`,
  );
}
