import {
  all,
  find,
  HOST,
  judge,
  onAnotherListener,
  remove,
  summary,
  type World,
} from './__testUtils__/world';
import type { KubernetesObject } from '../gateway-api/types';
import type { CertificateSummary } from '../certificates/types';
import type { TlsWord, VerdictWord } from './types';

/** Both what was issued and what the probe saw. */
const leaf = (rest: Partial<CertificateSummary>) => (world: World) => {
  world.certificate!.leaf = summary(rest);
  world.certificate!.chainNotAfter = summary(rest).notAfter;
  world.probe!.tls!.leaf = summary(rest);
};

/** Issued for the same names by the same CA, nine days ago. */
const renewed = summary({
  fingerprintSha256: 'BB',
  serialNumber: '02',
  notBefore: '2026-11-14T00:00:00Z',
});

const withoutHandshake = (world: World) => {
  delete world.probe!.tls;
};

const withoutLeaf = (world: World) => {
  withoutHandshake(world);
  world.certificate = { unknown: 'The request is not kept.' };
};

const notIssued = (world: World) => {
  world.certificate = { unknown: 'It has not been issued yet.' };
  find(world, 'Certificate', 'idp-wildcard-cert').status = {
    conditions: [{ type: 'Ready', status: 'False', reason: 'DoesNotExist' }],
  };
};

/** A host of two labels before the suffix, which nobody has asked for. */
const deepHost = (world: World) => {
  world.route.spec!.hostnames = [`a.${HOST}`];
  delete world.route.metadata.annotations;
  world.probe!.host = `a.${HOST}`;
};

const unverified = (world: World) => {
  world.certificate!.verified = false;
  world.certificate!.verificationError = 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
  world.probe!.tls!.verified = false;
};

