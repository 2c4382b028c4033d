import type {
  CertificateFacts,
  ExposureHost,
  ProbeFacts,
} from 'backstage-plugin-networking-common';
import { FactList } from '../FactList';
import { HostName } from '../HostName';
import { Moment } from '../Time';
import styles from './CertificateSection.module.css';

const STAGES = {
  connect: 'while connecting',
  tls: 'during the TLS handshake',
  http: 'while waiting for the answer',
};

const OFFERS: Record<
  NonNullable<NonNullable<ProbeFacts['tls']>['refused']>['offer'],
  string
> = {
  chromium: 'Chromium (Chrome, Edge)',
};

/** An address with its port, IPv6 in brackets (RFC 3986, section 3.2.2). */
const endpoint = (address: string, port: number) =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** In words; a client that knows no CA refuses every certificate, and its code for that says nothing of this one. */
function verification(
  { verified, verificationError }: NonNullable<ProbeFacts['tls']>,
  isCaKnown: boolean,
): string {
  if (verified) return 'verified for this host';
  if (!isCaKnown) return 'not verified: no CA is known to verify it against';
  return `not verified${verificationError ? `: ${verificationError}` : ''}`;
}

/** Where an answer sends its client. Of a query only that there was one is known. */
function redirection({
  redirect,
  setsCookie,
}: NonNullable<ProbeFacts['http']>): string {
  const { scheme, host, port, path, hasQuery } = redirect!;
  const isDefault =
    port === undefined || port === (scheme === 'https' ? 443 : 80);
  const authority = isDefault ? host : `${host}:${port}`;
  return [
    `${scheme}://${authority}${path}`,
    hasQuery && 'with a query',
    setsCookie && 'with a cookie',
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * What was seen when the host was asked last: at which address, over what, and what came back.
 *
 * @param props - `facts`: of the certificate, as soon as they are there
 */
export function LastProbe(props: {
  host: ExposureHost;
  facts?: CertificateFacts;
}) {
  const isCaKnown = !props.facts || props.facts.trust !== undefined;
  const { probe, verdict } = props.host;
  if (!probe) {
    return (
      <p className={styles.line}>
        This host has not been asked. {verdict.finding.message}
      </p>
    );
  }
  const { tls, http, failure } = probe;
  return (
    <FactList
      facts={[
        ['Asked', <Moment iso={probe.at} />],
        ['Address dialled', endpoint(probe.address, probe.port)],
        ['Request', <HostName text={`GET ${probe.path} for ${probe.host}`} />],
        [
          'TLS',
          tls &&
            [
              tls.protocol ?? 'protocol not known',
              verification(tls, isCaKnown),
            ].join(', '),
        ],
        [
          'Cipher and key exchange',
          tls?.cipher && [tls.cipher, tls.group].filter(Boolean).join(', '),
        ],
        [
          'Handshake of browsers',
          tls?.refused &&
            `refused with what ${OFFERS[tls.refused.offer]} offers: ${
              tls.refused.code
            }. Another client got this answer.`,
        ],
        [
          'Serial number served',
          tls?.leaf && <code>{tls.leaf.serialNumber}</code>,
        ],
        [
          'Answer',
          http &&
            [
              `${http.status} in ${probe.durationMs} ms`,
              http.server && `from ${http.server}`,
            ]
              .filter(Boolean)
              .join(' '),
        ],
        ['Redirects to', http?.redirect && redirection(http)],
        ['Body begins', http?.body && <code>{http.body}</code>],
        [
          'No answer',
          failure &&
            `${failure.code} ${STAGES[failure.stage]}: ${failure.message}`,
        ],
      ]}
    />
  );
}
