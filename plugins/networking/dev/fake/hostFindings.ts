import {
  hostOf,
  unconfirmedFindings,
  type ApplyResult,
  type ExposableServices,
  type Exposure,
  type ExposurePlan,
  type ExposureRequest,
  type Finding,
} from 'backstage-plugin-networking-common';
import { SUFFIX, finding } from './basics';
import { refusal } from './errors';

const labelIsValid = (label: string) =>
  /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label);

/** What stands against the host that a request asks for, where `present` has it already. */
export function hostFindings(
  request: ExposureRequest,
  present: Exposure | undefined,
  isOwn: boolean,
): Finding[] {
  const { hostLabel = '' } = request;
  const subject = {
    kind: 'Host',
    name: hostLabel,
    cluster: 'local',
    field: 'hostLabel',
  };
  if (!labelIsValid(hostLabel)) {
    return [
      finding('HostLabelInvalid', `"${hostLabel}" is no DNS label.`, {
        severity: 'blocking',
        remedy:
          'Use lower-case letters, digits and dashes, beginning and ending with a letter or digit.',
        subject,
      }),
    ];
  }
  if (present && isOwn && request.intent === 'create') {
    return [
      finding(
        'AlreadyExposed',
        `${request.entityRef} already has https://${hostOf(
          hostLabel,
          SUFFIX,
        )}, and adding a URL doesn't change it.`,
        {
          severity: 'blocking',
          remedy: `Edit https://${hostOf(
            hostLabel,
            SUFFIX,
          )}, or choose another host label.`,
          subject,
        },
      ),
    ];
  }
  if (present && !isOwn) {
    return [
      finding(
        'HostTaken',
        `Host ${hostOf(hostLabel, SUFFIX)} belongs to a route of another team.`,
        {
          severity: 'blocking',
          remedy: 'Choose another host label.',
          subject,
        },
      ),
    ];
  }
  return [];
}

/** What a change of the Service or port does to the requests that `present` gets. */
export function trafficFindings(
  { service: to }: ExposureRequest,
  present: Exposure | undefined,
): Finding[] {
  const [from] = present?.services ?? [];
  if (!present || !from || !to) return [];
  if (from.name === to.name && from.port === to.port) return [];
  const [before, after] = [from, to].map(
    ({ name, port }) => `Service ${name} port ${port}`,
  );
  const [host] = present.hosts;
  return [
    finding(
      'LiveTrafficMoves',
      `Requests to ${host.url} now go to ${before}. After this change they go to ${after}.`,
      {
        severity: 'confirm',
        remedy: `Confirm that they may go to ${after}, or choose the Service and port that get them now.`,
        subject: {
          kind: 'HTTPRoute',
          namespace: present.namespace,
          name: present.name,
          cluster: present.cluster,
          field: 'service',
        },
        details: { host: host.host, from: before, to: after },
      },
    ),
  ];
}

/**
 * What applying a plan does. Throws as the backend does where the plan is refused, or takes live requests without being
 * asked to.
 */
export function applicableAction({
  action,
  ...plan
}: ExposurePlan): ApplyResult['action'] {
  const isRefused = action === 'refused';
  const stopping = isRefused
    ? plan.findings
    : unconfirmedFindings({ action, ...plan });
  if (!isRefused && stopping.length === 0) return action;
  throw refusal(409, 'ConflictError', 'The plan is refused.', stopping);
}

/** The entity's name, the Service's, or that with a number: the first that no exposure has. */
export function freeLabel(
  exposures: readonly Exposure[],
  entityRef: string,
  service = '',
): string | undefined {
  const taken = new Set(
    exposures.flatMap(({ hosts }) =>
      hosts.map(({ host }) => host.split('.')[0]),
    ),
  );
  const numbers = Array.from({ length: 99 }, (_, index) => index + 2);
  return [
    entityRef.split('/')[1],
    service,
    ...numbers.map(number => `${service}-${number}`),
  ].find(label => !taken.has(label));
}

/** Services with a free label for each that can be exposed. */
export function withFreeLabels(
  found: ExposableServices,
  exposures: readonly Exposure[],
): ExposableServices {
  return structuredClone({
    ...found,
    services: found.services.map(service =>
      service.refusal
        ? service
        : {
            ...service,
            freeHostLabel: freeLabel(exposures, found.entityRef, service.name),
          },
    ),
  });
}
