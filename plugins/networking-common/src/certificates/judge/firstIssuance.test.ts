import {
  all,
  at,
  condition,
  failing,
  healthy,
  unissued,
  type World,
} from '../__testUtils__/facts';
import { seen, wanted, type Cases } from '../__testUtils__/cases';
import type {
  CertificateRequestStatus,
  IssuerStatus,
  UnsolvedName,
} from '../types';

/** Issued for the first time since then. */
const since = (offset: string) =>
  all(unissued, ({ facts }) => {
    facts.certificate.createdAt = at(offset);
    for (const one of facts.certificate.conditions) {
      one.lastTransitionTime = at(offset);
    }
  });

const issuer =
  (rest: Partial<IssuerStatus>) =>
  ({ facts }: World) => {
    Object.assign(facts.issuer!, rest);
  };

const LACKS_DNS01: UnsolvedName = {
  name: '*.example.org',
  needs: ['dns01'],
  lack: 'challenge',
};

const unsolved = (...names: UnsolvedName[]) =>
  issuer({ type: 'ACME', unsolved: names });

const request =
  (
    conditions: CertificateRequestStatus['conditions'],
    createdAt: string = at('-30m'),
  ) =>
  ({ facts }: World) => {
    facts.certificate.nextRequest = {
      name: 'wildcard-1',
      revision: 1,
      createdAt,
      conditions,
    };
  };

const APPROVED = condition('Approved', 'True');
const WAITING = condition('Ready', 'False', {
  reason: 'Pending',
  message: 'Waiting on certificate issuance from order a/b-1: "pending"',
});

/** Another certificate, which browsers take, stands in for it. */
const servedAnother = (world: World) => {
  world.served = { ...healthy().served };
};

