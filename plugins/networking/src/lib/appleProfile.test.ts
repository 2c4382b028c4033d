import { appleProfile, type ProfileCertificate } from './appleProfile';

const certificate = (more: Partial<ProfileCertificate> = {}) => ({
  name: 'idp-demo-ca',
  fileName: 'local-ca.crt',
  base64: btoa('certificate '.repeat(20)),
  fingerprintSha256: Array.from({ length: 32 }, (_, index) =>
    (index * 7).toString(16).padStart(2, '0').toUpperCase(),
  ).join(':'),
  ...more,
});

/** A property list as plain values. */
function read(element: Element): unknown {
  const children = [...element.children];
  switch (element.tagName) {
    case 'dict':
      return Object.fromEntries(
        children
          .filter(({ tagName }) => tagName === 'key')
          .map(key => [key.textContent, read(key.nextElementSibling!)]),
      );
    case 'array':
      return children.map(read);
    case 'integer':
      return Number(element.textContent);
    case 'false':
      return false;
    case 'data':
      return element.textContent?.replace(/\s/g, '');
    default:
      return element.textContent;
  }
}

function parse(profile: string): any {
  const document = new DOMParser().parseFromString(profile, 'application/xml');
  expect(document.querySelector('parsererror')).toBeNull();
  return read(document.querySelector('plist > dict')!);
}

const UUID =
  /^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/;

it('is a property list with the certificate, and installs a root', () => {
  const profile = parse(appleProfile([certificate()], 'CA of cluster local'));
  expect(profile).toMatchObject({
    PayloadType: 'Configuration',
    PayloadVersion: 1,
    PayloadDisplayName: 'CA of cluster local',
    PayloadRemovalDisallowed: false,
    PayloadUUID: expect.stringMatching(UUID),
    PayloadContent: [
      {
        PayloadType: 'com.apple.security.root',
        PayloadVersion: 1,
        PayloadDisplayName: 'idp-demo-ca',
        PayloadCertificateFileName: 'local-ca.crt',
        PayloadContent: certificate().base64,
        PayloadUUID: expect.stringMatching(UUID),
      },
    ],
  });
  const [root] = profile.PayloadContent;
  expect(root.PayloadIdentifier).toContain(root.PayloadUUID);
  expect(root.PayloadUUID).not.toBe(profile.PayloadUUID);
});

it('is the same for the same certificates, and another for others', () => {
  const of = (...certificates: ProfileCertificate[]) =>
    appleProfile(certificates, 'CA');
  const other = certificate({
    fingerprintSha256: certificate().fingerprintSha256.replace(/^00/, '01'),
  });
  expect(of(certificate())).toBe(of(certificate()));
  const uuids = [
    of(certificate()),
    of(other),
    of(certificate(), other),
  ].flatMap(text =>
    [...text.matchAll(/<string>([0-9A-F-]{36})<\/string>/g)].map(
      found => found[1],
    ),
  );
  // The payload of each certificate keeps its own, alone and beside the other.
  expect(new Set(uuids.slice(0, 4)).size).toBeGreaterThanOrEqual(3);
  expect(uuids.slice(4, 6)).toEqual([uuids[0], uuids[2]]);
});

it('holds any name without breaking, and what XML cannot hold is left out', () => {
  const name = `<string>&amp;"'\u0000\u0008]]> Zürich 東京`;
  const profile = parse(appleProfile([certificate({ name })], name));
  expect(profile.PayloadDisplayName).toBe(`<string>&amp;"']]> Zürich 東京`);
  expect(profile.PayloadContent[0].PayloadDisplayName).toBe(
    `<string>&amp;"']]> Zürich 東京`,
  );
});
