import { findCondition } from '../../gateway-api/conditions';
import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import {
  conditionDetails,
  durationInWords,
  quoted,
} from '../../findings/words';
import { isNeverIssued } from '../choose';
import { issuerTitle } from '../issuerRemedy';
import { notServed } from './effects';
import { timeOf } from './input';
import { isFailing, isUnissued } from './presence';
import { issuerInTheWay, overdueAfter, SETTLING_MS } from './settling';
import { solverTodo } from './solvers';
import type { CertificateCheck, CertificateInput } from './types';

const issuingOf = ({ facts }: CertificateInput) => {
  const issuing = findCondition(facts.certificate?.conditions, 'Issuing');
  return issuing?.status === 'True' ? issuing : undefined;
};

/** When it began, by cert-manager's word, else when the Certificate was made. Milliseconds since the epoch. */
const begunAt = (input: CertificateInput): number | undefined =>
  timeOf(issuingOf(input)?.lastTransitionTime) ??
  timeOf(input.facts.certificate?.createdAt);

/** Is it being issued for the first time, without having failed? */
const isFirst = (input: CertificateInput) =>
  isNeverIssued(input.facts) && !isFailing(input);

/** Another certificate may stand in for it that browsers take. */
const meanwhile = (input: CertificateInput): string =>
  isUnissued(input) ? notServed(input) : 'Browsers get another certificate';

const isOverdue = (input: CertificateInput): boolean => {
  const begun = begunAt(input);
  return (
    begun !== undefined && input.now - begun > overdueAfter(input.settings)
  );
};

/** The request that nobody has approved, where there has been time to. cert-manager's own approver takes moments. */
function unapproved({ facts, now }: CertificateInput): string | undefined {
  const { certificate } = facts;
  const request = certificate?.nextRequest;
  const created = timeOf(request?.createdAt);
  if (!certificate || !request) return undefined;
  if (created === undefined || now - created < SETTLING_MS) return undefined;
  const isDecided = request.conditions.some(
    ({ type, status }) =>
      (type === 'Approved' || type === 'Denied') && status === 'True',
  );
  return isDecided
    ? undefined
    : `CertificateRequest ${certificate.namespace}/${request.name}`;
}

/** What is missing before it can be issued, where that is known: ` , which waits for …`. */
function awaited(input: CertificateInput): string | undefined {
  const request = unapproved(input);
  return (
    issuerInTheWay(input) ??
    (request === undefined ? undefined : `the approval of ${request}`)
  );
}

/** Where to look, by how far cert-manager has come, as an imperative. */
function whereToLook(input: CertificateInput): string {
  const { facts, title } = input;
  const { certificate, issuer } = facts;
  const request = unapproved(input);
  if (request !== undefined) {
    return `approve ${request}, or check that the approver of such requests runs`;
  }
  if (
    issuer?.exists &&
    issuer.type !== 'external' &&
    !findCondition(issuer.conditions, 'Ready')
  ) {
    return `check that cert-manager runs and takes care of ${issuerTitle(
      issuer,
    )}, of which it says nothing`;
  }
  if (certificate?.nextRequest && issuer?.type === 'external') {
    return `check that the controller of ${issuerTitle(
      issuer,
    )}, which is none of cert-manager's, runs`;
  }
  if (certificate?.nextRequest && issuer?.type === 'ACME') {
    return `read the Order and the Challenges in the history of ${title}`;
  }
  return certificate?.conditions.length === 0
    ? 'check that cert-manager runs'
    : `read the conditions of ${title} and of its requests`;
}

/** For the first time; whether that fails, or takes too long, is another check's. */
export const isIssued: CertificateCheck = input => {
  const { facts, subject, title, todo } = input;
  if (!isFirst(input) || isOverdue(input)) return undefined;
  const ready = findCondition(facts.certificate?.conditions, 'Ready');
  const waitsFor = awaited(input);
  const look = todo(whereToLook(input));
  const isTold =
    issuerInTheWay(input) !== undefined || solverTodo(input) !== undefined;
  return outcome(isUnissued(input) ? 'Pending' : undefined, 'listener', {
    reason: REASON.certificateNotIssued,
    message: `${meanwhile(input)} until ${title} is issued for the first time${
      waitsFor === undefined ? '' : `, which waits for ${waitsFor}`
    }.`,
    // What keeps the issuer from signing has a remedy of its own.
    ...(!isTold && {
      remedy:
        unapproved(input) === undefined
          ? `Wait; if it stays so, ${look[0].toLowerCase()}${look.slice(1)}`
          : look,
    }),
    subject,
    details: conditionDetails(issuingOf(input) ?? ready),
  });
};

/** By the clock: cert-manager calls what it waits for pending, however long it waits. */
export const isIssuedInTime: CertificateCheck = input => {
  const { facts, now, subject, title, todo } = input;
  const begun = begunAt(input);
  if (!isFirst(input) || !isOverdue(input) || begun === undefined) {
    return undefined;
  }
  const { certificate } = facts;
  const issuing = issuingOf(input);
  const request = findCondition(certificate?.nextRequest?.conditions, 'Ready');
  const waitsFor = awaited(input);
  const isIssuers = issuerInTheWay(input) !== undefined;
  return outcome(isUnissued(input) ? 'Broken' : 'Degraded', 'listener', {
    reason: REASON.issuanceOverdue,
    message: `${meanwhile(
      input,
    )}: ${title} has been waiting to be issued for the first time for ${durationInWords(
      now - begun,
    )}${waitsFor === undefined ? '' : `, now for ${waitsFor}`}.${quoted(
      request?.status === 'False' ? request : undefined,
      'cert-manager',
    )}`,
    ...(!isIssuers && {
      remedy: todo(solverTodo(input) ?? whereToLook(input)),
    }),
    subject,
    details: {
      ...conditionDetails(
        issuing ?? findCondition(certificate?.conditions, 'Ready'),
      ),
      begun: new Date(begun).toISOString(),
    },
  });
};
