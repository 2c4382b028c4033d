import { readIssuanceHistory } from '../usecases/certificates';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { addressSchema } from './schemas';

/** `GET /v1/certificates/{cluster}/{namespace}/{name}/history` */
export function readIssuanceHistoryHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const address = parse(addressSchema, request.params);
    response.json(
      await readIssuanceHistory(
        options.services,
        address,
        await callContext(options, request),
      ),
    );
  };
}
