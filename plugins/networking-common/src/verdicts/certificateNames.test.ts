import type { CertificateSummary } from '../certificates/types';
import type { Certificate } from '../gateway-api/types';
import {
  all,
  find,
  HOST,
  judge,
  remove,
  summary,
  type World,
} from './__testUtils__/world';

const WILDCARD = '*.127-0-0-1.nip.io';
const certificateOf = (world: World) =>
  find(world, 'Certificate', 'idp-wildcard-cert');

/** It was issued and is served as it was ordered: without any DNS name. */
const nameless =
  (
    leaf: Partial<CertificateSummary>,
    spec: Certificate['spec'] = {},
    metadata: Partial<Certificate['metadata']> = {},
  ) =>
  (world: World) => {
    const certificate = certificateOf(world);
    Object.assign(certificate.metadata, metadata);
    certificate.spec = { ...certificate.spec, dnsNames: [], ...spec };
    const issued = summary({ dnsNames: [], ...leaf });
    world.certificate!.leaf = issued;
    world.probe!.tls!.leaf = issued;
  };

const CERTIFICATE = { kind: 'Certificate', name: 'idp-wildcard-cert' };
const ADD =
  /^Ask the platform's admins to add \*\.127-0-0-1\.nip\.io to spec\.dnsNames of Certificate kube-system\/idp-wildcard-cert\.$/;

describe('a certificate without any DNS name', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      says: RegExp;
      remedy: RegExp;
      subject?: object;
    }
  > = {
    'with a common name alone is to get DNS names': {
      change: nameless({ subject: `CN=${WILDCARD}` }, { commonName: WILDCARD }),
      says: /it names no host; browsers do not read its common name, \*\.127-0-0-1\.nip\.io\.$/,
      remedy: ADD,
    },
    'with the very host for its common name is to get DNS names': {
      change: nameless({ subject: `CN=${HOST}` }, { commonName: HOST }),
      says: /common name, shop\.127-0-0-1\.nip\.io\.$/,
      remedy: ADD,
    },
    'with an IP address alone is to get DNS names': {
      change: nameless(
        { subject: `CN=${WILDCARD}`, otherNames: ['IP:127.0.0.1'] },
        { ipAddresses: ['127.0.0.1'] },
      ),
      says: /it is for 127\.0\.0\.1 alone and names no host; /,
      remedy: ADD,
    },
    'with neither, as with mail addresses or URIs alone, is to get DNS names': {
      change: nameless({ subject: '' }),
      says: /: it names no host\.$/,
      remedy: ADD,
    },
    'of which only what was ordered is known is to get DNS names': {
      change: all(
        nameless({}, { commonName: WILDCARD, dnsNames: undefined }),
        world => {
          world.certificate = { unknown: 'The request is not kept.' };
          delete world.probe!.tls;
        },
      ),
      says: /browsers do not read its common name, \*/,
      remedy: ADD,
    },
    'under a listener without a hostname is to name the wildcard of the suffix':
      {
        change: all(nameless({}), world => {
          const { listeners } = find(world, 'Gateway', 'idp-gateway').spec!;
          delete listeners![1].hostname;
        }),
        says: /names no host/,
        remedy: ADD,
      },
    'for a host that no wildcard of ours covers is to name that host': {
      change: all(nameless({}), world => {
        world.route.spec!.hostnames = [`a.${HOST}`];
        delete world.route.metadata.annotations;
        world.probe!.host = `a.${HOST}`;
      }),
      says: /names no host/,
      remedy: /to add a\.shop\.127-0-0-1\.nip\.io to spec\.dnsNames of/,
    },
    'that a Gateway has made is named there': {
      change: nameless(
        {},
        {},
        {
          ownerReferences: [
            {
              apiVersion: 'gateway.networking.k8s.io/v1',
              kind: 'Gateway',
              name: 'idp-gateway',
              uid: 'uid-Gateway-idp-gateway',
              controller: true,
            },
          ],
        },
      ),
      says: /names no host/,
      remedy:
        /to name \*\.127-0-0-1\.nip\.io in Gateway kube-system\/idp-gateway, by which Certificate .* is made\.$/,
    },
    'that Argo CD keeps is changed where Argo CD takes it from': {
      change: nameless(
        {},
        {},
        {
          annotations: { 'argocd.argoproj.io/tracking-id': 'edge' },
        },
      ),
      says: /names no host/,
      remedy: /to spec\.dnsNames of .*, where Argo CD takes it from\.$/,
    },
    'in a Secret that somebody fills by hand is replaced there': {
      change: all(nameless({}), world => {
        remove(world, 'Certificate', 'idp-wildcard-cert');
        world.certificate = undefined;
      }),
      says: /names no host/,
      remedy:
        /to put a certificate into Secret kube-system\/idp-wildcard-cert that has \*\.127-0-0-1\.nip\.io among its subject alternative names\.$/,
      subject: { kind: 'Secret', name: 'idp-wildcard-cert' },
    },
    'of which the order names the host by now is to be issued anew': {
      change: nameless({}, { dnsNames: [WILDCARD] }),
      says: /names no host/,
      remedy: /to check that cert-manager issues Certificate .* anew/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    const { verdict, tls, findings } = judge(one.change);
    expect(verdict).toMatchObject({
      word: 'Broken',
      finding: {
        reason: 'CertificateNotForHost',
        message: expect.stringMatching(one.says),
        remedy: expect.stringMatching(one.remedy),
        subject: expect.objectContaining(one.subject ?? CERTIFICATE),
      },
    });
    expect(tls).toMatchObject({ word: 'Bad', coversHost: false });
    // Once, though it would be so for every other host.
    expect(
      findings.filter(({ reason }) => reason === 'CertificateNotForHost'),
    ).toHaveLength(1);
  });

  it('of another host tells nothing of wildcards, and a host is to be chosen', () => {
    const { verdict } = judge(
      nameless(
        { dnsNames: ['*.example.com'] },
        {
          dnsNames: ['*.example.com'],
        },
      ),
    );
    expect(verdict.finding.message).not.toMatch(/one label/);
    expect(verdict.finding.remedy).toMatch(/^Choose a host that /);
  });
});
