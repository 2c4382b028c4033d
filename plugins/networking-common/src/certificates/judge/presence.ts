import { findCondition } from '../../gateway-api/conditions';
import { outcome } from '../../findings/outcome';
import { VERDICT_REASONS as REASON } from '../../findings/reasons';
import { conditionDetails, dateInWords, quoted } from '../../findings/words';
import { isSettling } from './settling';
import type { CertificateCheck, CertificateInput } from './types';

/** Has nothing been issued yet, as far as cert-manager tells, and is nothing served? */
export const isUnissued = ({ facts, leaf, verified }: CertificateInput) =>
  !leaf &&
  verified !== true &&
  facts.certificate !== undefined &&
  findCondition(facts.certificate.conditions, 'Ready')?.status !== 'True' &&
  facts.certificate.revision === undefined &&
  facts.certificate.notAfter === undefined;

/** Has cert-manager failed to issue it since it last succeeded? It clears both when it succeeds. */
export const isFailing = ({ facts: { certificate } }: CertificateInput) =>
  certificate !== undefined &&
  (certificate.lastFailureTime !== undefined ||
    (certificate.failedIssuanceAttempts ?? 0) > 0);

export const isNamed: CertificateCheck = ({ facts, leaf, subject, todo }) => {
  if (facts.secret.name !== '' || leaf) return undefined;
  return outcome('Broken', 'listener', {
    reason: REASON.certificateMissing,
    message:
      'Connections fail before any request: the https listener names no certificate.',
    remedy: todo('name a Secret with a certificate in the https listener'),
    subject,
  });
};

const titlesOf = (rivals: NonNullable<CertificateInput['facts']['rivals']>) =>
  rivals.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

/** Other Certificates take turns with this one; a Gateway that asks for one by annotation adds to them. */
export const hasOneManager: CertificateCheck = input => {
  const { facts, subject, title, todo } = input;
  const { certificate, secret, rivals = [] } = facts;
  if (!certificate || rivals.length === 0) return undefined;
  const others = rivals.filter(({ kind }) => kind === 'Certificate');
  const askers = rivals.filter(({ kind }) => kind !== 'Certificate');
  const place = `Secret ${secret.namespace}/${secret.name}`;
  const found = [];
  if (others.length > 0) {
    found.push(
      outcome('Degraded', 'listener', {
        reason: REASON.certificateOfTwoManagers,
        message: `What browsers get may change at any time: ${
          others.length + 1
        } Certificates fill ${place} and overwrite each other.`,
        remedy: todo(
          `delete all but one of: ${[title, ...titlesOf(others)].join(', ')}`,
        ),
        subject,
      }),
    );
  }
  for (const [index, asker] of askers.entries()) {
    const what = titlesOf(askers)[index];
    const willBeMade = certificate.name !== secret.name;
    found.push(
      outcome(willBeMade ? 'Degraded' : undefined, 'listener', {
        reason: REASON.certificateOfTwoManagers,
        message: willBeMade
          ? `What browsers get may change at any time: by its annotation ${what} has cert-manager fill ${place}, as ${title} does.`
          : `By its annotation ${what} asks cert-manager for what ${title} has made by hand: the annotation has no effect, and its issuer need not be the one that signs.`,
        remedy: todo(
          `remove annotation cert-manager.io/issuer or cert-manager.io/cluster-issuer from ${what}, or delete ${title}`,
        ),
        subject: { ...asker, cluster: subject.cluster },
      }),
    );
  }
  return found;
};

/**
 * What is to be done where cert-manager does nothing. It issues anew by itself for every other reason (cert-manager,
 * `NewReadinessPolicyChain` and `NewTriggerPolicyChain`).
 */
function notReadyRemedy(reason: string | undefined, title: string): string {
  return reason === 'IncorrectCertificate'
    ? `name in spec.secretName of ${title} a Secret that no other Certificate fills`
    : `check that cert-manager runs, which issues ${title} anew by itself`;
}

/** Reasons that the dates tell better. */
const OF_TIME = new Set(['Expired', 'Renewing']);

/** That cert-manager calls it Ready counts for nothing; that it does not, after it was issued, has a reason. */
export const isReady: CertificateCheck = input => {
  const { facts, now, subject, title, todo, role } = input;
  const { certificate } = facts;
  if (!certificate || isUnissued(input) || isFailing(input)) return undefined;
  const ready = findCondition(certificate.conditions, 'Ready');
  const issuing = findCondition(certificate.conditions, 'Issuing');
  if (ready?.status !== 'False' || issuing?.status === 'True') return undefined;
  if (OF_TIME.has(ready.reason ?? '')) return undefined;
  if (isSettling(ready, now)) {
    return outcome(undefined, 'listener', {
      reason: REASON.certificateNotReady,
      message: `cert-manager does not call ${title} ready since a moment ago, and sees to it.`,
      subject,
      details: conditionDetails(ready),
    });
  }
  return outcome('Degraded', 'listener', {
    reason: REASON.certificateNotReady,
    message: `${
      role === 'ca' ? 'What is signed next' : 'What browsers get next'
    } is not certain: cert-manager does not call ${title} ready.${quoted(
      ready,
      'cert-manager',
    )}`,
    remedy: todo(notReadyRemedy(ready.reason, title)),
    subject,
    details: conditionDetails(ready),
  });
};

/** Nothing is known of what is in the Secret, and nothing is known to be amiss. */
export const isKnown: CertificateCheck = input => {
  const { facts, leaf, verified, subject, title, todo } = input;
  if (leaf || verified === true || isUnissued(input)) return undefined;
  if (facts.secret.name === '' && isNamed(input)) return undefined;
  const unknown = outcome('Degraded', 'listener', {
    reason: REASON.certificateNotKnown,
    message: `Whether browsers trust this certificate is not known.${
      facts.unknown ? ` ${facts.unknown}` : ''
    }`,
    remedy: facts.certificate
      ? todo(
          `keep three requests of ${title} (revisionHistoryLimit), or give its CA in [certificates] ca_pem`,
        )
      : todo(
          `have a Certificate of cert-manager fill Secret ${facts.secret.namespace}/${facts.secret.name}, or look at what is served in a browser`,
        ),
    subject,
    ...(facts.keptAt && { details: { lastSeen: dateInWords(facts.keptAt) } }),
  });
  return { ...unknown, tls: 'Unknown' };
};
