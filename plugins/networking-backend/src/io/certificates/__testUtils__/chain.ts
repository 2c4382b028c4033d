import type { X509Certificate } from 'node:crypto';
import {
  makeCertificate,
  type TestCertificate,
} from '../../../__testUtils__/certificates';
import { parseCertificates } from '../x509';

export const parse = ({ cert }: TestCertificate): X509Certificate =>
  parseCertificates(cert)[0];

/** A leaf, the intermediate CA that signed it, and the root that signed that. */
export async function makeChain(
  options: { dnsNames?: string[] } = {},
): Promise<Record<'ca' | 'intermediate' | 'leaf', TestCertificate>> {
  const ca = await makeCertificate({ name: 'root', isCa: true });
  const intermediate = await makeCertificate({
    name: 'intermediate',
    isCa: true,
    issuer: ca,
  });
  const leaf = await makeCertificate({
    name: 'leaf',
    issuer: intermediate,
    ...options,
  });
  return { ca, intermediate, leaf };
}
