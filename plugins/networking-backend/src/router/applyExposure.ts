import { applyExposure } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { applySchema } from './schemas';

/** `POST /v1/exposures` */
export function applyExposureHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const body = parse(applySchema, request.body);
    const result = await applyExposure(
      options.services,
      body,
      await callContext(options, request),
    );
    response.status(result.action === 'create' ? 201 : 200).json(result);
  };
}
