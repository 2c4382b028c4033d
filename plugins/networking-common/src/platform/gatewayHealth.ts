import { findCondition } from '../gateway-api/conditions';
import { normalizeHostname } from '../gateway-api/hostname';
import { objectsOf, textOf } from '../gateway-api/lenient';
import type {
  Condition,
  Gateway,
  GatewayClass,
  Listener,
} from '../gateway-api/types';
import type { Finding, Subject } from '../verdicts/types';
import { isBad, meaningOf } from '../verdicts/conditionReasons';
import { gatewayNotes } from '../verdicts/gatewayNotes';
import { generationOf, isCurrent } from '../verdicts/input';
import { VERDICT_REASONS } from '../findings/reasons';
import { conditionDetails, controllersWords } from '../findings/words';
import {
  conditionFindings,
  finding,
  isProbed,
  missing,
  part,
  titleOf,
  type PlatformInput,
} from './part';
import { PLATFORM_REASONS as REASON } from './reasons';
import type { PlatformPart } from './types';

const addresses = (gateway: Gateway | undefined) =>
  objectsOf(gateway?.status?.addresses)
    .flatMap(({ value }) => textOf(value) ?? [])
    .join(', ');

/** A controller that goes on with CRDs of a version that it does not know: a warning beside `Accepted`. */
function versionFindings(
  object: GatewayClass,
  subject: Subject,
  controller: string,
): Finding[] {
  const found = findCondition(object.status?.conditions, 'SupportedVersion');
  if (!found || !isBad(found) || !isCurrent(found, generationOf(object))) {
    return [];
  }
  return [
    finding(
      'warning',
      meaningOf('GatewayClass', found)?.finding ??
        VERDICT_REASONS.gatewayApiVersionUnsupported,
      subject,
      `${controller} does not support the version of the Gateway API that this cluster has. It goes on as far as it can, and may leave out what it does not know.${controllersWords(
        found,
      )}`,
      `Install the Gateway API's CRDs in a version that ${controller} supports, or another version of the controller.`,
      conditionDetails(found),
    ),
  ];
}

/** The GatewayClass: there, of the right controller, accepted. */
export function gatewayClassPart(input: PlatformInput): PlatformPart {
  const { snapshot, settings } = input;
  const { class: name, controller } = settings.gateway;
  const subject: Subject = {
    kind: 'GatewayClass',
    name,
    cluster: settings.cluster,
  };
  const title = titleOf(subject);
  const object = snapshot.get('GatewayClass', undefined, name);
  const actual = textOf(object?.spec?.controllerName);
  const findings: Finding[] = [];
  if (!object) {
    findings.push(missing(input, subject, 'no controller runs the gateway'));
  } else {
    if (actual !== controller) {
      findings.push(
        finding(
          'error',
          REASON.controllerMismatch,
          subject,
          `${title} belongs to ${
            actual ?? 'no controller'
          }, so what ${controller} says of routes is never found.`,
          `Set controller in [gateway] to ${actual ?? 'its controller'}.`,
        ),
      );
    }
    findings.push(
      ...conditionFindings({
        object: 'GatewayClass',
        subject,
        title,
        generation: generationOf(object),
        conditions: object.status?.conditions,
        controller: actual ?? controller,
        requirements: [
          {
            type: 'Accepted',
            reason: REASON.notAccepted,
            consequence: 'is refused by its controller: no gateway of it runs',
            remedy: `Change in ${title} what the controller's message names.`,
          },
        ],
      }),
      ...versionFindings(object, subject, actual ?? controller),
    );
  }
  const features = object?.status?.supportedFeatures;
  return part({
    part: 'gatewayclass',
    name,
    findings,
    good: `${title} is accepted by ${controller}.`,
    facts: {
      controller: actual,
      supportedFeatures: Array.isArray(features) ? features.length : undefined,
    },
  });
}

/** The Gateway itself, without its listeners. */
export function gatewayPart(
  input: PlatformInput,
  gateway: Gateway | undefined,
): PlatformPart {
  const { settings } = input;
  const { name, namespace, controller } = settings.gateway;
  const subject: Subject = {
    kind: 'Gateway',
    name,
    namespace,
    cluster: settings.cluster,
  };
  const title = titleOf(subject);
  const actual = textOf(gateway?.spec?.gatewayClassName);
  const findings: Finding[] = [];
  if (!gateway) {
    findings.push(missing(input, subject, 'no request gets an answer'));
  } else {
    if (actual !== settings.gateway.class) {
      findings.push(
        finding(
          'error',
          REASON.classMismatch,
          subject,
          `${title} is of class ${actual}, and the settings name ${settings.gateway.class}.`,
          `Set class in [gateway] to ${actual}, or change gatewayClassName of ${title}.`,
        ),
      );
    }
    const remedy = `Change in ${title} what the controller's message names.`;
    findings.push(
      ...conditionFindings({
        object: 'Gateway',
        subject,
        title,
        generation: generationOf(gateway),
        conditions: gateway.status?.conditions,
        controller,
        isProbed: isProbed(input),
        requirements: [
          {
            type: 'Accepted',
            reason: REASON.notAccepted,
            consequence: 'is refused by its controller: requests may fail',
            remedy,
          },
          {
            type: 'Programmed',
            reason: REASON.notProgrammed,
            consequence: 'is not running: requests are refused',
            remedy,
          },
        ],
      }),
      ...gatewayNotes(gateway, subject).map(note => note.finding),
    );
  }
  return part({
    part: 'gateway',
    name,
    namespace,
    findings,
    good: isProbed(input)
      ? `${title} is running.`
      : `${title} is set up, as ${controller} says; whether requests are answered is not known, as nobody asks on this cluster.`,
    facts: { class: actual, addresses: addresses(gateway) },
  });
}

