import {
  CA_FINDINGS_HEADER,
  CA_FINGERPRINT_HEADER,
} from 'backstage-plugin-networking-common';
import { readCa } from '../usecases/certificates';
import { callContext, type Handler, type RouterOptions } from './context';
import { parse } from './parse';
import { clusterQuerySchema } from './schemas';

const PEM = 'application/x-pem-file';

/** `GET /v1/ca`: PEM with what is known about it in headers, or JSON for those who ask for that. */
export function readCaHandler(options: RouterOptions): Handler {
  return async (request, response) => {
    const { cluster } = parse(clusterQuerySchema, request.query);
    const bundle = await readCa(
      options.services,
      cluster,
      await callContext(options, request),
    );
    const { pem, fingerprintsSha256, findings } = bundle;
    response.vary('Accept');
    // `*/*` takes the first.
    if (request.accepts([PEM, 'application/json']) === 'application/json') {
      response.json(bundle);
      return;
    }
    response
      .set(CA_FINGERPRINT_HEADER, fingerprintsSha256.join(','))
      .set(
        CA_FINDINGS_HEADER,
        Buffer.from(JSON.stringify(findings)).toString('base64url'),
      )
      .set('Content-Disposition', 'attachment; filename="networking-ca.pem"')
      .type(PEM)
      .send(pem);
  };
}
