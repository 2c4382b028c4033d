import { rootCertificates } from 'node:tls';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { createRoots, isPublicRoot, systemRootsPem } from './systemRoots';
import { parseCertificates } from './x509';

const parse = ({ cert }: TestCertificate) => parseCertificates(cert)[0];

describe('the roots of this system', () => {
  it('are those that Node carries and more, each a certificate', () => {
    const pems = systemRootsPem();
    expect(pems).toEqual(expect.arrayContaining([...rootCertificates]));
    expect(parseCertificates(pems.join('\n')).length).toBeGreaterThanOrEqual(
      rootCertificates.length,
    );
  });

  it('are public where Node carries them', async () => {
    expect(isPublicRoot(parseCertificates(rootCertificates[0])[0])).toBe(true);
    const own = await makeCertificate({ name: 'own', isCa: true });
    expect(isPublicRoot(parse(own))).toBe(false);
  });

  it('are found by the name of the issuer, each once, and read when they are asked for', async () => {
    const [root, again, other] = await Promise.all([
      makeCertificate({ name: 'root', isCa: true }),
      makeCertificate({ name: 'root', isCa: true }),
      makeCertificate({ name: 'other', isCa: true }),
    ]);
    const leaf = await makeCertificate({ name: 'leaf', issuer: root });
    let reads = 0;
    const roots = createRoots(() => {
      reads += 1;
      return [root, root, again, other].map(({ cert }) => cert);
    });
    expect(reads).toBe(0);
    const found = roots.of([parse(leaf)]);
    expect(found.map(({ fingerprint256 }) => fingerprint256)).toEqual(
      [root, again].map(one => parse(one).fingerprint256),
    );
    roots.of([parse(leaf)]);
    expect(reads).toBe(1);
  });
});
