import type { WayStop } from '../exposures/types';
import { parseAddress } from '../settings/checks';
import type { BackendState } from './backends';
import { portTitle } from './endpoints';
import { isElsewhere, type HostInput } from './input';
import { answers } from './proof';
import type { Outcome } from '../findings/outcome';
import { rankOf, worstOutcome } from '../findings/outcome';
import { publicHttpPort } from './reach';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { VerdictWord } from './types';

const STATE: Record<VerdictWord, WayStop['state']> = {
  Live: 'ok',
  Degraded: 'ok',
  Unknown: 'unknown',
  Pending: 'waiting',
  Broken: 'unknown',
};

/** Where requests go: the port of the URL, unless the settings have the probe dial another. */
function addressLabel(input: HostInput): string {
  const { probe, settings } = input;
  const { network } = settings;
  const given = parseAddress(settings.probe.address ?? '');
  const ip = probe?.address ?? given?.ip ?? network.lanIp;
  const inClear = input.url?.startsWith('http:') === true;
  const port = inClear
    ? publicHttpPort(settings)
    : given?.port ?? network.publicHttpsPort;
  if (isElsewhere(input)) return ip ?? 'the gateway';
  if (ip === undefined) return `port ${port}`;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function listenerLabel({ primary, settings }: HostInput): string {
  if (!primary) return settings.gateway.httpsSection;
  const { listener, listenerSet } = primary;
  return listenerSet
    ? `${listenerSet.metadata.namespace}/${listenerSet.metadata.name}: ${listener.name}`
    : listener.name;
}

/** `2 of 2 ready`, or `0 of 2 pods serve port http-web` where ready pods have no such port. One label, or none. */
function endpointsLabels(backends: readonly BackendState[]): string[] {
  const known = backends.flatMap(({ endpoints }) => endpoints ?? []);
  if (known.length === 0) return [];
  const lacking = backends.find(
    ({ endpoints }) =>
      endpoints && endpoints.total === 0 && endpoints.readyElsewhere > 0,
  );
  if (lacking?.endpoints && lacking.servicePort) {
    return [
      `0 of ${lacking.endpoints.readyElsewhere} pods serve port ${portTitle(
        lacking.servicePort,
      )}`,
    ];
  }
  const sum = (key: 'ready' | 'total') =>
    known.reduce((total, endpoints) => total + endpoints[key], 0);
  return [`${sum('ready')} of ${sum('total')} ready`];
}

function labels(input: HostInput): [WayStop['kind'], string][] {
  const { backends, subject } = input;
  const services = backends.map(
    ({ name, port }) => `${name}${port === undefined ? '' : `:${port}`}`,
  );
  return [
    ['client', 'you'],
    ['address', addressLabel(input)],
    ['listener', listenerLabel(input)],
    ['route', `${subject.namespace}/${subject.name}`],
    ...(services.length > 0
      ? ([['service', services.join(', ')]] as [WayStop['kind'], string][])
      : []),
    ...endpointsLabels(backends).map((label): [WayStop['kind'], string] => [
      'endpoints',
      label,
    ]),
  ];
}

/** Of error statuses. */
const ANSWERS: ReadonlySet<string> = new Set([
  REASON.answersError,
  REASON.answersNoBackend,
  REASON.answersNotReached,
  REASON.answersTooLate,
]);

/** An error status says nothing of its own where the endpoints behind the Service are the cause. */
const isExplained = (found: Outcome, decider: Outcome): boolean =>
  found.stop === 'service' &&
  ANSWERS.has(found.finding.reason) &&
  decider.stop === 'endpoints';

/**
 * The stops of a request, each as far as the facts carry. Where the verdict is Broken the stop that decided it is
 * failing, and nothing is claimed of the stops behind it, unless it is the certificate and the host has answered all the same.
 * Of a cluster that does not answer nothing is claimed at all.
 *
 * @param certificate - those of `outcomes` that are about the certificate
 */
export function wayOf(
  input: HostInput,
  outcomes: readonly Outcome[],
  decider: Outcome & { word: VerdictWord },
  certificate: readonly Outcome[],
): WayStop[] {
  const stops = labels(input);
  if (decider.finding.reason === REASON.clusterUnreachable) {
    return stops.map(([kind, label]) => ({
      kind,
      label,
      state: kind === 'client' ? 'ok' : 'unknown',
    }));
  }
  // Where the stop that decided is not on the way, the last one before it stands for it.
  const kinds = stops.map(([kind]) => kind);
  const stopOf = (kind: WayStop['kind']) =>
    kinds.includes(kind) ? kind : 'route';
  const failing =
    decider.word === 'Broken' ? kinds.indexOf(stopOf(decider.stop)) : -1;
  const isRefusal =
    answers(input) &&
    certificate.some(({ finding }) => finding === decider.finding);
  const proved =
    isRefusal || decider.word === 'Live' || decider.word === 'Degraded';
  return stops.map(([kind, label], index) => {
    const here = outcomes.filter(
      found => stopOf(found.stop) === kind && !isExplained(found, decider),
    );
    const worst = worstOutcome(here);
    if (index === failing) {
      const state = isRefusal ? 'refused' : 'failing';
      return { kind, label, state, note: decider.finding.message };
    }
    const behind = failing >= 0 && index > failing && !isRefusal;
    // The cluster tells otherwise than the answer.
    const contradicted = here.find(
      ({ finding }) => finding.details?.answered !== undefined,
    );
    if (contradicted && !behind) {
      const note = contradicted.finding.message;
      return { kind, label, state: 'unknown', note };
    }
    const state =
      behind && !(worst && rankOf(worst.word) > rankOf('Degraded'))
        ? 'unknown'
        : stateOf(worst?.word, kind, proved || failing > index);
    const note =
      worst && worst.word !== 'Live' ? worst.finding.message : undefined;
    return { kind, label, state, ...(note !== undefined && { note }) };
  });
}

function stateOf(
  word: VerdictWord | undefined,
  kind: WayStop['kind'],
  proved: boolean,
): WayStop['state'] {
  if (word) return STATE[word];
  // Conditions and objects speak for the other stops; only an answer speaks for the address.
  return kind === 'address' && !proved ? 'unknown' : 'ok';
}
