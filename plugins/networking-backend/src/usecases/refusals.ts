import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type {
  ExposurePlan,
  Finding,
  HttpRoute,
} from 'backstage-plugin-networking-common';
import { fieldConflicts, type ClusterError } from '../io/cluster';
import { databaseRefusal, DatabaseUnavailableError } from '../io/database';
import { SERVICE_ACCESS_REASONS } from './authorization/serviceAccess';

/** Findings that say "not yours", whoever asks how. */
const NOT_ALLOWED = new Set<string>([
  'NamespaceNotGranted',
  'NamespaceReserved',
  'ServiceNotOfEntity',
  'RouteOfAnotherEntity',
  'PermissionsDisabled',
  'WriteForbidden',
  ...Object.values<string>(SERVICE_ACCESS_REASONS),
]);
const UNAVAILABLE = new Set([
  'ClusterUnreachable',
  'ClusterBusy',
  'WriteOutcomeUnknown',
  'DatabaseBusy',
  'DatabaseUnreachable',
  'DatabaseFull',
  'DatabaseReadOnly',
  'DatabaseFailed',
]);

/**
 * The error of a refused write. Its own property `findings` reaches the client in
 * `error.findings`; `plan`, where there is one, in `error.plan`.
 *
 * @param findings - at least one, the most important first
 */
export function refusal(
  findings: readonly Finding[],
  plan?: ExposurePlan,
): Error {
  const decisive =
    findings.find(finding => NOT_ALLOWED.has(finding.reason)) ?? findings[0];
  const text = [
    decisive.message,
    decisive.remedy,
    decisive.severity === 'confirm' && 'To confirm, set replace to true.',
  ]
    .filter(Boolean)
    .join(' ');
  return Object.assign(errorFor(decisive.reason, text), {
    findings,
    ...(plan ? { plan } : {}),
  });
}

function errorFor(reason: string, text: string): Error {
  if (NOT_ALLOWED.has(reason)) return new NotAllowedError(text);
  if (UNAVAILABLE.has(reason)) return new ServiceUnavailableError(text);
  // A request that is not valid whatever there is never comes so far: the router refuses it.
  return new ConflictError(text);
}

/**
 * Runs work that the database can stop only before it has changed anything.
 *
 * @param consequence - what is said where it does: the fact first, such as "Nothing was written"
 */
export async function unlessDatabaseFails<T>(
  consequence: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError)) throw error;
    throw refusal([databaseRefusal(error.reason, consequence)]);
  }
}

/**
 * That a write failed in a way which leaves open whether it was carried out, and
 * reading the route again did not tell either.
 */
export function unknownOutcome(
  error: ClusterError,
  route: HttpRoute,
): Finding[] {
  const { cluster, verb } = error.operation;
  const { name, namespace = '' } = route.metadata;
  const done = verb === 'delete' ? 'removed' : 'written';
  return [
    {
      reason: 'WriteOutcomeUnknown',
      severity: 'blocking',
      message: `It is not known whether route ${name} in ${namespace} was ${done}: cluster ${cluster} did not say how the request ended.`,
      remedy: `Look at route ${name} in ${namespace} before trying again.`,
      subject: { kind: 'HTTPRoute', name, namespace, cluster },
      details: { cause: error.message },
    },
  ];
}

/**
 * What a cluster's refusal of a route means for the person who asked. Only for a
 * request that cannot have changed anything: see {@link unknownOutcome}.
 */
export function clusterFindings(
  error: ClusterError,
  route: HttpRoute,
): Finding[] {
  const { cluster, verb, resource } = error.operation;
  const { name, namespace = '' } = route.metadata;
  const subject = { kind: 'HTTPRoute', name, namespace, cluster };
  const finding = (
    rest: Pick<Finding, 'reason' | 'message' | 'remedy' | 'details'>,
  ): Finding[] => [{ severity: 'blocking', subject, ...rest }];

  const conflicts = fieldConflicts(error);
  if (conflicts.length > 0) {
    const managers = [...new Set(conflicts.map(({ manager }) => manager))];
    return managers.flatMap(manager => {
      const fields = conflicts
        .filter(conflict => conflict.manager === manager)
        .map(conflict => conflict.field);
      return finding({
        reason: 'FieldOwnedByOther',
        message: `${fields.join(', ')} of route ${name} in ${namespace} ${
          fields.length === 1 ? 'was' : 'were'
        } set by field manager ${manager}, and applying would undo that.`,
        remedy: `Ask whoever writes as ${manager} to give the fields up, or let a platform admin apply with takeOwnership.`,
        details: { manager, fields: fields.join(', ') },
      });
    });
  }
  if (error.httpStatus === 401) {
    return finding({
      reason: 'ClusterUnreachable',
      message: `Nothing was written: cluster ${cluster} refuses the token of the Backstage backend.`,
      remedy: `Ask an admin of Backstage to renew the token of cluster ${cluster}.`,
      details: { cause: error.message },
    });
  }
  if (error.forbiddenByRbac) {
    return finding({
      reason: 'WriteForbidden',
      message: `Nothing was written: the backend's service account may not ${verb} ${resource} in namespace ${namespace} of cluster ${cluster}.`,
      remedy: `Bind Role networking-backend to it in namespace ${namespace}.`,
      details: { cause: error.message },
    });
  }
  if (error.httpStatus === 403) {
    return finding({
      reason: 'AdmissionRefused',
      message: `Nothing was written: an admission policy or quota of cluster ${cluster} refuses route ${name} in ${namespace}.`,
      remedy: `Ask the owners of cluster ${cluster} which policy applies to HTTPRoutes in ${namespace}.`,
      details: { cause: error.message },
    });
  }
  if (error.httpStatus === 404) {
    return error.details?.kind === 'namespaces'
      ? finding({
          reason: 'NamespaceMissing',
          message: `Nothing was written: namespace ${namespace} does not exist on cluster ${cluster}.`,
          remedy: `Create namespace ${namespace}, or choose another one.`,
          details: { cause: error.message },
        })
      : finding({
          reason: 'GatewayApiNotInstalled',
          message: `Nothing was written: the Gateway API CRDs are not installed on cluster ${cluster}.`,
          remedy: `Install the Gateway API CRDs on cluster ${cluster}.`,
          details: { cause: error.message },
        });
  }
  if (error.httpStatus === 409) {
    return finding({
      reason: 'RouteChanged',
      message: `Nothing was written: route ${name} in ${namespace} was changed by someone else meanwhile.`,
      remedy: `Look at what route ${name} is now and apply again.`,
      details: { cause: error.message },
    });
  }
  if (error.httpStatus === 429) {
    return finding({
      reason: 'ClusterBusy',
      message: `Nothing was written: cluster ${cluster} has too many requests to answer now.`,
      remedy: 'Try again in a minute.',
      details: { cause: error.message },
    });
  }
  if (error.unreachable) {
    return finding({
      reason: 'ClusterUnreachable',
      message: `Cluster ${cluster} does not answer, so nothing was written.`,
      remedy: `Try again when cluster ${cluster} answers.`,
      details: { cause: error.message },
    });
  }
  return finding({
    reason: 'ObjectInvalid',
    message: `Nothing was written: cluster ${cluster} does not accept route ${name} in ${namespace}.`,
    remedy: `Compare the fields named with the Gateway API version of cluster ${cluster}.`,
    details: {
      cause: error.message,
      // These are the schema's words about the object that we sent.
      ...Object.fromEntries(
        (error.details?.causes ?? []).map(cause => [
          cause.field ?? 'object',
          cause.message ?? '',
        ]),
      ),
    },
  });
}
