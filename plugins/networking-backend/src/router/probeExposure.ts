import { probeExposure } from '../usecases/exposures';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { addressSchema } from './schemas';

/** `POST /v1/exposures/{cluster}/{namespace}/{name}/probe` */
export function probeExposureHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const address = parse(addressSchema, request.params);
    response.json(
      await probeExposure(
        options.services,
        address,
        await callContext(options, request),
      ),
    );
  };
}
