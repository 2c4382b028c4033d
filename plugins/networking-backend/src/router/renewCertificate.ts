import { renewCertificate } from '../usecases/certificates';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { addressSchema, renewalSchema } from './schemas';

/** `POST /v1/certificates/{cluster}/{namespace}/{name}/renewal` */
export function renewCertificateHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const address = parse(addressSchema, request.params);
    const shown = parse(renewalSchema, request.body);
    response
      .status(202)
      .json(
        await renewCertificate(
          options.services,
          { ...address, ...shown },
          await callContext(options, request),
        ),
      );
  };
}
