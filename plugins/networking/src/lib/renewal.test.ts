import type {
  CertificateRow,
  CertificateStatus,
} from 'backstage-plugin-networking-common';
import { certificatesView, leafOf } from '../../dev/fake';
import { renewalOf } from './renewal';

const [row] = certificatesView().certificates.filter(
  ({ facts }) => facts.certificate?.name === 'good-cert',
);
const before = { revision: 3, resourceVersion: '4711' };

const withStatus = (
  status: Partial<CertificateStatus>,
  more: Partial<CertificateRow> = {},
): CertificateRow => ({
  ...row,
  ...more,
  facts: {
    ...row.facts,
    ...more.facts,
    certificate: { ...row.facts.certificate!, ...status },
  },
});

const ISSUING = [
  {
    type: 'Issuing',
    status: 'True' as const,
    reason: 'ManuallyTriggered',
    message: 'x',
  },
];
const withoutIssuer = (status: Partial<CertificateStatus>): CertificateRow =>
  withStatus(status, {
    findings: [
      {
        reason: 'IssuerNotReady',
        severity: 'warning',
        message: 'ClusterIssuer idp-demo-ca is not ready.',
        remedy: 'Name a Secret in it.',
        subject: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
      },
    ],
  });
const old = leafOf('good', 3);
const renewed = leafOf('good', 4);
const seen = (leaf = old, hosts = 2) => ({
  leaf,
  hosts,
  at: '2026-11-25T12:00:00Z',
  host: 'good.example',
});
const issued = (served: CertificateRow['served']) =>
  withStatus(
    { revision: 4, resourceVersion: '4720', conditions: [] },
    {
      served,
      facts: {
        ...row.facts,
        leaf: renewed,
        earlier: [{ revision: 3, leaf: old }],
      },
    },
  );

it.each([
  {
    what: 'that it was asked, though the row is older',
    row,
    started: before,
    is: ['asked', 'underWay', /was asked to issue it/],
  },
  {
    what: 'that it was asked, whoever asked',
    row: withStatus({ conditions: ISSUING }),
    started: undefined,
    is: ['asked', 'underWay', /was asked to issue it/],
  },
  {
    what: 'the request that is with the issuer, in its own words',
    row: withStatus({
      conditions: ISSUING,
      nextRequest: {
        name: 'good-cert-4',
        revision: 4,
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'Pending',
            message: 'Waiting on order',
          },
        ],
      },
    }),
    started: before,
    is: [
      'requested',
      'underWay',
      /^CertificateRequest good-cert-4 is with the issuer\. cert-manager says: Waiting on order\.$/,
    ],
  },
  {
    what: 'that the request is signed, and not that it still is with the issuer',
    row: withStatus({
      conditions: ISSUING,
      nextRequest: {
        name: 'good-cert-4',
        revision: 4,
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'Issued',
            message: 'Certificate fetched from issuer successfully',
          },
        ],
      },
    }),
    started: before,
    is: [
      'requested',
      'underWay',
      /^CertificateRequest good-cert-4 is signed, and cert-manager stores what was issued\.$/,
    ],
  },
  {
    what: 'that it waits for an issuer that cannot sign, with what is to be done',
    row: withoutIssuer({
      conditions: ISSUING,
      nextRequest: { name: 'good-cert-4', revision: 4, conditions: [] },
    }),
    started: before,
    is: [
      'requested',
      'held',
      /^It waits for ClusterIssuer idp-demo-ca, which is not ready\. Name a Secret in it\.$/,
    ],
  },
  {
    what: 'the same before there is a request, to whoever looks',
    row: withoutIssuer({ conditions: ISSUING }),
    started: undefined,
    is: ['asked', 'held', /^It waits for ClusterIssuer idp-demo-ca/],
  },
  {
    what: 'a new try after a request that failed as asked, not as with the issuer',
    row: withStatus({
      conditions: ISSUING,
      nextRequest: {
        name: 'good-cert-4',
        failedAt: '2026-11-25T11:00:00Z',
        conditions: [],
      },
    }),
    started: before,
    is: ['asked', 'underWay', /asked/],
  },
  {
    what: 'that it is issued and the gateway still serves the one before',
    row: issued([seen(renewed, 1), seen(old, 2)]),
    started: before,
    is: [
      'issued',
      'underWay',
      new RegExp(
        `^Issued as revision 4\\. When asked last, 2 hosts served the one before, with serial number ${old.serialNumber}`,
      ),
    ],
  },
  {
    what: 'the same to those who open the page then',
    row: issued([seen(old, 1)]),
    started: undefined,
    is: ['issued', 'underWay', /1 host served the one before/],
  },
  {
    what: 'that nobody has seen yet what is served',
    row: issued([]),
    started: before,
    is: ['issued', 'underWay', /seen when one of its hosts is asked next/],
  },
  {
    what: 'that it is served',
    row: issued([seen(renewed)]),
    started: before,
    is: [
      'served',
      'done',
      new RegExp(
        `the gateway serves it: serial number ${renewed.serialNumber}`,
      ),
    ],
  },
  {
    what: 'that a CA signs with it, which nobody serves',
    row: { ...issued([]), role: 'ca' as const },
    started: before,
    is: ['issued', 'done', /It signs from now on/],
  },
  {
    what: 'why it stopped',
    row: withStatus({
      resourceVersion: '4720',
      conditions: [
        {
          type: 'Issuing',
          status: 'False',
          reason: 'Failed',
          message: 'will be retried',
        },
      ],
      nextRequest: {
        name: 'good-cert-4',
        failedAt: '2026-11-25T12:00:00Z',
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'Failed',
            message: 'the order is invalid.',
          },
        ],
      },
    }),
    started: before,
    is: [
      'asked',
      'stopped',
      /^It was not issued\. cert-manager says: the order is invalid\. What was issued before is still served\.$/,
    ],
  },
  {
    what: 'that a policy denied it',
    row: withStatus({
      resourceVersion: '4720',
      conditions: [],
      nextRequest: {
        name: 'good-cert-4',
        conditions: [
          {
            type: 'Denied',
            status: 'True',
            reason: 'policy',
            message: 'not for this name',
          },
        ],
      },
    }),
    started: before,
    is: ['asked', 'stopped', /not for this name/],
  },
  {
    what: 'no failure from before it was asked',
    row: withStatus({
      conditions: [
        {
          type: 'Issuing',
          status: 'False',
          reason: 'Failed',
          message: 'before',
        },
      ],
    }),
    started: before,
    is: ['asked', 'underWay', /was asked/],
  },
])('says $what', ({ row: of, started, is }) => {
  const renewal = renewalOf(of, started);
  const [stage, state, sentence] = is;
  expect(renewal).toMatchObject({ stage, state });
  expect(renewal?.sentence).toMatch(sentence as RegExp);
});

it.each([
  ['a certificate at rest', row],
  [
    'one that is served, to those who open the page then',
    issued([seen(renewed)]),
  ],
])('says nothing of %s', (_, of) => {
  expect(renewalOf(of)).toBeUndefined();
});

it('says nothing any more of a renewal that is done where the certificate is bad for another reason since', () => {
  const since = { ...issued([seen(renewed)]), word: 'Bad' as const };
  expect(renewalOf(since, before)).toBeUndefined();
});
