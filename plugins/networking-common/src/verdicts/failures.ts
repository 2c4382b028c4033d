import type { WayStop } from '../exposures/types';
import { outcome, type Check } from '../findings/outcome';
import { VERDICT_REASONS as REASON } from '../findings/reasons';
import { saysServed } from './acceptance';
import { isCilium } from '../settings/implementations';
import type { HostInput } from './input';
import type { ProbeFacts } from './types';

/** Codes of Node and OpenSSL for an answer that never came. */
const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ABORT_ERR',
]);

/** Codes of OpenSSL: both sides have spoken TLS. A proxy that does not know a host ends the connection without. */
const OF_OPENSSL = /^ERR_SSL_(?!WRONG_VERSION_NUMBER)/;

interface Failure {
  reason: string;
  stop: WayStop['kind'];
  message: string;
  remedy: string;
}

function connectFailed(probe: ProbeFacts, code: string): Failure {
  const place = `${probe.address}:${probe.port}`;
  if (TIMEOUTS.has(code)) {
    return {
      reason: REASON.probeTimedOut,
      stop: 'address',
      message: `Requests time out: nothing answers at ${place}.`,
      remedy: `Ask the platform's admins whether ${place} is the gateway's address and no firewall is in between.`,
    };
  }
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

/**
 * Envoy ends a connection before TLS where no listener of its configuration has the name that was asked for: that of a cluster
 * that calls the listener programmed never got there.
 */
function handshakeFailed(
  probe: ProbeFacts,
  code: string,
  input: HostInput,
): Failure {
  const place = `${probe.address}:${probe.port}`;
  if (OF_OPENSSL.test(code)) {
    return {
      reason: REASON.tlsHandshakeFailed,
      stop: 'listener',
      message: `Connections to ${probe.host} fail: ${place} takes them and refuses the TLS handshake, whatever a client offers.`,
      remedy:
        "Ask the platform's admins to check the certificate and the TLS settings of the https listener.",
    };
  }
  if (isCilium(input.settings) && saysServed(input)) {
    return {
      reason: REASON.acceptedNotServed,
      stop: 'listener',
      message: `Connections to ${probe.host} fail although the cluster says Accepted and Programmed: the proxy at ${place} ends them before TLS is set up, as for a host that it does not know.`,
      remedy: `Ask the platform's admins to read the log of ${input.settings.gateway.controller}, and of the proxy, for changes that were not taken up.`,
    };
  }
  return {
    reason: REASON.tlsHandshakeFailed,
    stop: 'listener',
    message: `Connections to ${probe.host} fail: ${place} takes them and ends them before TLS is set up.`,
    remedy:
      "Ask the platform's admins to check the certificate of the https listener.",
  };
}

function failureOf(probe: ProbeFacts, input: HostInput): Failure {
  const { stage, code } = probe.failure ?? { stage: 'http', code: '' };
  if (stage === 'connect') return connectFailed(probe, code);
  if (stage === 'tls') return handshakeFailed(probe, code, input);
  return TIMEOUTS.has(code)
    ? {
        reason: REASON.probeTimedOut,
        stop: 'service',
        message: `Requests time out: the gateway takes them, and no answer comes.`,
        remedy: 'Check that the Service answers on its port.',
      }
    : {
        reason: REASON.noHttpAnswer,
        stop: 'service',
        message: `Requests for ${probe.host} get no answer: the connection ends before one.`,
        remedy: 'Check that the Service speaks HTTP on its port.',
      };
}

export const gotThrough: Check<HostInput> = input => {
  const { proof, subject } = input;
  if (!proof || (proof.http && !proof.failure)) return undefined;
  const { reason, stop, message, remedy } = failureOf(proof, input);
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
