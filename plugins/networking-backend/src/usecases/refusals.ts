import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  traitsOf,
  writeFinding,
  type Consequence,
  type ExposurePlan,
  type Finding,
  type HttpRoute,
} from 'backstage-plugin-networking-common';
import { fieldConflicts, type ClusterError } from '../io/cluster';
import { databaseRefusal, DatabaseUnavailableError } from '../io/database';

const classOf = ({ reason }: Finding) => traitsOf(reason)?.class;

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
    findings.find(finding => classOf(finding) === 'notYours') ?? findings[0];
  const text = [
    decisive.message,
    decisive.remedy,
    decisive.severity === 'confirm' && 'To confirm, set replace to true.',
  ]
    .filter(Boolean)
    .join(' ');
  return Object.assign(errorFor(decisive, text), {
    findings,
    ...(plan ? { plan } : {}),
  });
}

function errorFor(finding: Finding, text: string): Error {
  switch (classOf(finding)) {
    case 'notYours':
      return new NotAllowedError(text);
    case 'unavailable':
      return new ServiceUnavailableError(text);
    default:
      // A request that is not valid whatever there is never comes so far: the router refuses it.
      return new ConflictError(text);
  }
}

/** Runs work that the database can stop only before it has changed anything. */
export async function unlessDatabaseFails<T>(
  consequence: Consequence,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseUnavailableError)) throw error;
    throw refusal([databaseRefusal(error.reason, consequence)]);
  }
}

const routeOf = ({ metadata }: HttpRoute) => ({
  kind: 'HTTPRoute',
  name: metadata.name,
  namespace: metadata.namespace ?? '',
});

const stops = (finding: Omit<Finding, 'severity'>): Finding[] => [
  { ...finding, severity: 'blocking' },
];

/**
 * That a write failed in a way which leaves open whether it was carried out, and
 * reading the route again did not tell either.
 */
export function unknownOutcome(
  error: ClusterError,
  object: HttpRoute,
): Finding[] {
  const { cluster, verb } = error.operation;
  const route = routeOf(object);
  return stops(
    writeFinding('WriteOutcomeUnknown', {
      params: { cluster, route, isRemoval: verb === 'delete' },
      actor: { is: 'reader' },
      subject: { ...route, cluster },
      details: { cause: error.message },
    }),
  );
}

/**
 * What a cluster's refusal of a route means for the person who asked. Only for a
 * request that cannot have changed anything: see {@link unknownOutcome}.
 */
export function clusterFindings(
  error: ClusterError,
  object: HttpRoute,
): Finding[] {
  const { cluster, verb, resource } = error.operation;
  const route = routeOf(object);
  const subject = { ...route, cluster };
  const details = { cause: error.message };
  const reader = { actor: { is: 'reader' }, subject, details } as const;
  const platform = { actor: { is: 'platform' }, subject, details } as const;

  const conflicts = fieldConflicts(error);
  if (conflicts.length > 0) {
    const managers = [...new Set(conflicts.map(({ manager }) => manager))];
    return managers.flatMap(manager => {
      const fields = conflicts
        .filter(conflict => conflict.manager === manager)
        .map(({ field }) => field);
      return stops(
        writeFinding('FieldOwnedByOther', {
          params: { cluster, route, manager, fields },
          ...reader,
          details: { manager, fields: fields.join(', ') },
        }),
      );
    });
  }
  if (error.httpStatus === 401) {
    return stops(
      writeFinding('ClusterUnreachable', {
        params: { cluster, isTokenRefused: true },
        ...platform,
      }),
    );
  }
  if (error.forbiddenByRbac) {
    return stops(
      writeFinding('WriteForbidden', {
        params: { cluster, route, verb, resource },
        ...platform,
      }),
    );
  }
  if (error.httpStatus === 403) {
    return stops(
      writeFinding('AdmissionRefused', {
        params: { cluster, route },
        ...platform,
      }),
    );
  }
  if (error.httpStatus === 404) {
    return stops(
      error.details?.kind === 'namespaces'
        ? writeFinding('NamespaceMissing', {
            params: { cluster, namespace: route.namespace },
            ...reader,
          })
        : writeFinding('GatewayApiNotInstalled', {
            params: { cluster },
            ...platform,
          }),
    );
  }
  if (error.httpStatus === 409) {
    return stops(
      writeFinding('RouteChanged', { params: { cluster, route }, ...reader }),
    );
  }
  if (error.httpStatus === 429) {
    return stops(
      writeFinding('ClusterBusy', {
        params: { cluster },
        ...reader,
        actor: { is: 'nobody' },
      }),
    );
  }
  if (error.unreachable) {
    return stops(
      writeFinding('ClusterUnreachable', {
        params: { cluster, isTokenRefused: false },
        ...platform,
      }),
    );
  }
  return stops(
    writeFinding('ObjectInvalid', {
      params: { cluster, route },
      ...platform,
      details: {
        ...details,
        // These are the schema's words about the object that we sent.
        ...Object.fromEntries(
          (error.details?.causes ?? []).map(cause => [
            cause.field ?? 'object',
            cause.message ?? '',
          ]),
        ),
      },
    }),
  );
}
