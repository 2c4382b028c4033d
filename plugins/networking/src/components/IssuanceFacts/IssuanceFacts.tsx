import { Fragment, createContext, useContext, type ReactNode } from 'react';
import type {
  CertificateFacts,
  CertificateRequestStatus,
  CertificateStatus,
  CertificateSummary,
  Condition,
} from 'backstage-plugin-networking-common';
import { qualified } from '../../lib/names';
import { listed } from '../../lib/text';
import { durationText } from '../../lib/time';
import { useT, type Translate } from '../../translation';
import { FactList, type Fact } from '../FactList';
import { HostName } from '../HostName';
import { IssuanceHistory } from '../IssuanceHistory';
import { Part } from '../Part';
import { Moment } from '../Time';
import styles from './IssuanceFacts.module.css';

function Conditions(props: { conditions: readonly Condition[] }) {
  const t = useT();
  const { conditions } = props;
  if (conditions.length === 0) return <>{t('common.none')}</>;
  return (
    <ul className={styles.conditions}>
      {conditions.map(
        ({ type, status, reason, message, lastTransitionTime }) => (
          <li key={type}>
            <strong>
              {type}: {status}
            </strong>
            {reason && `, ${reason}`}
            {message && `: ${message}`}
            {lastTransitionTime && (
              <span className={styles.since}>
                {' '}
                {t('issuance.since', {
                  time: <Moment iso={lastTransitionTime} />,
                })}
              </span>
            )}
          </li>
        ),
      )}
    </ul>
  );
}

/** Level of the headings, one below that of what stands around. */
const Level = createContext<'h3' | 'h5'>('h5');

function Group(props: { title: string; children: ReactNode }) {
  return <Part heading={useContext(Level)} isDense {...props} />;
}

const moment = (iso: string | undefined) => iso && <Moment iso={iso} />;

const requestFacts = (
  t: Translate,
  request: CertificateRequestStatus,
): Fact[] => [
  [t('issuance.name'), request.name],
  [t('issuance.revision'), request.revision],
  [t('issuance.created'), moment(request.createdAt)],
  [t('issuance.failed'), moment(request.failedAt)],
  [t('issuance.conditions'), <Conditions conditions={request.conditions} />],
];

const bitsText = (t: Translate, bits: number | undefined) =>
  bits && t('issuance.bits', { n: String(bits) });

const keyText = (
  t: Translate,
  { key }: CertificateSummary,
): string | undefined =>
  key && listed(key.algorithm, key.curve, bitsText(t, key.bits));

/** As its spec says; nothing where it leaves the key to cert-manager. */
const askedText = (
  t: Translate,
  { privateKey }: CertificateStatus,
): string | undefined =>
  privateKey && listed(privateKey.algorithm, bitsText(t, privateKey.size));

/** Nothing where the certificate does not say what it is for. */
const usagesText = (t: Translate, usages: readonly string[] | undefined) =>
  usages && (listed(...usages) || t('common.none'));

const leafFacts = (t: Translate, leaf: CertificateSummary): Fact[] => [
  [t('issuance.subject'), leaf.subject],
  [t('issuance.issuer'), leaf.issuer],
  [
    t('issuance.dnsNames'),
    <HostName text={listed(...leaf.dnsNames) || t('common.none')} />,
  ],
  [t('issuance.key'), keyText(t, leaf)],
  leaf.signatureAlgorithm
    ? [t('issuance.signatureAlgorithm'), leaf.signatureAlgorithm]
    : [t('issuance.signatureHash'), leaf.signatureHash],
  [t('issuance.keyUsages'), usagesText(t, leaf.keyUsages)],
  [t('issuance.extendedKeyUsages'), usagesText(t, leaf.extendedKeyUsages)],
  [t('issuance.notBefore'), moment(leaf.notBefore)],
  [t('issuance.notAfter'), moment(leaf.notAfter)],
  [t('issuance.serial'), <code>{leaf.serialNumber}</code>],
  [
    t('issuance.fingerprint'),
    <code>
      <HostName text={leaf.fingerprintSha256} />
    </code>,
  ],
  [
    t('issuance.subjectKeyId'),
    leaf.subjectKeyId && <code>{leaf.subjectKeyId}</code>,
  ],
  [
    t('issuance.authorityKeyId'),
    leaf.authorityKeyId && <code>{leaf.authorityKeyId}</code>,
  ],
];

/** What a Secret that an issuer names is for, by the field that names it. */
function secretText(t: Translate, field: string): string {
  if (field === 'spec.ca.secretName') return t('issuance.caSecret');
  return field === 'spec.acme.privateKeySecretRef.name'
    ? t('issuance.accountSecret')
    : t('issuance.otherSecret', { field });
}

