import { listServices } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { entityQuerySchema } from './schemas';

/** `GET /v1/services?entityRef=…` */
export function listServicesHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const { entityRef } = parse(entityQuerySchema, request.query);
    response.json(
      await listServices(
        options.services,
        entityRef,
        await callContext(options, request),
      ),
    );
  };
}
