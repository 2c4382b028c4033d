import { findingsOf } from '../findings/declare';
import type { Finding } from '../findings/types';
import { conditionDetails, saidIn } from '../findings/words';
import { objectsOf, textOf } from '../gateway-api/lenient';
import type { Condition } from '../gateway-api/types';
import { LISTENER_SENTENCES } from '../sentences/listener';
import { ROUTE_SENTENCES } from '../sentences/route';
import {
  isNearMiss,
  isOtherKind,
  isService,
  isTolerated,
} from './backendKinds';
import type { BackendState } from './backends';
import {
  found as ofBackend,
  nameOf,
  nearMissOf,
  routeOf,
} from './backendTrouble';
import { meaningOf } from './conditionReasons';
import { gatewaySubject } from './gatewayChecks';
import { askedGrant, ungranted } from './grants';
import { ownGateway, type HostInput } from './input';
import { listenerSubject } from './listenerConditions';
import type { LISTENER_REASONS } from './listenerReasons';
import type { Claimed } from './parentReasons';
import { holderOf } from './reach';
import type { NotFound, ROUTE_REASONS, Unresolved } from './routeReasons';

const found = findingsOf<typeof ROUTE_REASONS>(ROUTE_SENTENCES);
const ofListener = findingsOf<typeof LISTENER_REASONS>(LISTENER_SENTENCES);

/** A finding whose severity follows from what it makes of requests. */
type Told = Omit<Finding, 'severity'>;

const READER = { is: 'reader' } as const;
const PLATFORM = { is: 'platform' } as const;

/** Do the listeners refuse the kind of the route by their own specs? The controller's reason does not tell that apart. */
const refusesKind = ({ ours }: HostInput) =>
  ours.some(({ refusal }) => refusal?.reason === 'ListenerRefusesKind');

/** What `Accepted` with status False means. */
export function notAccepted(
  condition: Condition,
  input: HostInput,
  claimed: Claimed,
): Told {
  const { subject, settings, host, primary } = input;
  const { controller, httpsSection } = settings.gateway;
  const gateway = ownGateway(settings);
  const route = routeOf(input);
  const details = conditionDetails(condition);
  const of = { route, said: saidIn(condition), ...claimed };
  const mine = { actor: READER, subject, details };
  const theirs = { actor: PLATFORM, subject, details };
  const reason = meaningOf('HTTPRoute', condition)?.finding;
  switch (reason) {
    case 'NotAllowedByListeners':
      return found(reason, {
        params: {
          ...of,
          gateway,
          isKind: refusesKind(input),
          namespace: textOf(subject.namespace) ?? '',
        },
        ...theirs,
      });
    case 'NoMatchingListenerHostname':
      return found(reason, { params: { ...of, host }, ...mine });
    case 'NoMatchingParent':
      return found(reason, {
        params: {
          ...of,
          controller,
          wanted: httpsSection,
          ...(primary && {
            listener: primary.listener.name,
            holder: holderOf(primary),
          }),
        },
        ...(primary ? { ...mine, actor: { is: 'nobody' } } : mine),
      });
    case 'ParentNotFound':
      return found(reason, {
        params: { ...of, controller, gateway },
        ...theirs,
      });
    case 'ListenerNotReady':
      return found(reason, {
        params: { ...of, gateway },
        ...theirs,
        subject: listenerSubject(input),
      });
    case 'GatewayNotAccepted':
    case 'GatewayNotProgrammed':
      return ofListener(reason, {
        params: { gateway, said: of.said, ...claimed },
        ...theirs,
        subject: gatewaySubject(input),
      });
    case 'UnsupportedValue':
    case 'IncompatibleFilters':
    case 'RuleMatchConflict':
      return found(reason, { params: of, ...mine });
    default:
      return found('NotAccepted', { params: of, ...mine });
  }
}

const portsOf = ({ service }: BackendState) =>
  objectsOf(service?.spec?.ports).map(({ port }) => port);

