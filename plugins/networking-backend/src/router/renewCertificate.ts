import { renewCertificate } from '../usecases/certificates';
import { TooManyRequestsError } from '../usecases/tooManyRequests';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { addressSchema, renewalSchema } from './schemas';

/** `POST /v1/certificates/{cluster}/{namespace}/{name}/renewal` */
export function renewCertificateHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const address = parse(addressSchema, request.params);
    const shown = parse(renewalSchema, request.body);
    try {
      response
        .status(202)
        .json(
          await renewCertificate(
            options.services,
            { ...address, ...shown },
            await callContext(options, request),
          ),
        );
    } catch (error) {
      if (error instanceof TooManyRequestsError) {
        response.set('Retry-After', String(error.retryAfterSeconds));
      }
      throw error;
    }
  };
}