describe('verdict on a certificate', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      word: VerdictWord;
      tls: TlsWord;
      reason: string;
      says?: RegExp;
      remedy?: RegExp;
    }
  > = {
    'that is good': {
      change: () => {},
      word: 'Live',
      tls: 'Good',
      reason: 'CertificateGood',
      says: /^Signed by idp-demo-ca, covers this host, 340 days left/,
    },
    'that no listener names is Broken': {
      change: world => {
        withoutLeaf(world);
        find(world, 'Gateway', 'idp-gateway').spec!.listeners![1].tls = {};
      },
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateMissing',
    },
    'that has not been issued is Pending': {
      change: all(withoutHandshake, notIssued),
      word: 'Pending',
      tls: 'Unknown',
      reason: 'CertificateNotIssued',
    },
    'that has not been issued, while the gateway serves another for other hosts, is Pending all the same':
      {
        change: all(notIssued, world => {
          world.probe!.tls = {
            verified: false,
            verificationError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
            leaf: summary({
              fingerprintSha256: 'DD',
              dnsNames: ['gateway.example.com'],
            }),
          };
        }),
        word: 'Pending',
        tls: 'Unknown',
        reason: 'CertificateNotIssued',
      },
    'of which nothing is known is Degraded, and why': {
      change: withoutLeaf,
      word: 'Degraded',
      tls: 'Unknown',
      reason: 'CertificateNotKnown',
      says: /The request is not kept\./,
    },
    'in a Secret that no Certificate fills is Degraded': {
      change: world => {
        withoutHandshake(world);
        world.certificate = undefined;
        remove(world, 'Certificate');
      },
      word: 'Degraded',
      tls: 'Unknown',
      reason: 'CertificateNotKnown',
    },
    'that only the probe has seen, verified, is good': {
      change: world => {
        world.certificate = undefined;
      },
      word: 'Live',
      tls: 'Good',
      reason: 'CertificateGood',
    },
    'for other hosts is Broken': {
      change: leaf({ dnsNames: ['*.example.com'] }),
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateNotForHost',
      says: /it is for \*\.example\.com, not for shop\.127-0-0-1/,
    },
    'that is not the one that was issued for it is Broken, and no other host is to be chosen':
      {
        change: world => {
          Object.assign(world.probe!.tls!, {
            verified: false,
            leaf: {
              ...world.certificate!.leaf!,
              dnsNames: ['default.example.org'],
              fingerprintSha256: 'DEFAULT',
            },
          });
        },
        word: 'Broken',
        tls: 'Bad',
        reason: 'CertificateNotForHost',
        remedy:
          /^Ask the platform's admins to find out why the gateway does not serve what is in Secret/,
      },
    'whose wildcard would have to stand for two labels is Broken': {
      change: world => {
        const host = `a.${HOST}`;
        world.route.spec!.hostnames = [host];
        delete world.route.metadata.annotations;
        world.probe!.host = host;
      },
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateNotForHost',
      says: /A wildcard stands for one label/,
    },
    'of which only what was ordered is known, for one label, is Broken for a host of two':
      {
        change: all(withoutLeaf, deepHost),
        word: 'Broken',
        tls: 'Bad',
        reason: 'CertificateNotForHost',
        says: /it is for \*\.127-0-0-1\.nip\.io, 127-0-0-1\.nip\.io, not for a\.shop/,
      },
    'of which nothing is known, on a wildcard listener, may not cover a host of two labels':
      {
        change: all(withoutLeaf, deepHost, world =>
          remove(world, 'Certificate'),
        ),
        word: 'Degraded',
        tls: 'Unknown',
        reason: 'CertificateNotForHost',
        says: /^Browsers may refuse a\.shop.*: a certificate for \*\.127-0-0-1\.nip\.io stands for one label only/,
      },
    'of which one of two covers the host is not refused for the other': {
      change: all(withoutLeaf, deepHost, world => {
        const { listeners } = find(world, 'Gateway', 'idp-gateway').spec!;
        listeners![1].tls!.certificateRefs!.push({ name: 'deep-cert' });
        world.objects.push({
          apiVersion: 'cert-manager.io/v1',
          kind: 'Certificate',
          metadata: { name: 'deep', namespace: 'kube-system' },
          spec: { secretName: 'deep-cert', dnsNames: [`*.${HOST}`] },
        } as KubernetesObject);
      }),
      word: 'Pending',
      tls: 'Unknown',
      reason: 'CertificateNotIssued',
      says: /until Certificate kube-system\/deep is issued/,
    },
    'that has expired is Broken, although cert-manager says Ready': {
      change: leaf({ notAfter: '2026-11-23T11:59:59Z' }),
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateExpired',
      says: /it expired on 2026-11-23/,
    },
    'whose CA has expired is Broken': {
      change: world => {
        world.certificate!.chainNotAfter = '2026-11-01T00:00:00Z';
      },
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateExpired',
      says: /the CA above it expired on 2026-11-01/,
    },
    'that is not valid yet is Broken': {
      change: leaf({ notBefore: '2026-11-24T00:00:00Z' }),
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateNotYetValid',
    },
    'that another CA signed is Broken': {
      change: all(leaf({ issuer: 'CN=another-ca' }), unverified),
      word: 'Broken',
      tls: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /it is signed by the CA another-ca, and not by the CA idp-demo-ca, which signs today/,
    },
    'of which only cert-manager tells, signed with another key of the CA, is Broken':
      {
        change: all(unverified, withoutHandshake),
        word: 'Broken',
        tls: 'Bad',
        reason: 'CertificateOfOldCaKey',
        says: /signed by a CA key that is no longer in use/,
      },
    'that is its own signer is Degraded: self-signed': {
      change: world => {
        world.certificate!.signer = summary();
      },
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'CertificateSelfSigned',
      says: /it is self-signed\.$/,
    },
    'of another https listener is not judged by the one that the settings name':
      {
        change: all(onAnotherListener, unverified, withoutHandshake),
        word: 'Unknown',
        tls: 'Unknown',
        reason: 'CertificateNotKnown',
      },
    'whose CA is not known is Degraded, and not called refused': {
      change: world => {
        delete world.certificate!.verified;
        delete world.certificate!.signer;
        world.certificate!.unknown = 'ClusterIssuer acme keeps no CA.';
        world.probe!.tls!.verified = false;
      },
      word: 'Degraded',
      tls: 'Unknown',
      reason: 'CertificateTrustNotKnown',
      says: /ClusterIssuer acme keeps no CA\./,
    },
    'renewed, but not served yet, is Degraded': {
      change: world => {
        world.certificate!.leaf = renewed;
      },
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'CertificateNotServedYet',
      says: /still serves an older certificate than .* has, valid until 2027-10-30/,
    },
    'whose replacement will not be trusted is Degraded': {
      change: world => {
        world.certificate!.leaf = renewed;
        world.certificate!.verified = false;
      },
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'CertificateReplacementNotTrusted',
    },
    'with 30 days left is Degraded': {
      change: leaf({
        notBefore: '2026-08-01T00:00:00Z',
        notAfter: '2026-12-23T12:00:00Z',
      }),
      word: 'Degraded',
      tls: 'Degraded',
      reason: 'CertificateExpiresSoon',
      says: /in 30 days/,
    },
    'with a second more than 30 days left is good': {
      change: leaf({
        notBefore: '2026-08-01T00:00:00Z',
        notAfter: '2026-12-23T12:00:01Z',
      }),
      word: 'Live',
      tls: 'Good',
      reason: 'CertificateGood',
    },
    'that lives an hour and has half of it left is good': {
      change: leaf({
        notBefore: '2026-11-23T11:30:00Z',
        notAfter: '2026-11-23T12:30:00Z',
      }),
      word: 'Live',
      tls: 'Good',
      reason: 'CertificateGood',
      says: /30 minutes left/,
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { change, word, tls, reason, says, remedy = /^/ }) => {
      const exposure = judge(change);
      expect([exposure.verdict.word, exposure.tls.word]).toEqual([word, tls]);
      expect(exposure.tls.finding.reason).toBe(reason);
      expect(exposure.tls.finding.message).toMatch(says ?? /./);
      expect(exposure.tls.finding.remedy ?? '').toMatch(remedy);
    },
  );

  it('tells issuer, cover, validity and the CA that verifies it', () => {
    expect(judge().tls).toMatchObject({
      issuer: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
      coversHost: true,
      validFrom: '2026-10-30T00:00:00Z',
      validUntil: '2027-10-30T00:00:00.000Z',
      daysLeft: 340,
      trustedBy: { subject: 'CN=idp-demo-ca', fingerprintSha256: 'CC' },
    });
  });

  it('counts days below zero once it has expired', () => {
    const { tls } = judge(leaf({ notAfter: '2026-11-22T13:00:00Z' }));
    expect(tls.daysLeft).toBe(-1);
    expect(judge(unverified).tls.trustedBy).toBeUndefined();
  });

  it('says of a route on the http listener alone that nothing is encrypted', () => {
    const { tls, verdict } = judge(world => {
      world.route.spec!.parentRefs![0].sectionName = 'http';
      world.route.status!.parents![0].parentRef!.sectionName = 'http';
    });
    expect([tls.word, tls.finding.reason]).toEqual(['None', 'NoTls']);
    expect(verdict.word).not.toBe('Live');
  });

  it('takes the same wildcard as covering a wildcard host', () => {
    const { hosts } = judge(world => {
      world.route.spec!.hostnames = ['*.127-0-0-1.nip.io'];
    });
    expect(hosts[0].tls).toMatchObject({ word: 'Good', coversHost: true });
  });
});
