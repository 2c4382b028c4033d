import {
  CA_FINDINGS_HEADER,
  CA_FINGERPRINT_HEADER,
} from 'backstage-plugin-networking-common';
import { readCa } from '../usecases/certificates';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { clusterQuerySchema } from './schemas';

/** `GET /v1/ca`: the body is PEM, what is known about it stands in headers. */
export function readCaHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const { cluster } = parse(clusterQuerySchema, request.query);
    const { pem, fingerprintsSha256, findings } = await readCa(
      options.services,
      cluster,
      await callContext(options, request),
    );
    response
      .set(CA_FINGERPRINT_HEADER, fingerprintsSha256.join(','))
      .set(
        CA_FINDINGS_HEADER,
        Buffer.from(JSON.stringify(findings)).toString('base64url'),
      )
      .set('Content-Disposition', 'attachment; filename="networking-ca.pem"')
      .type('application/x-pem-file')
      .send(pem);
  };
}
