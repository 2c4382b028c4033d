import { listExposures, readEntityExposures } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { entityQuerySchema, listQuerySchema } from './schemas';

/** `GET /v1/exposures`: of one entity with `entityRef`, else the list. */
export function readExposuresHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const context = await callContext(options, request);
    if (request.query.entityRef !== undefined) {
      const { entityRef } = parse(entityQuerySchema, request.query);
      response.json(
        await readEntityExposures(options.services, entityRef, context),
      );
      return;
    }
    const query = parse(listQuerySchema, request.query);
    response.json(await listExposures(options.services, query, context));
  };
}