/** All that is known of a certificate: what `cmctl status certificate` prints, without any Secret. */
export function IssuanceFacts(props: {
  facts: CertificateFacts;
  /** Name of the cluster that it is of. */
  cluster: string;
  /** Default `h5`. */
  heading?: 'h3' | 'h5';
}) {
  const t = useT();
  const { certificate, issuer, leaf, secret, rivals, ...rest } = props.facts;
  return (
    <Level.Provider value={props.heading ?? 'h5'}>
      <div className={styles.issuance}>
        {rest.unknown && <p className={styles.line}>{rest.unknown}</p>}
        {rest.keptAt && (
          <p className={styles.line}>
            {t('issuance.kept', { time: <Moment iso={rest.keptAt} /> })}
          </p>
        )}
        {certificate ? (
          <Group title={t('issuance.certificate')}>
            <FactList
              facts={[
                [t('issuance.name'), certificate.name],
                [t('issuance.namespace'), certificate.namespace],
                [t('issuance.created'), moment(certificate.createdAt)],
                [
                  t('issuance.conditions'),
                  <Conditions conditions={certificate.conditions} />,
                ],
                [
                  t('issuance.requestedNames'),
                  <HostName
                    text={listed(...certificate.dnsNames) || t('common.none')}
                  />,
                ],
                [
                  t('issuance.duration'),
                  certificate.duration && durationText(t, certificate.duration),
                ],
                [
                  t('issuance.renewBefore'),
                  certificate.renewBefore &&
                    t('issuance.beforeExpiry', {
                      duration: durationText(t, certificate.renewBefore),
                    }),
                ],
                [t('issuance.requestedKey'), askedText(t, certificate)],
                [t('issuance.rotation'), certificate.rotationPolicy],
                [t('issuance.notBefore'), moment(certificate.notBefore)],
                [t('issuance.notAfter'), moment(certificate.notAfter)],
                [t('issuance.renewalTime'), moment(certificate.renewalTime)],
                [t('issuance.revision'), certificate.revision],
                [
                  t('issuance.lastFailure'),
                  moment(certificate.lastFailureTime),
                ],
                [t('issuance.attempts'), certificate.failedIssuanceAttempts],
                [t('issuance.nextAttempt'), moment(certificate.nextAttemptAt)],
              ]}
            />
          </Group>
        ) : (
          <p className={styles.line}>{t('issuance.noCertificate')}</p>
        )}
        {issuer && (
          <Group title={t('issuance.issuer')}>
            <FactList
              facts={[
                [issuer.kind, qualified(issuer)],
                [t('issuance.group'), issuer.group],
                [t('issuance.type'), issuer.type],
                [
                  t('issuance.exists'),
                  issuer.exists === false ? t('issuance.no') : undefined,
                ],
                [
                  t('issuance.conditions'),
                  <Conditions conditions={issuer.conditions} />,
                ],
                ...(issuer.secrets?.named ?? []).map(
                  ({ field, name }): Fact => [
                    secretText(t, field),
                    `${issuer.secrets?.namespace}/${name}`,
                  ],
                ),
              ]}
            />
          </Group>
        )}
        <Group title={t('issuance.secret')}>
          <FactList
            facts={[
              [
                t('issuance.name'),
                secret.name ? qualified(secret) : t('issuance.noSecret'),
              ],
              ...(rivals ?? []).map(
                (rival): Fact => [
                  t('issuance.rival', { kind: rival.kind }),
                  <Fragment key={rival.name}>{qualified(rival)}</Fragment>,
                ],
              ),
            ]}
          />
        </Group>
        {leaf && (
          <Group title={t('issuance.latest')}>
            <FactList facts={leafFacts(t, leaf)} />
          </Group>
        )}
        {certificate?.request && (
          <Group title={t('issuance.request')}>
            <FactList facts={requestFacts(t, certificate.request)} />
          </Group>
        )}
        {certificate?.nextRequest && (
          <Group title={t('issuance.nextRequest')}>
            <FactList facts={requestFacts(t, certificate.nextRequest)} />
          </Group>
        )}
        {rest.earlier && rest.earlier.length > 0 && (
          <Group title={t('issuance.earlier')}>
            <FactList
              facts={rest.earlier.map(
                ({ revision, leaf: earlier }): Fact => [
                  t('issuance.earlierRevision', { revision: String(revision) }),
                  t('issuance.earlierOne', {
                    serial: <code>{earlier.serialNumber}</code>,
                    time: <Moment iso={earlier.notAfter} />,
                  }),
                ],
              )}
            />
          </Group>
        )}
        {certificate && (
          <IssuanceHistory
            address={{
              cluster: props.cluster,
              namespace: certificate.namespace,
              name: certificate.name,
            }}
          />
        )}
      </div>
    </Level.Provider>
  );
}
