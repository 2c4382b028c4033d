import type {
  Certificate,
  CertificateRequest,
  KeptRevision,
} from 'backstage-plugin-networking-common';
import { makeCertificate } from '../../__testUtils__/certificates';
import {
  bundleOf,
  compact,
  pemOf,
  probeOf,
  replacedCa,
  type Replaced,
} from './__testUtils__/bundle';

/** Long after anything here was issued. */
const LATER = '2126-03-01T00:00:00Z';

let cluster: Replaced;

beforeAll(async () => {
  cluster = await replacedCa();
});

/** The wildcard was issued anew, by the CA that signs today. */
async function renewed() {
  const leaf = await makeCertificate({
    name: 'renewed',
    issuer: cluster.newCa,
  });
  const objects = structuredClone(cluster.after);
  const certificate = objects.find(
    ({ kind, metadata }) =>
      kind === 'Certificate' && metadata.name === 'idp-wildcard-cert',
  ) as Certificate;
  certificate.status!.revision = 2;
  const request = objects.find(
    ({ metadata }) => metadata.name === 'idp-wildcard-cert-1',
  ) as CertificateRequest;
  request.metadata.annotations!['cert-manager.io/certificate-revision'] = '2';
  request.status = {
    certificate: Buffer.from(leaf.cert).toString('base64'),
    ca: Buffer.from(cluster.newCa.cert).toString('base64'),
  };
  const earlier: KeptRevision[] = [
    {
      revision: 1,
      leafPem: cluster.world.wildcard.cert,
      chainPem: [cluster.world.ca.cert],
      seenAt: '2026-02-01T00:00:00Z',
    },
  ];
  return { leaf, objects, earlier };
}

describe('by what probes saw, the bundle', () => {
  it('is of the leaf that is still served, though another was issued since', async () => {
    const { objects, earlier } = await renewed();
    const bundle = bundleOf({
      objects,
      earlier,
      served: [probeOf('shop', [cluster.world.wildcard], false, LATER)],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca, cluster.newCa));
    expect(bundle?.findings).toMatchObject([
      {
        reason: 'CaReplaced',
        remedy:
          'Find out why the gateway does not serve what is in Secret kube-system/idp-wildcard-cert.',
      },
    ]);
    expect(bundle?.certificates).toMatchObject([
      { verifiesServed: true, signsToday: false },
      { verifiesServed: false, signsToday: true },
    ]);
  });

  it('has nothing to find out where the gateway was asked before it could take up the new one', async () => {
    const { objects, earlier } = await renewed();
    const bundle = bundleOf({
      objects,
      earlier,
      served: [probeOf('shop', [cluster.world.wildcard])],
      owners: "the platform's admins",
    });
    expect(bundle?.findings).toMatchObject([
      {
        reason: 'CaReplaced',
        remedy: 'Wait; the gateway takes up what was issued within seconds.',
      },
    ]);
  });

  it('is of the issued leaf alone once every host serves it', async () => {
    const { objects, earlier, leaf } = await renewed();
    const bundle = bundleOf({
      objects,
      earlier,
      served: [probeOf('shop', [leaf], true), probeOf('docs', [leaf], true)],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.newCa));
    expect(bundle?.findings).toEqual([]);
  });

  it('is of both while some hosts serve the one and some the other', async () => {
    const { objects, earlier, leaf } = await renewed();
    const bundle = bundleOf({
      objects,
      earlier,
      served: [
        probeOf('shop', [leaf], true),
        probeOf('docs', [cluster.world.wildcard]),
      ],
    });
    expect(
      new Set(bundle?.certificates?.map(({ pem }) => compact(pem))),
    ).toEqual(new Set([pemOf(cluster.world.ca), pemOf(cluster.newCa)]));
    expect(bundle?.findings).toMatchObject([{ reason: 'CaReplaced' }]);
  });

  it('knows the CA of a leaf that it does not know, by a certificate that was served with it', async () => {
    const stranger = await makeCertificate({
      name: 'stranger',
      issuer: cluster.world.ca,
    });
    const bundle = bundleOf({
      objects: structuredClone(cluster.after),
      served: [probeOf('shop', [stranger, cluster.world.ca])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca, cluster.newCa));
  });

  it('knows the CA of a leaf that it does not know, by the key that signed it', async () => {
    const stranger = await makeCertificate({
      name: 'stranger',
      issuer: cluster.world.ca,
    });
    const bundle = bundleOf({
      objects: structuredClone(cluster.after),
      served: [probeOf('shop', [stranger])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca, cluster.newCa));
  });

  it('says that what is served is not known, and takes no CA from the wire', async () => {
    const foreign = await makeCertificate({ name: 'foreign', isCa: true });
    const stranger = await makeCertificate({
      name: 'stranger',
      issuer: foreign,
    });
    const bundle = bundleOf({
      objects: structuredClone(cluster.before),
      served: [probeOf('shop.example.org', [stranger, foreign])],
      mayName: host => host === 'shop.example.org',
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca));
    expect(bundle?.findings).toEqual([
      expect.objectContaining({
        reason: 'ServedNotKnown',
        message: expect.stringContaining('shop.example.org'),
      }),
    ]);
  });

  it('names of the hosts with a certificate that is not known none but those that the reader may read', async () => {
    const stranger = await makeCertificate({ name: 'stranger', isCa: true });
    const findingsFor = (readable: string[]) =>
      bundleOf({
        objects: structuredClone(cluster.before),
        served: [
          probeOf('own.example.org', [stranger]),
          probeOf('secret.example.org', [stranger]),
        ],
        mayName: host => readable.includes(host),
      })?.findings;
    expect(findingsFor(['own.example.org'])).toMatchObject([
      { reason: 'ServedNotKnown', subject: { name: 'own.example.org' } },
    ]);
    const forOthers = findingsFor([]);
    expect(forOthers).toMatchObject([{ reason: 'ServedNotKnown' }]);
    expect(JSON.stringify(forOthers)).not.toContain('example.org');
  });

  it('takes no CA from the wire that calls itself as the one of the cluster', async () => {
    const foreign = await makeCertificate({ name: 'idp-demo-ca', isCa: true });
    const stranger = await makeCertificate({ name: 'x', issuer: foreign });
    const bundle = bundleOf({
      objects: structuredClone(cluster.before),
      served: [probeOf('shop', [stranger, foreign])],
    });
    expect(compact(bundle?.pem)).toBe(pemOf(cluster.world.ca));
  });
});
