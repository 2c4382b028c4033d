import { findCondition } from '../../gateway-api/conditions';
import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import {
  conditionDetails,
  durationInWords,
  quoted,
  timeInWords,
} from '../../findings/words';
import type { Subject } from '../../verdicts/types';
import { issuerRemedy, issuerTitle } from '../issuerRemedy';
import { forNow, isSecretGone, notServed } from './effects';
import { timeOf } from './input';
import { isFailing, isUnissued } from './presence';
import { isSettling, issuerInTheWay, overdueAfter } from './settling';
import type { CertificateCheck, CertificateInput } from './types';

function issuerSubject({ facts, subject }: CertificateInput): Subject {
  const { kind, name, namespace } = facts.issuer ?? {
    kind: 'Issuer',
    name: '',
  };
  return {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    cluster: subject.cluster,
  };
}

/** Do requests fail until it is issued? */
export const isMissed = (input: CertificateInput) =>
  isUnissued(input) || isSecretGone(input);

/** What happens to requests, and that it is not to be renewed, as the beginning of a sentence. */
export function consequence(input: CertificateInput): string {
  if (isUnissued(input)) return `${notServed(input)}: `;
  const { certificate } = input.facts;
  const issuing = findCondition(certificate?.conditions, 'Issuing');
  return `${forNow(input)}, and ${
    issuing?.status === 'True'
      ? 'its renewal, which was asked for, waits'
      : 'it will not be renewed'
  }: `;
}

export const hasIssuer: CertificateCheck = input => {
  const { facts, todo, title } = input;
  if (facts.issuer?.exists !== false || !facts.certificate) return undefined;
  const issuer = issuerTitle(facts.issuer);
  return outcome(isMissed(input) ? 'Broken' : 'Degraded', 'listener', {
    reason: REASON.issuerMissing,
    message: `${consequence(
      input,
    )}${issuer}, which is to sign ${title}, does not exist.`,
    remedy: todo(`create ${issuer}, or name another issuer in ${title}`),
    subject: issuerSubject(input),
  });
};

export const issuerIsReady: CertificateCheck = input => {
  const { facts, now, todo } = input;
  const { issuer, certificate } = facts;
  if (!issuer?.exists || !certificate || issuer.type === 'external')
    return undefined;
  const ready = findCondition(issuer.conditions, 'Ready');
  if (ready?.status === 'True') return undefined;
  const name = issuerTitle(issuer);
  if (!ready) {
    return outcome(isUnissued(input) ? 'Pending' : undefined, 'listener', {
      reason: REASON.issuerNotReady,
      message: `${
        isUnissued(input) ? `${notServed(input)}: ` : ''
      }cert-manager has not said yet whether ${name} can sign.`,
      remedy: todo(`check that cert-manager runs`),
      subject: issuerSubject(input),
    });
  }
  const ca = issuer.secrets?.filledBy;
  if (ca && isSettling(ready, now)) {
    return outcome(isUnissued(input) ? 'Pending' : undefined, 'listener', {
      reason: REASON.issuerNotReady,
      message: `${
        isUnissued(input) ? `${notServed(input)} for now: ` : ''
      }${name} cannot sign until Certificate ${ca.namespace}/${
        ca.name
      } is issued.`,
      subject: issuerSubject(input),
      details: conditionDetails(ready),
    });
  }
  return outcome(isMissed(input) ? 'Broken' : 'Degraded', 'listener', {
    reason: REASON.issuerNotReady,
    message: `${consequence(input)}${name} is not ready.${quoted(
      ready,
      'cert-manager',
    )}`,
    remedy: todo(issuerRemedy(issuer)),
    subject: issuerSubject(input),
    details: conditionDetails(ready),
  });
};

/** Of the newest request that has not succeeded, else of the Certificate. */
function failureOf({ facts: { certificate } }: CertificateInput) {
  const issuing = findCondition(certificate?.conditions, 'Issuing');
  const request = certificate?.nextRequest;
  const refused = ['Denied', 'InvalidRequest']
    .map(type => findCondition(request?.conditions, type))
    .find(condition => condition?.status === 'True');
  const ready = findCondition(request?.conditions, 'Ready');
  return (
    refused ??
    // The request's own words, which those of the Certificate only repeat after an introduction.
    (ready?.status === 'False' && ready.reason === 'Failed'
      ? ready
      : undefined) ??
    (issuing?.status === 'False' ? issuing : undefined) ??
    (ready?.status === 'False' ? ready : undefined) ??
    issuing
  );
}