function specFindings(
  input: PlatformInput,
  listener: Listener,
  subject: Subject,
  title: string,
): Finding[] {
  const { gateway, network } = input.settings;
  const findings: Finding[] = [];
  const wanted =
    listener.name === gateway.httpsSection
      ? { port: gateway.httpsPort, key: 'https_port' }
      : { port: gateway.httpPort, key: 'http_port' };
  if (listener.port !== wanted.port) {
    findings.push(
      finding(
        'warning',
        REASON.portMismatch,
        subject,
        `${title} listens on port ${listener.port}, and the settings name ${wanted.port}.`,
        `Set ${wanted.key} in [gateway] to ${listener.port}, or apply the platform again.`,
      ),
    );
  }
  if (network.dnsSuffix !== undefined) {
    const expected = `*.${network.dnsSuffix}`;
    const actual = normalizeHostname(listener.hostname);
    if (actual !== expected) {
      findings.push(
        finding(
          'error',
          REASON.suffixMismatch,
          subject,
          `${title} serves ${actual}, and the settings say ${expected}: new exposures would get hosts that it does not serve.`,
          `Set dns_suffix in [network] to ${actual.replace(
            /^\*\./,
            '',
          )}, or apply the platform again.`,
        ),
      );
    }
  }
  return findings;
}

/** Listeners whose certificates overlap answer, and browsers that reuse connections meet the wrong one. */
function overlapFindings(
  conditions: readonly Condition[] | undefined,
  generation: number,
  subject: Subject,
  title: string,
): Finding[] {
  const found = findCondition(conditions, 'OverlappingTLSConfig');
  if (!found || !isBad(found) || !isCurrent(found, generation)) return [];
  const known = meaningOf('Listener', found);
  if (known && known.word === undefined) return [];
  return [
    finding(
      'warning',
      VERDICT_REASONS.overlappingTls,
      subject,
      `${title} overlaps with another listener of its port: browsers that reuse a connection may get 404 or 421.`,
      `Give ${title.toLowerCase()} of ${titleOf(
        subject,
      )} hostnames and a certificate that overlap with no other listener's.`,
      conditionDetails(found),
    ),
  ];
}

/** Each listener that the settings name, and every other that the Gateway has. */
export function listenerParts(
  input: PlatformInput,
  gateway: Gateway | undefined,
): PlatformPart[] {
  const { settings } = input;
  const { httpSection, httpsSection, namespace, controller } = settings.gateway;
  const live = objectsOf(gateway?.spec?.listeners);
  const expected = [httpSection, httpsSection];
  const names = [
    ...new Set([
      ...expected,
      ...live.flatMap(({ name }) => textOf(name) ?? []),
    ]),
  ];
  return names.map(name => {
    const listener = live.find(candidate => candidate.name === name);
    const status = objectsOf(gateway?.status?.listeners).find(
      candidate => candidate.name === name,
    );
    const subject: Subject = {
      kind: 'Gateway',
      name: settings.gateway.name,
      namespace,
      cluster: settings.cluster,
      field: `spec.listeners[${name}]`,
    };
    const title = `Listener ${name}`;
    const findings: Finding[] = [];
    if (!gateway) {
      findings.push(
        missing(input, { ...subject, field: undefined }, 'it has no listeners'),
      );
    } else if (!listener) {
      findings.push(
        finding(
          'error',
          REASON.missing,
          subject,
          `${titleOf(subject)} has no listener ${name}: ${
            name === httpsSection
              ? 'no exposure gets a request'
              : 'requests in clear are not sent to HTTPS'
          }.`,
          'Apply the platform again.',
        ),
      );
    } else {
      if (expected.includes(name)) {
        findings.push(...specFindings(input, listener, subject, title));
      }
      const conflict = findCondition(status?.conditions, 'Conflicted');
      if (conflict?.status === 'True') {
        findings.push(
          finding(
            'error',
            REASON.conflicted,
            subject,
            `${title} claims the same port and hostname as another: requests are refused.`,
            `Remove one of the two listeners from ${titleOf(subject)}.`,
            conditionDetails(conflict),
          ),
        );
      } else {
        findings.push(
          ...conditionFindings({
            subject,
            title,
            generation: generationOf(gateway),
            conditions: status?.conditions,
            controller,
            isProbed: isProbed(input),
            waitsForAddress:
              findCondition(gateway.status?.conditions, 'Programmed')
                ?.reason === 'AddressNotAssigned',
            requirements: [
              {
                type: 'Accepted',
                reason: REASON.notAccepted,
                consequence: 'is refused by the controller: requests fail',
                remedy: `Change in it what the controller's message names.`,
              },
              {
                type: 'ResolvedRefs',
                reason: REASON.refsNotResolved,
                consequence:
                  'names something that cannot be used, as a certificate that is not there: connections fail',
                remedy: `Create what the controller's message names.`,
              },
              {
                type: 'Programmed',
                reason: REASON.notProgrammed,
                consequence: 'is not set up: requests are refused',
                remedy: `Read the log of ${controller}.`,
              },
            ],
          }),
          ...overlapFindings(
            status?.conditions,
            generationOf(gateway),
            subject,
            title,
          ),
        );
      }
    }
    return part({
      part: 'listener',
      name,
      namespace,
      findings,
      good: isProbed(input)
        ? `${title} takes requests on port ${listener?.port}.`
        : `${title} is set up for port ${listener?.port}, as ${controller} says.`,
      facts: {
        hostname: textOf(listener?.hostname),
        port: listener?.port,
        protocol: textOf(listener?.protocol),
        attachedRoutes: status?.attachedRoutes,
      },
    });
  });
}
