import type { TLSSocket } from 'node:tls';
import type { ProbeFacts } from 'backstage-plugin-networking-common';
import { opensslCode } from '../certificates';

/** What Node says where it has no code for what OpenSSL found. */
const UNSPECIFIED = 'UNSPECIFIED';

/** Node keeps the code alone where a handshake is not to be refused; its handle knows OpenSSL's text, too. */
interface WithHandle {
  _handle?: { verifyError?(): { message?: unknown } | null | undefined };
}

function textOf(tls: TLSSocket): string | undefined {
  try {
    const text = (tls as WithHandle)._handle?.verifyError?.()?.message;
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Why a handshake's certificate did not verify: OpenSSL's or Node's name and, where Node has none, OpenSSL's text. */
export function verificationErrorOf(
  tls: TLSSocket,
): Pick<
  NonNullable<ProbeFacts['tls']>,
  'verificationError' | 'verificationMessage'
> {
  const code = String(tls.authorizationError ?? 'unknown');
  if (code !== UNSPECIFIED) return { verificationError: code };
  const text = textOf(tls);
  return {
    verificationError: (text && opensslCode(text)) ?? UNSPECIFIED,
    ...(text && { verificationMessage: text }),
  };
}
