import {
  findCondition,
  type Certificate,
  type CertificateAddress,
  type Finding,
} from 'backstage-plugin-networking-common';
import type { ClusterError } from '../../io/cluster';
import { TooManyRequestsError } from '../tooManyRequests';
import { timeInWords } from './words';

type Refusal = Pick<Finding, 'reason' | 'message' | 'remedy' | 'details'>;

const titleOf = ({ namespace, name }: CertificateAddress) =>
  `Certificate ${namespace}/${name}`;

const finding = (
  { cluster, namespace, name }: CertificateAddress,
  rest: Refusal,
): Finding => ({
  severity: 'blocking',
  subject: { kind: 'Certificate', namespace, name, cluster },
  ...rest,
});

const detailsOf = (condition: {
  reason?: string;
  message?: string;
}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      reason: condition.reason,
      message: condition.message,
    }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

const changed = (address: CertificateAddress, cause?: string): Finding =>
  finding(address, {
    reason: 'CertificateChanged',
    message: `${titleOf(
      address,
    )} has changed since it was shown. Nothing was renewed.`,
    remedy: `Look at ${titleOf(address)} again before renewing it.`,
    ...(cause !== undefined && { details: { cause } }),
  });

/** That a CA is not renewed because everything that it has signed would go bad with its key. */
export const caKeyMayChange = (address: CertificateAddress): Finding =>
  finding(address, {
    reason: 'CaKeyWouldChange',
    message: `A renewal of ${titleOf(
      address,
    )} may give the CA a new key, and clients would then refuse every certificate that it has signed.`,
    remedy: `Set spec.privateKey.rotationPolicy of ${titleOf(
      address,
    )} to Never.`,
  });

/** What to bind so that the backend may have a certificate renewed. */
export const bindRenewalRole = ({ namespace, name }: CertificateAddress) =>
  `Bind Role networking-backend-renewal (rbac/renewal-role.yaml of the backend plugin) in namespace ${namespace}, with ${name} among its resourceNames.`;

/** That the cluster does not let the backend renew a certificate, known before it is asked to. */
export function rightsMissing(address: CertificateAddress): string {
  return `The backend's service account may not get certificates and update certificates/status in namespace ${
    address.namespace
  } of cluster ${address.cluster}. ${bindRenewalRole(address)}`;
}

/**
 * Why a Certificate, as it is now, is not renewed for this request; undefined where nothing stands against it.
 *
 * @param shown - what the caller saw
 * @param live - as it was read just now
 * @param role - of the Certificate; `secretName` is that of the Secret for which it has that role
 */
export function renewalRefusal(
  address: CertificateAddress,
  shown: { uid: string; resourceVersion?: string },
  live: Certificate,
  { role, secretName }: { role: 'served' | 'ca'; secretName?: string },
): Finding | undefined {
  const title = titleOf(address);
  const { metadata, spec } = live;
  if (metadata.uid !== shown.uid) {
    return finding(address, {
      reason: 'CertificateReplaced',
      message: `${title} has another uid than the one that was named: it may have been removed and made anew. Nothing was renewed.`,
      remedy: `Look at ${title} again before renewing it.`,
    });
  }
  if (metadata.deletionTimestamp !== undefined) {
    return finding(address, {
      reason: 'CertificateChanged',
      message: `${title} is being deleted. Nothing was renewed.`,
      remedy: `Look at ${title} again before renewing it.`,
    });
  }
  const issuing = findCondition(live.status?.conditions, 'Issuing');
  if (issuing?.status === 'True') {
    const since = timeInWords(issuing.lastTransitionTime);
    return finding(address, {
      reason: 'RenewalUnderWay',
      message: `${title} is being issued already${
        since && `, since ${since}`
      }. Nothing was asked for a second time.`,
      remedy: `Wait until ${title} is issued, or see its newest CertificateRequest for what it waits for.`,
      details: detailsOf(issuing),
    });
  }
  const isChanged =
    spec?.secretName !== secretName ||
    (shown.resourceVersion !== undefined &&
      shown.resourceVersion !== metadata.resourceVersion);
  if (isChanged) return changed(address);
  if (role === 'ca' && spec?.privateKey?.rotationPolicy !== 'Never') {
    return caKeyMayChange(address);
  }
  return undefined;
}

/** That somebody had it renewed within the last minute; not who. */
export function renewedLately(
  address: CertificateAddress,
  leftMs: number,
): Error {
  const seconds = Math.ceil(leftMs / 1_000);
  const lately = finding(address, {
    reason: 'RenewedLately',
    message: `Nothing was renewed: ${titleOf(
      address,
    )} was renewed on request within the last minute.`,
    remedy: `Try again in ${seconds} s.`,
    details: { againInSeconds: String(seconds) },
  });
  return Object.assign(
    new TooManyRequestsError(`${lately.message} ${lately.remedy}`, seconds),
    { findings: [lately] },
  );
}

/** What a cluster's refusal means, where it is certain that nothing was written. */
export function renewalFindings(
  error: ClusterError,
  address: CertificateAddress,
): Finding[] {
  const { verb, resource } = error.operation;
  const { cluster, namespace } = address;
  const title = titleOf(address);
  const details = { cause: error.message };
  const of = (rest: Refusal) => [finding(address, { ...rest, details })];
  if (error.httpStatus === 401) {
    return of({
      reason: 'ClusterUnreachable',
      message: `Nothing was renewed: cluster ${cluster} refuses the token of the Backstage backend.`,
      remedy: `Ask an admin of Backstage to renew the token of cluster ${cluster}.`,
    });
  }
  if (error.forbiddenByRbac) {
    return of({
      reason: 'WriteForbidden',
      message: `Nothing was renewed: the backend's service account may not ${verb} ${resource} in namespace ${namespace} of cluster ${cluster}.`,
      remedy: bindRenewalRole(address),
    });
  }
  if (error.httpStatus === 403) {
    return of({
      reason: 'AdmissionRefused',
      message: `Nothing was renewed: an admission policy of cluster ${cluster} refuses the change to ${title}.`,
      remedy: `Ask the owners of cluster ${cluster} which policy applies to Certificates in ${namespace}.`,
    });
  }
  if (error.httpStatus === 409) return [changed(address, error.message)];
  if (error.httpStatus === 429) {
    return of({
      reason: 'ClusterBusy',
      message: `Nothing was renewed: cluster ${cluster} has too many requests to answer now.`,
      remedy: 'Try again in a minute.',
    });
  }
  if (error.unreachable) {
    return of({
      reason: 'ClusterUnreachable',
      message: `Cluster ${cluster} does not answer, so nothing was renewed.`,
      remedy: `Try again when cluster ${cluster} answers.`,
    });
  }
  return of({
    reason: 'ObjectInvalid',
    message: `Nothing was renewed: cluster ${cluster} does not accept the change to ${title}.`,
    remedy: `Compare the version of cert-manager on cluster ${cluster} with those that the plugin was tested with.`,
  });
}

/** That the request failed in a way which leaves open whether it was carried out, and reading again did not tell either. */
export function renewalUnknown(
  error: ClusterError,
  address: CertificateAddress,
): Finding {
  return finding(address, {
    reason: 'WriteOutcomeUnknown',
    message: `It is not known whether ${titleOf(
      address,
    )} is being renewed: cluster ${
      address.cluster
    } did not say how the request ended.`,
    remedy: `Look at ${titleOf(address)} before trying again.`,
    details: { cause: error.message },
  });
}