describe('a first issuance', () => {
  const cases: Cases = {
    'of an hour is waited for': {
      change: since('-60m'),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
      remedy: /^Wait; /,
      lacks: ['IssuanceOverdue'],
    },
    'of more than an hour is bad, with its age': {
      change: since('-61m'),
      word: 'Bad',
      reason: 'IssuanceOverdue',
      says: /^Connections fail: Certificate kube-system\/wildcard has been waiting to be issued for the first time for 1 hour\.$/,
      remedy: /^Read the conditions of Certificate kube-system\/wildcard/,
      lacks: ['CertificateNotIssued'],
    },
    'of eight days is bad, in the words of its request': {
      change: all(
        since('-8d'),
        issuer({ type: 'ACME' }),
        request([APPROVED, WAITING]),
      ),
      word: 'Bad',
      reason: 'IssuanceOverdue',
      says: /for 8 days\. cert-manager says: Waiting on certificate issuance from order/,
      remedy: /^Read the Order and the Challenges in the history of/,
    },
    'by an issuer of which cert-manager says nothing is that': {
      change: all(
        since('-8d'),
        issuer({ type: 'ACME', exists: true, conditions: [] }),
        request([APPROVED]),
      ),
      word: 'Bad',
      reason: 'IssuanceOverdue',
      remedy: /^Check that cert-manager runs and takes care of /,
    },
    'is as old as the condition says, and not as the Certificate is': {
      change: all(since('-10m'), ({ facts }) => {
        facts.certificate.createdAt = at('-8d');
      }),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
    },
    'is as old as the Certificate where cert-manager says nothing at all': {
      change: all(since('-2h'), ({ facts }) => {
        facts.certificate.conditions = [];
      }),
      word: 'Bad',
      reason: 'IssuanceOverdue',
      says: /for 2 hours\.$/,
      remedy: /^Check that cert-manager runs\.$/,
    },
    'of which nothing tells the age is waited for': {
      change: all(since('-2h'), ({ facts }) => {
        delete facts.certificate.createdAt;
        facts.certificate.conditions = [];
      }),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
    },
    'has the time that the settings give': {
      change: all(since('-61m'), world => {
        world.settings.certificates.overdueAfter = '24h';
      }),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
    },
    'of a time to come is waited for': {
      change: since('2h'),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
    },
    'that waits for an approval says so, and who is to give it': {
      change: all(since('-10m'), request([], at('-10m'))),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
      says: /waits for the approval of CertificateRequest kube-system\/wildcard-1\.$/,
      remedy: /^Approve CertificateRequest kube-system\/wildcard-1, or check/,
    },
    'that waits for an approval too long is bad': {
      change: all(since('-2h'), request([], at('-2h'))),
      word: 'Bad',
      reason: 'IssuanceOverdue',
      remedy: /^Approve CertificateRequest kube-system\/wildcard-1/,
    },
    'whose request is of this moment waits for no approval': {
      change: all(since('-9s'), request([], at('-9s'))),
      word: 'Unknown',
      reason: 'CertificateNotIssued',
      says: /for the first time\.$/,
      remedy: /^Wait; /,
    },
    "by an issuer that is none of cert-manager's, too long, names its controller":
      {
        change: all(
          since('-2h'),
          issuer({ kind: 'Issuer', name: 'slow', type: 'external' }),
          request([APPROVED]),
        ),
        word: 'Bad',
        reason: 'IssuanceOverdue',
        remedy: /^Check that the controller of Issuer slow, .* runs\.$/,
      },
    'by an issuer that does not exist is bad for that, and overdue besides': {
      change: all(since('-8d'), issuer({ exists: false })),
      word: 'Bad',
      reason: 'IssuerMissing',
      besides: ['IssuanceOverdue'],
      lacks: [],
    },
    'by an issuer that is not ready is bad for that': {
      change: all(
        since('-8d'),
        issuer({ conditions: [condition('Ready', 'False')] }),
      ),
      word: 'Bad',
      reason: 'IssuerNotReady',
      besides: ['IssuanceOverdue'],
    },
    'by an issuer of which cert-manager has said nothing is bad in time': {
      change: all(since('-8d'), issuer({ conditions: [] })),
      word: 'Bad',
      reason: 'IssuanceOverdue',
    },
    'that fails is bad for that': {
      change: all(since('-8d'), failing, ({ facts }) => {
        facts.certificate.conditions[0].status = 'False';
      }),
      word: 'Bad',
      reason: 'IssuanceFails',
      lacks: ['IssuanceOverdue'],
    },
    'while browsers get another certificate that they take is degraded in time':
      {
        change: all(since('-2h'), servedAnother),
        word: 'Degraded',
        reason: 'IssuanceOverdue',
        says: /^Browsers get another certificate: /,
      },
    'while browsers get another certificate that they take is told before that':
      {
        change: all(since('-2m'), servedAnother),
        word: 'Good',
        reason: 'CertificateGood',
        besides: ['CertificateNotIssued'],
      },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});

describe('a certificate of an ACME issuer', () => {
  const ADD =
    /^Add a dns01 solver for \*\.example\.org to spec\.acme\.solvers of ClusterIssuer ca-issuer, or name another issuer in Certificate kube-system\/wildcard\.$/;
  const cases: Cases = {
    'that has http01 alone for a wildcard is bad at once: it needs dns01': {
      change: all(since('-5s'), unsolved(LACKS_DNS01)),
      word: 'Bad',
      reason: 'SolverMissing',
      says: /^Connections fail: .* \*\.example\.org is a wildcard, which needs a dns01 solver, and ClusterIssuer ca-issuer has none\.$/,
      remedy: ADD,
      besides: ['CertificateNotIssued'],
    },
    'that has http01 alone for a wildcard is overdue in time, with that remedy':
      {
        change: all(
          since('-8d'),
          unsolved(LACKS_DNS01),
          request([APPROVED, WAITING]),
        ),
        word: 'Bad',
        reason: 'IssuanceOverdue',
        says: /for 8 days\./,
        remedy: ADD,
        besides: ['SolverMissing'],
      },
    'that has dns01 solvers for other names is bad at once, by their selectors':
      {
        change: all(since('-5s'), unsolved({ ...LACKS_DNS01, lack: 'match' })),
        word: 'Bad',
        reason: 'SolverMissing',
        says: /the selectors of those that ClusterIssuer ca-issuer has leave it out\.$/,
        remedy:
          /^Let the selector of a dns01 solver in spec\.acme\.solvers .* take in \*\.example\.org\.$/,
      },
    'that has no solver is bad at once': {
      change: all(
        since('-5s'),
        unsolved(
          { name: 'a.org', needs: ['http01', 'dns01'], lack: 'solver' },
          { name: 'b.org', needs: ['http01', 'dns01'], lack: 'solver' },
        ),
      ),
      word: 'Bad',
      reason: 'SolverMissing',
      says: /a\.org needs an http01 or dns01 solver, and ClusterIssuer ca-issuer has no solver at all\. The same holds for 1 more of its names\.$/,
    },
    'that has dns01 alone for an IP address is bad at once': {
      change: all(
        since('-5s'),
        unsolved({ name: '192.0.2.1', needs: ['http01'], lack: 'challenge' }),
      ),
      word: 'Bad',
      reason: 'SolverMissing',
      says: /is an IP address, which needs an http01 solver/,
    },
    'that has failed is bad for the solver that it lacks': {
      change: all(
        since('-8d'),
        failing,
        ({ facts }) => {
          facts.certificate.conditions[0].status = 'False';
        },
        unsolved(LACKS_DNS01),
      ),
      word: 'Bad',
      reason: 'SolverMissing',
      besides: ['IssuanceFails'],
    },
    'that lacks a solver is good where it was issued and is not due': {
      change: unsolved(LACKS_DNS01),
      word: 'Good',
      reason: 'CertificateGood',
      lacks: ['SolverMissing'],
    },
    'that lacks a solver is degraded once it is to be renewed': {
      change: all(unsolved(LACKS_DNS01), ({ facts }) => {
        facts.certificate.renewalTime = at('-5m');
      }),
      word: 'Degraded',
      reason: 'SolverMissing',
      says: /^Browsers are answered until the certificate ends, and it will not be renewed: /,
      remedy: ADD,
    },
  };
  it.each(Object.entries(cases))('%s', (_, one) => {
    expect(seen(one)).toEqual(wanted(one));
  });
});
