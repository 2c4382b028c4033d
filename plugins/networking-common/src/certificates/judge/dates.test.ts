import {
  all,
  at,
  both,
  condition,
  failing,
  unread,
  unverified,
  type World,
} from '../__testUtils__/facts';
import { seen, wanted, type Cases } from '../__testUtils__/cases';

const issuing =
  (since: string) =>
  ({ facts }: World) => {
    facts.certificate.conditions.push(
      condition('Issuing', 'True', {
        reason: 'Renewing',
        lastTransitionTime: since,
      }),
    );
  };

const dueSince =
  (since: string) =>
  ({ facts }: World) => {
    facts.certificate.renewalTime = since;
  };

describe('a certificate by its dates', () => {
  const cases: Cases = {
    'is bad from the second of its end on, although cert-manager says Ready': {
      change: both({ notAfter: at('0s') }),
      word: 'Bad',
      reason: 'CertificateExpired',
      says: /it expired on 2026-11-23/,
      remedy: /^Renew Certificate kube-system\/wildcard\.$/,
    },
    'is degraded a second before': {
      change: both({ notAfter: at('1s') }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
    },
    'is bad where the CA above it has expired': {
      change: ({ facts }) => {
        facts.chainNotAfter = at('-1d');
      },
      word: 'Bad',
      reason: 'CertificateExpired',
      says: /the CA above it expired on 2026-11-22/,
      remedy:
        /^Renew Certificate cert-manager\/ca, then Certificate kube-system\/wildcard\.$/,
    },
    'is bad where something that was served with it has expired and it does not verify':
      {
        change: all(unverified('CERT_HAS_EXPIRED'), ({ served, facts }) => {
          served.chain = [
            served.leaf,
            { ...facts.signer, notAfter: at('-2d') },
          ];
        }),
        word: 'Bad',
        reason: 'CertificateExpired',
        says: /the CA above it expired on 2026-11-21/,
      },
    'is good where something was served with it that has expired and is not needed':
      {
        change: ({ served, facts }) => {
          served.chain = [
            served.leaf,
            facts.signer,
            { ...facts.signer, issuer: 'CN=old root', notAfter: at('-2d') },
          ];
        },
        word: 'Good',
        reason: 'CertificateGood',
      },
    'is bad where a CA that nobody knows has expired': {
      change: unverified('CERT_HAS_EXPIRED'),
      word: 'Bad',
      reason: 'CertificateNotTrusted',
      says: /a CA above it is not valid at this time/,
    },
    'is bad before its time': {
      change: both({ notBefore: at('1h') }),
      word: 'Bad',
      reason: 'CertificateNotYetValid',
      remedy: /clock/,
    },
    'by the word of cert-manager alone, expired is bad': {
      change: all(unread, ({ facts }) => {
        facts.certificate.notAfter = at('-1h');
      }),
      word: 'Bad',
      reason: 'CertificateExpired',
      besides: ['CertificateNotKnown'],
    },
    'is degraded within warn_before of its end': {
      change: both({ notAfter: at('30d') }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
      says: /^Browsers will refuse it in 30 days, when Certificate kube-system\/wildcard expires\.$/,
    },
    'is good with a second more': {
      change: both({ notAfter: '2026-12-23T12:00:01Z' }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is degraded within another warn_before, where the settings say so': {
      change: all(both({ notAfter: at('50d') }), world => {
        world.settings = {
          ...world.settings,
          certificates: { ...world.settings.certificates, warnBefore: '1440h' },
        };
      }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
    },
    'of an hour is good with 21 minutes left, and degraded with 20': {
      change: both({ notBefore: at('-40m'), notAfter: at('20m') }),
      word: 'Degraded',
      reason: 'CertificateExpiresSoon',
    },
    'of an hour with half of it left is good': {
      change: both({ notBefore: at('-30m'), notAfter: at('30m') }),
      word: 'Good',
      reason: 'CertificateGood',
    },
    'is degraded where the CA above it ends soon': {
      change: ({ facts }) => {
        facts.chainNotAfter = at('12d');
        facts.signer.notAfter = at('12d');
      },
      word: 'Degraded',
      reason: 'CaExpiresFirst',
      besides: ['CertificateExpiresSoon'],
    },
    'is degraded where its CA ends before it, and says when': {
      change: ({ facts }) => {
        facts.signer.notAfter = at('60d');
        facts.chainNotAfter = at('60d');
      },
      word: 'Degraded',
      reason: 'CaExpiresFirst',
      says: /^Browsers will refuse this certificate from 2027-01-22 on, before it ends: Certificate cert-manager\/ca/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('a certificate by its renewal', () => {
  const cases: Cases = {
    'is good where it is due, and says so': {
      change: dueSince(at('-5m')),
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['RenewalDue'],
    },
    'is degraded where it was due longer ago than overdue_after and nothing happens':
      {
        change: dueSince(at('-2h')),
        word: 'Degraded',
        reason: 'RenewalOverdue',
        says: /should have been renewed 2 hours ago, and nothing happens/,
        remedy: /^Check that cert-manager runs\.$/,
      },
    'is good while it is being renewed, and says so': {
      change: all(dueSince(at('-5m')), issuing(at('-5m'))),
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateBeingRenewed'],
    },
    'is good while it is renewed by hand before its time': {
      change: issuing(at('-1m')),
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateBeingRenewed'],
    },
    'is good while it is being renewed as a CA, of which browsers get nothing':
      {
        change: all(issuing(at('-1m')), world => {
          world.role = 'ca';
          world.facts.certificate.rotationPolicy = 'Never';
        }),
        word: 'Good',
        reason: 'CertificateGood',
        besides: ['CertificateBeingRenewed'],
      },
    'is degraded while its renewal waits for an issuer that is not ready': {
      change: all(issuing(at('-1m')), ({ facts }) => {
        facts.issuer!.conditions = [condition('Ready', 'False')];
      }),
      word: 'Degraded',
      reason: 'IssuerNotReady',
      says: /^Browsers are answered until the certificate ends, and its renewal, which was asked for, waits: ClusterIssuer ca-issuer is not ready\./,
      besides: ['CertificateBeingRenewed'],
    },
    'is degraded where it has been being renewed for too long': {
      change: issuing(at('-3h')),
      word: 'Degraded',
      reason: 'RenewalOverdue',
      says: /due to be renewed for 3 hours, and it is not done/,
    },
    'of an hour is overdue after half of the time that is left': {
      change: all(
        both({ notBefore: at('-51m'), notAfter: at('9m') }),
        dueSince(at('-11m')),
      ),
      word: 'Degraded',
      reason: 'RenewalOverdue',
    },
    'is degraded where it fails, with the next attempt': {
      change: failing,
      word: 'Degraded',
      reason: 'IssuanceFails',
      says: /^Browsers are answered until the certificate ends: renewing Certificate kube-system\/wildcard has failed 2 times\. .*tries again in 1 hour\.$/,
    },
    'is degraded where cert-manager is trying again': {
      change: all(failing, ({ facts }) => {
        facts.certificate.conditions = [condition('Issuing', 'True')];
        facts.certificate.failedIssuanceAttempts = 1;
      }),
      word: 'Degraded',
      reason: 'IssuanceFails',
      says: /has failed 1 time\. cert-manager is trying again now\.$/,
    },
    'is degraded where its newest request was denied, by its reason': {
      change: all(failing, ({ facts }) => {
        facts.certificate.nextRequest = {
          name: 'wildcard-5',
          conditions: [
            condition('Denied', 'True', { message: 'not allowed by policy' }),
          ],
        };
      }),
      word: 'Degraded',
      reason: 'IssuanceFails',
      says: /cert-manager says: not allowed by policy\./,
    },
    'is bad where it fails and has ended': {
      change: all(failing, both({ notAfter: at('-1h') })),
      word: 'Bad',
      reason: 'CertificateExpired',
      remedy: /^Change what the message of .* names, then renew it\.$/,
      besides: ['IssuanceFails'],
    },
    'is degraded where cert-manager does not call it ready after it was issued':
      {
        change: ({ facts }) => {
          facts.certificate.conditions = [
            condition('Ready', 'False', {
              reason: 'IncorrectCertificate',
              message: 'Secret was issued for "other".',
            }),
          ];
        },
        word: 'Degraded',
        reason: 'CertificateNotReady',
        says: /Secret was issued for "other"\.$/,
        remedy:
          /^Name in spec\.secretName of Certificate kube-system\/wildcard a Secret that no other Certificate fills\.$/,
      },
    'is good where cert-manager calls it not ready since a moment ago': {
      change: ({ facts }) => {
        facts.certificate.conditions = [
          condition('Ready', 'False', {
            reason: 'DoesNotExist',
            lastTransitionTime: at('-9s'),
          }),
        ];
      },
      word: 'Good',
      reason: 'CertificateGood',
      besides: ['CertificateNotReady'],
    },
    'is degraded where it stays so, and nothing happens': {
      change: ({ facts }) => {
        facts.certificate.conditions = [
          condition('Ready', 'False', { reason: 'DoesNotExist' }),
        ];
      },
      word: 'Degraded',
      reason: 'CertificateNotReady',
      remedy: /^Check that cert-manager runs, which issues .* by itself\.$/,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});
