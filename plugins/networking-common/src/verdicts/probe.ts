import { objectsOf } from '../gateway-api/lenient';
import { redirectsToHttps } from '../gateway-api/redirects';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { NO_PROBE, parseAddress } from '../settings/checks';
import { isAccepted } from './acceptance';
import { judgeAnswer } from './answers';
import { gotThrough } from './failures';
import { gatewayTitle, isElsewhere, type HostInput } from './input';
import { isConcreteHost } from './reach';

/** `Accepted, not yet proved: why`; without the first word where the controller has not said so. */
const notProved = (input: HostInput, why: string) =>
  isAccepted(input)
    ? `Accepted, not yet proved: ${why}.`
    : `Whether requests for ${input.host} are answered is not proved: ${why}.`;

/** In clear nothing shows that it is the Gateway which answers, so hosts that have no https listener to go to are never asked. */
function remedyOf({ https, url, host, snapshot, settings }: HostInput): string {
  if (https) return 'Try a URL of this route that you know.';
  const { namespace, name, httpsSection } = settings.gateway;
  const gateway = snapshot.get('Gateway', namespace, name);
  const hasHttps = objectsOf(gateway?.spec?.listeners).some(
    ({ protocol }) => protocol === 'HTTPS',
  );
  return hasHttps
    ? `Attach the route to listener ${httpsSection}.`
    : `Open ${
        url ?? host
      } yourself: only hosts that are served over HTTPS are checked.`;
}

const canBeProbed: Check<HostInput> = input => {
  const { https, host, path, subject, settings, route } = input;
  let why: string | undefined;
  const isRedirect = !https && redirectsToHttps(route);
  if (isRedirect) {
    why = `the route only sends requests in clear to HTTPS, where another one is to answer`;
  } else if (!https) {
    why = `no https listener of Gateway ${gatewayTitle(
      settings,
    )} serves ${host}`;
  } else if (isElsewhere(input)) {
    why = `at which port people reach listener ${https.listener.name} is not known, so its hosts are not probed`;
  } else if (!isConcreteHost(host)) {
    why = `the wildcard ${host} stands for no single host that could be asked for`;
  } else if (path === undefined) {
    why = 'the route answers no GET without headers or query';
  }
  if (!why) return undefined;
  return outcome('Unknown', 'address', {
    reason: REASON.probeNotPossible,
    message: notProved(input, why),
    ...(!isRedirect && {
      remedy: remedyOf(input),
    }),
    subject,
  });
};

const openYourself = ({ url, host }: HostInput) =>
  `Open ${
    url ?? host
  } yourself, and ask the platform's admins to set [probe] address.`;

const wasProbed: Check<HostInput> = input => {
  const { probe, host, url, settings, subject } = input;
  if (probe) return undefined;
  if (settings.probe.address === NO_PROBE) {
    return outcome('Unknown', 'address', {
      reason: REASON.probeOff,
      message: notProved(input, `nobody asks for ${host} on this cluster`),
      remedy: `Open ${url ?? host} from where the gateway can be reached.`,
      subject,
    });
  }
  if (!settings.probe.address && !settings.network.lanIp) {
    return outcome('Unknown', 'address', {
      reason: REASON.probeAddressUnknown,
      message: `${host} is not checked from here: Backstage does not know the gateway's address.`,
      remedy: openYourself(input),
      subject,
    });
  }
  return outcome('Unknown', 'address', {
    reason: REASON.notProbed,
    message: notProved(input, `nobody has asked for ${host} lately`),
    remedy: `Wait a minute or two, as every host is asked for by turns, or open the Networking tab of its component, which asks for ${host} at once.`,
    subject,
  });
};

/** An address that was computed proves nothing until the Gateway has shown itself there. Why is the platform's finding. */
const gatewayWasShown: Check<HostInput> = input =>
  input.probe?.notShown &&
  outcome('Unknown', 'address', {
    reason: REASON.gatewayNotShown,
    message: `${input.host} is not checked from here: Backstage has not found the gateway's address.`,
    remedy: openYourself(input),
    subject: input.subject,
    details: { at: input.probe.at },
  });

const isOfThisGeneration: Check<HostInput> = ({
  probe,
  proof,
  host,
  subject,
}) =>
  !probe || proof
    ? undefined
    : outcome('Unknown', 'address', {
        reason: REASON.probeOlder,
        message: `The last answer of ${host} was to an earlier version of this route; for this one nothing is proved yet.`,
        remedy: 'Wait for the next probe.',
        subject,
        details: { at: probe.at },
      });

/**
 * The port of the URL is asked first. An answer of another port shows that this one does not answer, unless the settings
 * say which port to ask.
 */
const reachedAtUrl: Check<HostInput> = ({ proof, url, settings, subject }) => {
  if (!proof || parseAddress(settings.probe.address ?? '')?.port) {
    return undefined;
  }
  const { publicHttpsPort } = settings.network;
  const { address, port, host, at } = proof;
  if (port === publicHttpsPort) return undefined;
  return outcome('Broken', 'address', {
    reason: REASON.publicPortNotReached,
    message: `Requests to ${
      url ?? host
    } time out or are refused: port ${publicHttpsPort} of ${address} does not answer, node port ${port} does.`,
    remedy: `Ask the platform's admins to map port ${publicHttpsPort} of ${address} to node port ${port}, or to set public_https_port = ${port} in [network].`,
    subject,
    details: { at, port: String(port) },
  });
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
