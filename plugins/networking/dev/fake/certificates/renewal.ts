import type {
  CertificateFacts,
  CertificateRow,
  CertificateStatus,
} from 'backstage-plugin-networking-common';
import { daysAhead, secondsAgo } from '../basics';
import { judge } from './judge';
import { READY, condition, leafOf } from './facts';

/** Looks after which the next stage is reached. */
const STAGES = ['asked', 'requested', 'issued', 'served'] as const;

const requestOf = (
  { name }: CertificateStatus,
  revision: number,
  isReady: boolean,
) => ({
  name: `${name}-${revision}`,
  revision,
  createdAt: secondsAgo(2),
  conditions: [
    isReady
      ? condition(
          'Ready',
          'True',
          'Issued',
          'Certificate fetched from issuer successfully',
          1,
        )
      : condition(
          'Ready',
          'False',
          'Pending',
          'Waiting on certificate issuance from issuer',
          2,
        ),
  ],
});

/** A row so many looks after it was asked to be renewed. One whose issuer fails stops there, and one whose issuer is not ready
 * waits there. */
export function renewedRow(row: CertificateRow, looks: number): CertificateRow {
  const { certificate, leaf } = row.facts;
  if (!certificate) return row;
  const isHeld = row.facts.issuer?.secrets !== undefined;
  const stage = STAGES[Math.min(looks, isHeld ? 1 : STAGES.length - 1)];
  const before = certificate.revision ?? 0;
  const revision = before + 1;
  const label = certificate.name.replace(/-cert$/, '');
  const with_ = (more: Partial<CertificateStatus>): CertificateRow => ({
    ...row,
    facts: {
      ...row.facts,
      certificate: { ...certificate, resourceVersion: '4712', ...more },
    },
  });
  const isFailing = (certificate.failedIssuanceAttempts ?? 0) > 0;
  if (stage === 'asked' || stage === 'requested') {
    return {
      ...with_({
        conditions: [
          ...certificate.conditions.filter(({ type }) => type !== 'Issuing'),
          condition(
            'Issuing',
            'True',
            'ManuallyTriggered',
            'Certificate re-issuance manually triggered',
            1,
          ),
        ],
        nextRequest:
          stage === 'requested'
            ? requestOf(certificate, revision, false)
            : undefined,
      }),
      renewable: { possible: false, why: 'It is being issued at this moment.' },
    };
  }
  if (isFailing) {
    return with_({
      lastFailureTime: secondsAgo(1),
      failedIssuanceAttempts: (certificate.failedIssuanceAttempts ?? 0) + 1,
    });
  }
  const renewed = leafOf(label, revision, {
    subject: leaf?.subject ?? '',
    dnsNames: certificate.dnsNames,
    notBefore: secondsAgo(2),
    notAfter: daysAhead(365),
  });
  const issued = with_({
    conditions: [READY],
    revision,
    notBefore: renewed.notBefore,
    notAfter: renewed.notAfter,
    renewalTime: daysAhead(335),
    request: requestOf(certificate, revision, true),
    nextRequest: undefined,
  });
  const facts: CertificateFacts = {
    ...issued.facts,
    leaf: renewed,
    chainNotAfter: renewed.notAfter,
    verified: true,
    verificationError: undefined,
    ...(leaf && { earlier: [{ revision: before, leaf }] }),
  };
  return {
    ...issued,
    ...judge(facts, {
      role: row.role,
      served: stage === 'served' ? renewed : row.served[0]?.leaf,
    }),
    facts,
    served:
      stage === 'served'
        ? [
            {
              leaf: renewed,
              at: secondsAgo(1),
              hosts: row.hosts.length,
              host: row.hosts[0]?.host ?? '',
            },
          ]
        : row.served,
  };
}