export const isNotFailing: CertificateCheck = input => {
  const { facts, now, subject, title, todo } = input;
  const { certificate } = facts;
  if (!certificate || !isFailing(input)) return undefined;
  const attempts = Math.max(1, certificate.failedIssuanceAttempts ?? 1);
  const next = timeOf(certificate.nextAttemptAt);
  const isTrying =
    findCondition(certificate.conditions, 'Issuing')?.status === 'True';
  const failure = failureOf(input);
  let when = '';
  if (isTrying) when = ' cert-manager is trying again now.';
  else if (next !== undefined) {
    when =
      next > now
        ? ` cert-manager tries again in ${durationInWords(next - now)}.`
        : ' cert-manager is due to try again.';
  }
  const tries = `${attempts} time${attempts === 1 ? '' : 's'}`;
  return outcome(isMissed(input) ? 'Broken' : 'Degraded', 'listener', {
    reason: REASON.certificateFails,
    message: isUnissued(input)
      ? `${notServed(input)}: issuing ${title} has failed ${tries}.${quoted(
          failure,
          'cert-manager',
        )}${when}`
      : `${forNow(input)}: renewing ${title} has failed ${tries}.${quoted(
          failure,
          'cert-manager',
        )}${when}`,
    remedy: todo(`change what the message of ${title} names, then renew it`),
    subject,
    details: {
      ...conditionDetails(failure),
      attempts: String(attempts),
      ...(certificate.lastFailureTime && {
        lastFailure: certificate.lastFailureTime,
      }),
      ...(certificate.nextAttemptAt && {
        nextAttempt: certificate.nextAttemptAt,
      }),
    },
  });
};

/**
 * How long a renewal may take before it is overdue: as the settings say, and at most half of the time that is left when it is
 * due, which is little for certificates of a few hours.
 */
function patience({ settings, end }: CertificateInput, due: number): number {
  const set = overdueAfter(settings);
  return end !== undefined && end > due ? Math.min(set, (end - due) / 2) : set;
}

function whileRenewed(input: CertificateInput): string {
  if (input.role === 'ca') return 'what it has signed stays as it is';
  return isSecretGone(input)
    ? 'its Secret does not exist until that is done'
    : 'browsers get the one before until that is done';
}

/** By the clock: that a certificate is Ready says nothing of what should have happened since. */
export const isRenewedInTime: CertificateCheck = input => {
  const { facts, now, subject, title, todo, isIssuedOne } = input;
  const { certificate } = facts;
  if (!certificate || isUnissued(input) || isFailing(input)) return undefined;
  const issuing = findCondition(certificate.conditions, 'Issuing');
  const begun =
    issuing?.status === 'True'
      ? timeOf(issuing.lastTransitionTime) ?? now
      : undefined;
  const renewal = timeOf(certificate.renewalTime);
  const due = Math.min(renewal ?? Infinity, begun ?? Infinity);
  if (due > now) return undefined;
  const since = durationInWords(now - due);
  const details = {
    ...conditionDetails(issuing),
    ...(certificate.renewalTime && { renewalTime: certificate.renewalTime }),
  };
  if (now - due > patience(input, due)) {
    return outcome('Degraded', 'listener', {
      reason: REASON.renewalOverdue,
      message:
        begun === undefined
          ? `${forNow(
              input,
            )}: ${title} should have been renewed ${since} ago, and nothing happens.`
          : `${forNow(
              input,
            )}: ${title} has been due to be renewed for ${since}, and it is not done.${quoted(
              issuing,
              'cert-manager',
            )}`,
      remedy:
        begun === undefined
          ? todo('check that cert-manager runs')
          : todo(`read the conditions of the newest request of ${title}`),
      subject,
      details,
    });
  }
  // What keeps the issuer from signing is told with its remedy beside this.
  const awaited = issuerInTheWay(input);
  if (begun !== undefined) {
    const meanwhile = whileRenewed(input);
    return outcome(undefined, 'listener', {
      reason: REASON.certificateBeingRenewed,
      message:
        awaited === undefined
          ? `${title} is being renewed; ${meanwhile}.`
          : `${title} is to be renewed, which waits for ${awaited}; ${meanwhile}.`,
      subject,
      details,
    });
  }
  return isIssuedOne
    ? outcome(undefined, 'listener', {
        reason: REASON.renewalDue,
        message: `${title} is due to be renewed since ${timeInWords(
          certificate.renewalTime,
        )}.`,
        ...(awaited === undefined && {
          remedy: `Wait; cert-manager does it by itself.`,
        }),
        subject,
        details,
      })
    : undefined;
};
