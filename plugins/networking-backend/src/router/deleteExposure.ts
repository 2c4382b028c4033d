import { deleteExposure } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { addressSchema, deleteQuerySchema } from './schemas';

/** `DELETE /v1/exposures/{cluster}/{namespace}/{name}?uid=…` */
export function deleteExposureHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const address = parse(addressSchema, request.params);
    const { uid } = parse(deleteQuerySchema, request.query);
    await deleteExposure(
      options.services,
      { ...address, uid },
      await callContext(options, request),
    );
    response.status(204).end();
  };
}