/** What the controller may stumble over, and the field of the route that has to change, where it is known. */
function notFoundIn({ backends, settings }: HostInput): {
  found: NotFound;
  field?: string;
} {
  const services = backends.filter(isService);
  const lost = services.find(({ service }) => !service);
  if (lost) return { found: { what: 'missing', service: nameOf(lost) } };
  const external = services.find(
    ({ service }) => service?.spec?.type === 'ExternalName',
  );
  if (external) {
    return { found: { what: 'external', service: nameOf(external) } };
  }
  const other = services.find(({ servicePort }) => !servicePort);
  if (other) {
    const { port } = other;
    return {
      found: {
        what: 'port',
        service: nameOf(other),
        ...(port !== undefined && { port }),
        ports: portsOf(other),
      },
    };
  }
  const empty = services.find(({ endpoints }) => !endpoints);
  if (empty) return { found: { what: 'noSlices', service: nameOf(empty) } };
  // The controller finds something missing, and nothing is.
  const udp = services.find(
    ({ servicePort }) => servicePort && servicePort.protocol !== 'TCP',
  );
  if (udp?.servicePort) {
    const { protocol, port } = udp.servicePort;
    return {
      found: { what: 'protocol', service: nameOf(udp), port, protocol },
      field: `${udp.field}.port`,
    };
  }
  const headless = services.find(
    ({ service }) => service?.spec?.clusterIP === 'None',
  );
  if (headless) {
    return {
      found: { what: 'headless', service: nameOf(headless) },
      field: headless.field,
    };
  }
  const strange = backends.find(isOtherKind);
  return strange
    ? {
        found: { what: 'otherKind', backend: nameOf(strange) },
        field: strange.field,
      }
    : {
        found: { what: 'unknown', controller: settings.gateway.controller },
      };
}

/** Controllers say a missing port with reasons that are meant for other things. */
function portless({ backends }: HostInput) {
  const lacking = backends.find(
    ({ kind, port }) => kind === 'Service' && port === undefined,
  );
  return lacking && { portless: nameOf(lacking) };
}

/** What controllers say, each in its own way, of a reference that misses the Service which it means. */
const SAID_OF_NEAR_MISSES: ReadonlySet<string | undefined> = new Set([
  undefined,
  'InvalidKind',
  'BackendNotFound',
  'BackendUnusable',
  'RefUnsupported',
]);

/** What `ResolvedRefs` or `BackendsAvailable` with status False means. */
export function notResolved(
  condition: Condition,
  input: HostInput,
  becomes: Pick<Unresolved, 'on' | 'copiesTo' | 'despite'>,
): Told {
  const { backends, settings, subject } = input;
  const reason = meaningOf('HTTPRoute', condition)?.finding;
  const details = conditionDetails(condition);
  const of = { route: routeOf(input), ...becomes };
  const said = saidIn(condition);
  const mine = { actor: READER, subject, details };
  const miss = backends.find(
    backend => isNearMiss(backend) && !isTolerated(backend, settings),
  );
  if (miss && becomes.on !== 'copies' && SAID_OF_NEAR_MISSES.has(reason)) {
    const { reason: missed, params, ...rest } = nearMissOf(miss, input);
    return ofBackend(missed, {
      ...rest,
      params: {
        ...params,
        effect: { on: becomes.on, status: '500' },
        route: of.route,
      },
      details: { ...details, ...rest.details },
    });
  }
  switch (reason) {
    case 'BackendNotFound': {
      const { found: what, field } = notFoundIn(input);
      const isTold = ['protocol', 'headless', 'otherKind', 'unknown'].includes(
        what.what,
      );
      return found(reason, {
        params: { ...of, found: what, ...(isTold && { said }) },
        ...mine,
        ...(what.what === 'unknown' && { actor: PLATFORM }),
        subject: { ...subject, ...(field !== undefined && { field }) },
      });
    }
    case 'RefNotPermitted': {
      const backend = ungranted(input);
      if (!backend) return found(reason, { params: of, ...mine });
      const { reference } = backend;
      const { actor, details: grant } = askedGrant(reference);
      return found(reason, {
        params: {
          ...of,
          backend: nameOf(backend),
          fromNamespace: reference.from.namespace,
        },
        actor,
        subject,
        details: { ...details, ...grant },
      });
    }
    case 'InvalidKind': {
      const strange = backends.find(isOtherKind);
      return found(reason, {
        params: {
          ...of,
          ...(portless(input) ?? (strange && { backend: nameOf(strange) })),
        },
        ...mine,
      });
    }
    case 'UnsupportedProtocol':
      return found(reason, { params: { ...of, ...portless(input) }, ...mine });
    case 'BackendPortUnnamed':
    case 'BackendsUnavailable':
      return found(reason, { params: of, ...mine });
    case 'BackendUnusable':
    case 'BackendTlsUnusable':
    case 'BackendFiltersUnusable':
    case 'RefUnsupported':
    case 'BackendPortMissing':
    case 'BackendAddressUnusable':
      return found(reason, { params: { ...of, said }, ...mine });
    default:
      return found('RefsNotResolved', { params: { ...of, said }, ...mine });
  }
}
