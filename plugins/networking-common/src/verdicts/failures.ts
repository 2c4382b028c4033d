import type { WayStop } from '../exposures/types';
import { findingsOf } from '../findings/declare';
import { outcome, type Check } from '../findings/outcome';
import type { Finding } from '../findings/types';
import { PROBE_SENTENCES } from '../sentences/probe';
import { isCilium } from '../settings/implementations';
import { saysServed } from './acceptance';
import type { HostInput } from './input';
import type { PROBE_REASONS } from './probeReasons';
import type { ProbeFacts } from './types';

const told = findingsOf<typeof PROBE_REASONS>(PROBE_SENTENCES);

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
  stop: WayStop['kind'];
  finding: Omit<Finding, 'severity'>;
}

type About = Pick<Finding, 'subject' | 'details'>;

const PLATFORM = { is: 'platform' } as const;
const READER = { is: 'reader' } as const;

const placeOf = ({ address, port }: ProbeFacts) => `${address}:${port}`;

function connectFailed(probe: ProbeFacts, code: string, about: About): Failure {
  const of = {
    params: { place: placeOf(probe) },
    actor: PLATFORM,
    ...about,
  };
  if (TIMEOUTS.has(code)) {
    return { stop: 'address', finding: told('ProbeTimedOut', of) };
  }
  return {
    stop: 'address',
    finding: told(
      code === 'ECONNREFUSED' ? 'ProbeRefused' : 'ProbeUnreachable',
      of,
    ),
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
  about: About,
): Failure {
  const { host } = probe;
  const place = placeOf(probe);
  const isRefused = OF_OPENSSL.test(code);
  const of = { actor: PLATFORM, ...about };
  return {
    stop: 'listener',
    finding:
      !isRefused && isCilium(input.settings) && saysServed(input)
        ? told('AcceptedNotServed', {
            params: {
              host,
              place,
              controller: input.settings.gateway.controller,
            },
            ...of,
          })
        : told('TlsHandshakeFailed', {
            params: { host, place, isRefused },
            ...of,
          }),
  };
}

function failureOf(probe: ProbeFacts, input: HostInput, about: About): Failure {
  const { stage, code } = probe.failure ?? { stage: 'http', code: '' };
  if (stage === 'connect') return connectFailed(probe, code, about);
  if (stage === 'tls') return handshakeFailed(probe, code, input, about);
  return {
    stop: 'service',
    finding: TIMEOUTS.has(code)
      ? told('ProbeTimedOut', { params: {}, actor: READER, ...about })
      : told('NoHttpAnswer', {
          params: { host: probe.host },
          actor: READER,
          ...about,
        }),
  };
}

export const gotThrough: Check<HostInput> = input => {
  const { proof, subject } = input;
  if (!proof || (proof.http && !proof.failure)) return undefined;
  const { stop, finding } = failureOf(proof, input, {
    subject,
    details: {
      at: proof.at,
      ...(proof.failure && {
        code: proof.failure.code,
        message: proof.failure.message,
      }),
    },
  });
  return outcome('Broken', stop, finding);
};
