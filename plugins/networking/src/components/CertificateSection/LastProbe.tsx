import type {
  CertificateFacts,
  ExposureHost,
  ProbeFacts,
} from 'backstage-plugin-networking-common';
import { listed } from '../../lib/text';
import { useT, type Translate } from '../../translation';
import { FactList } from '../FactList';
import { HostName } from '../HostName';
import { Moment } from '../Time';
import styles from './CertificateSection.module.css';

const STAGES = {
  connect: 'lastCheck.connect',
  tls: 'lastCheck.handshake',
  http: 'lastCheck.http',
} as const;

/** An address with its port, IPv6 in brackets (RFC 3986, section 3.2.2). */
const endpoint = (address: string, port: number) =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** In words; a client that knows no CA refuses every certificate, and its code for that says nothing of this one. */
function verification(
  t: Translate,
  { verified, verificationError }: NonNullable<ProbeFacts['tls']>,
  isCaKnown: boolean,
): string {
  if (verified) return t('lastCheck.verified');
  if (!isCaKnown) return t('lastCheck.noCa');
  return verificationError
    ? t('lastCheck.notVerifiedFor', { code: verificationError })
    : t('lastCheck.notVerified');
}

/** Where an answer sends its client. Of a query only that there was one is known. */
function redirection(
  t: Translate,
  { redirect, setsCookie }: NonNullable<ProbeFacts['http']>,
): string {
  const { scheme, host, port, path, hasQuery } = redirect!;
  const isDefault =
    port === undefined || port === (scheme === 'https' ? 443 : 80);
  const authority = isDefault ? host : `${host}:${port}`;
  return listed(
    `${scheme}://${authority}${path}`,
    hasQuery && t('lastCheck.withQuery'),
    setsCookie && t('lastCheck.withCookie'),
  );
}

const answerText = (
  t: Translate,
  { http, durationMs }: ProbeFacts,
): string | undefined => {
  if (!http) return undefined;
  const answer = { status: String(http.status), ms: durationMs };
  return http.server
    ? t('lastCheck.answeredFrom', { ...answer, server: http.server })
    : t('lastCheck.answered', answer);
};

/**
 * What was seen when the host was asked last: at which address, over what, and what came back.
 *
 * @param props - `facts`: of the certificate, as soon as they are there
 */
export function LastProbe(props: {
  host: ExposureHost;
  facts?: CertificateFacts;
}) {
  const t = useT();
  const isCaKnown = !props.facts || props.facts.trust !== undefined;
  const { probe } = props.host;
  if (!probe) {
    return <p className={styles.line}>{t('lastCheck.never')}</p>;
  }
  const { tls, http, failure } = probe;
  return (
    <FactList
      facts={[
        [t('lastCheck.at'), <Moment iso={probe.at} />],
        [t('lastCheck.address'), endpoint(probe.address, probe.port)],
        [
          t('lastCheck.request'),
          <HostName
            text={t('lastCheck.requestText', {
              path: probe.path,
              host: probe.host,
            })}
          />,
        ],
        [
          t('lastCheck.tls'),
          tls &&
            listed(
              tls.protocol ?? t('lastCheck.protocolUnknown'),
              verification(t, tls, isCaKnown),
            ),
        ],
        [t('lastCheck.cipher'), tls?.cipher && listed(tls.cipher, tls.group)],
        [
          t('lastCheck.browsers'),
          tls?.refused &&
            t('lastCheck.refused', {
              browsers: t(`lastCheck.${tls.refused.offer}`),
              code: tls.refused.code,
            }),
        ],
        [
          t('lastCheck.serial'),
          tls?.leaf && <code>{tls.leaf.serialNumber}</code>,
        ],
        [t('lastCheck.answer'), answerText(t, probe)],
        [t('lastCheck.redirect'), http?.redirect && redirection(t, http)],
        [t('lastCheck.body'), http?.body && <code>{http.body}</code>],
        [
          t('lastCheck.noAnswer'),
          failure &&
            t(STAGES[failure.stage], {
              code: failure.code,
              message: failure.message,
            }),
        ],
      ]}
    />
  );
}
