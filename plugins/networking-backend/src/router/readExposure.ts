import { readExposure } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { addressSchema } from './schemas';

/** `GET /v1/exposures/{cluster}/{namespace}/{name}` */
export function readExposureHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const address = parse(addressSchema, request.params);
    response.json(
      await readExposure(
        options.services,
        address,
        await callContext(options, request),
      ),
    );
  };
}
