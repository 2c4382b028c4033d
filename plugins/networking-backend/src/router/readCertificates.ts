import { listCertificates } from '../usecases/certificates';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { clusterQuerySchema } from './schemas';

/** `GET /v1/certificates` */
export function readCertificatesHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const { cluster } = parse(clusterQuerySchema, request.query);
    response.json(
      await listCertificates(
        options.services,
        cluster,
        await callContext(options, request),
      ),
    );
  };
}
