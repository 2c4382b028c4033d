import type { WayStop } from '../exposures/types';
import { NO_PROBE, parseAddress } from '../settings/checks';
import {
  gatewayTitle,
  isAnswer,
  isCurrent,
  isElsewhere,
  routeCondition,
  type HostInput,
} from './input';
import { outcome, type Check, type Outcome } from '../findings/outcome';
import { isConcreteHost } from './reach';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import type { ProbeFacts } from './types';

/** Codes of Node and OpenSSL for an answer that never came. */
const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ABORT_ERR',
]);

/** Has the controller taken up the route as it stands now, with everything that it refers to? */
function isAccepted(input: HostInput): boolean {
  return ['Accepted', 'ResolvedRefs'].every(type => {
    const condition = routeCondition(input, type);
    return (
      condition?.status === 'True' && isCurrent(condition, input.generation)
    );
  });
}

/** `Accepted, not yet proved: why`; without the first word where the controller has not said so. */
const notProved = (input: HostInput, why: string) =>
  isAccepted(input)
    ? `Accepted, not yet proved: ${why}.`
    : `Whether requests for ${input.host} are answered is not proved: ${why}.`;

const canBeProbed: Check<HostInput> = input => {
  const { https, host, path, subject, settings } = input;
  let why: string | undefined;
  if (!https) {
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
    remedy: https
      ? 'Try a URL of this route that you know.'
      : `Attach the route to listener ${settings.gateway.httpsSection}.`,
    subject,
  });
};

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
  return outcome('Unknown', 'address', {
    reason: REASON.notProbed,
    message: notProved(input, `nobody has asked for ${host} lately`),
    remedy: `Open the Networking tab of its component: ${host} is asked for then.`,
    subject,
  });
};

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

function failed(probe: ProbeFacts): {
  reason: string;
  stop: WayStop['kind'];
  message: string;
  remedy: string;
} {
  const { stage, code } = probe.failure ?? { stage: 'http', code: '' };
  const place = `${probe.address}:${probe.port}`;
  if (stage === 'tls') {
    return {
      reason: REASON.tlsHandshakeFailed,
      stop: 'listener',
      message: `Connections to ${probe.host} fail: ${place} takes them and ends them before TLS is set up.`,
      remedy:
        "Ask the platform's admins to check the certificate of the https listener.",
    };
  }
  if (TIMEOUTS.has(code)) {
    return {
      reason: REASON.probeTimedOut,
      stop: stage === 'connect' ? 'address' : 'service',
      message:
        stage === 'connect'
          ? `Requests time out: nothing answers at ${place}.`
          : `Requests time out: the gateway takes them, and no answer comes.`,
      remedy:
        stage === 'connect'
          ? `Ask the platform's admins whether ${place} is the gateway's address and no firewall is in between.`
          : 'Check that the Service answers on its port.',
    };
  }
  if (stage === 'connect') {
    return code === 'ECONNREFUSED'
      ? {
          reason: REASON.probeRefused,
          stop: 'address',
          message: `Requests are refused: nothing listens at ${place}.`,
          remedy: `Ask the platform's admins to start the gateway, or to correct [probe] address.`,
        }
      : {
          reason: REASON.probeUnreachable,
          stop: 'address',
          message: `Requests do not arrive: ${place} cannot be reached from here.`,
          remedy: `Ask the platform's admins whether ${place} is the gateway's address.`,
        };
  }
  return {
    reason: REASON.noHttpAnswer,
    stop: 'service',
    message: `Requests for ${probe.host} get no answer: the connection ends before one.`,
    remedy: 'Check that the Service speaks HTTP on its port.',
  };
}

const gotThrough: Check<HostInput> = ({ proof, subject }) => {
  if (!proof || (proof.http && !proof.failure)) return undefined;
  const { reason, stop, message, remedy } = failed(proof);
  return outcome('Broken', stop, {
    reason,
    message,
    remedy,
    subject,
    details: {
      at: proof.at,
      ...(proof.failure && {
        code: proof.failure.code,
        message: proof.failure.message,
      }),
    },
  });
};

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

function answer(proof: ProbeFacts, status: number, input: HostInput): Outcome {
  const { subject, title, backends } = input;
  const details = { at: proof.at, status: String(status), path: proof.path };
  const service = backends[0]
    ? `Service ${backends[0].namespace}/${backends[0].name}`
    : 'the Service';
  if (isAnswer(status)) {
    return outcome('Live', 'client', {
      reason: REASON.answered,
      message: `Requests are answered: ${proof.path} gives ${status}.`,
      subject,
      details,
    });
  }
  if (status >= 500) {
    return outcome('Broken', 'service', {
      reason: REASON.answersError,
      message: `Requests get ${status} at ${proof.path}.`,
      remedy:
        status === 502 || status === 503 || status === 504
          ? `Check that ${service} runs and listens on the port of ${title}.`
          : `Read the log of ${service}.`,
      subject,
      details,
    });
  }
  if (status === 403 || status === 404 || status === 421) {
    return outcome('Degraded', 'route', {
      reason: REASON.answerAmbiguous,
      message: `Answers ${status} at ${proof.path}, which may be the gateway's or the service's.`,
      remedy: `Check whether ${service} answers ${status} at ${proof.path} itself.`,
      subject,
      details,
    });
  }
  return outcome('Degraded', 'service', {
    reason: REASON.answersClientError,
    message: `Answers ${status} at ${proof.path}: the service refuses a plain GET there.`,
    remedy: `Open a path that ${service} serves.`,
    subject,
    details,
  });
}

const answersWell: Check<HostInput> = input => {
  const { proof, shadow } = input;
  if (shadow?.atProbedPath) return undefined;
  return proof?.http ? answer(proof, proof.http.status, input) : undefined;
};

/** In order; only the last of them can say Live, and only on a probe of the route as it stands. */
export const PROBE_CHECKS: readonly Check<HostInput>[] = [
  canBeProbed,
  wasProbed,
  isOfThisGeneration,
  gotThrough,
  reachedAtUrl,
  answersWell,
];
