import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import { objectsOf } from '../gateway-api/lenient';
import { redirectsToHttps } from '../gateway-api/redirects';
import { PROBE_SENTENCES } from '../sentences/probe';
import { NO_PROBE, parseAddress } from '../settings/checks';
import { isAccepted } from './acceptance';
import { judgeAnswer } from './answers';
import { gotThrough } from './failures';
import { isElsewhere, ownGateway, type HostInput } from './input';
import type { PROBE_REASONS } from './probeReasons';
import { isConcreteHost } from './reach';

const told = findingsOf<typeof PROBE_REASONS>(PROBE_SENTENCES);

const PLATFORM = { is: 'platform' } as const;
const NOBODY = { is: 'nobody' } as const;

const urlFor = ({ host, url }: HostInput) => ({
  host,
  ...(url !== undefined && { url }),
});

const unproved = (input: HostInput) => ({
  ...urlFor(input),
  isAccepted: isAccepted(input),
});

/** In clear nothing shows that it is the Gateway which answers, so hosts that have no https listener to go to are never asked. */
function whyNotPossible(input: HostInput) {
  const { https, host, path, route } = input;
  if (!https) return redirectsToHttps(route) ? 'onlyRedirects' : 'noHttps';
  if (isElsewhere(input)) return 'portUnknown';
  if (!isConcreteHost(host)) return 'wildcard';
  return path === undefined ? 'noGet' : undefined;
}

const canBeProbed: Check<HostInput> = input => {
  const { https, subject, snapshot, settings } = input;
  const why = whyNotPossible(input);
  if (!why) return undefined;
  const { namespace, name, httpsSection } = settings.gateway;
  const gateway = snapshot.get('Gateway', namespace, name);
  const hasHttps = objectsOf(gateway?.spec?.listeners).some(
    ({ protocol }) => protocol === 'HTTPS',
  );
  return outcome(
    'Unknown',
    'address',
    told('ProbeNotPossible', {
      params: {
        ...unproved(input),
        why,
        isHttps: https !== undefined,
        gateway: ownGateway(settings),
        ...(https && { listener: https.listener.name }),
        ...(hasHttps && { attach: httpsSection }),
      },
      actor: why === 'onlyRedirects' ? NOBODY : { is: 'reader' },
      subject,
    }),
  );
};

const wasProbed: Check<HostInput> = input => {
  const { probe, settings, subject } = input;
  if (probe) return undefined;
  if (settings.probe.address === NO_PROBE) {
    return outcome(
      'Unknown',
      'address',
      told('ProbeOff', {
        params: unproved(input),
        actor: { is: 'reader' },
        subject,
      }),
    );
  }
  if (!settings.probe.address && !settings.network.lanIp) {
    return outcome(
      'Unknown',
      'address',
      told('ProbeAddressUnknown', {
        params: urlFor(input),
        actor: PLATFORM,
        subject,
      }),
    );
  }
  return outcome(
    'Unknown',
    'address',
    told('NotProbed', { params: unproved(input), actor: NOBODY, subject }),
  );
};

/** An address that was computed proves nothing until the Gateway has shown itself there. Why is the platform's finding. */
const gatewayWasShown: Check<HostInput> = input =>
  input.probe?.notShown &&
  outcome(
    'Unknown',
    'address',
    told('GatewayNotShown', {
      params: urlFor(input),
      actor: PLATFORM,
      subject: input.subject,
      details: { at: input.probe.at },
    }),
  );

const isOfThisGeneration: Check<HostInput> = input => {
  const { probe, proof, subject } = input;
  return !probe || proof
    ? undefined
    : outcome(
        'Unknown',
        'address',
        told('ProbeOlder', {
          params: urlFor(input),
          actor: NOBODY,
          subject,
          details: { at: probe.at },
        }),
      );
};

/**
 * The port of the URL is asked first. An answer of another port shows that this one does not answer, unless the settings
 * say which port to ask.
 */
const reachedAtUrl: Check<HostInput> = input => {
  const { proof, settings, subject } = input;
  if (!proof || parseAddress(settings.probe.address ?? '')?.port) {
    return undefined;
  }
  const { publicHttpsPort } = settings.network;
  const { address, port, at } = proof;
  if (port === publicHttpsPort) return undefined;
  return outcome(
    'Broken',
    'address',
    told('PublicPortNotReached', {
      params: { ...urlFor(input), address, publicPort: publicHttpsPort, port },
      actor: PLATFORM,
      subject,
      details: { at, port: String(port) },
    }),
  );
};

const answersWell: Check<HostInput> = input => {
  const { proof, shadow } = input;
  if (shadow?.atProbedPath) return undefined;
  return proof?.http ? judgeAnswer(input, proof, proof.http) : undefined;
};

/** In order; only the last of them can say Live, and only on a probe of the route as it stands. */
export const PROBE_CHECKS: readonly Check<HostInput>[] = [
  canBeProbed,
  wasProbed,
  gatewayWasShown,
  isOfThisGeneration,
  gotThrough,
  reachedAtUrl,
  answersWell,
];
