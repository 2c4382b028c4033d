import { Fragment, createContext, useContext, type ReactNode } from 'react';
import type {
  CertificateFacts,
  CertificateRequestStatus,
  CertificateStatus,
  CertificateSummary,
  Condition,
} from 'backstage-plugin-networking-common';
import { qualified } from '../../lib/names';
import { FactList, type Fact } from '../FactList';
import { HostName } from '../HostName';
import { IssuanceHistory } from '../IssuanceHistory';
import { Part } from '../Part';
import { Moment } from '../Time';
import styles from './IssuanceFacts.module.css';

function Conditions(props: { conditions: readonly Condition[] }) {
  const { conditions } = props;
  if (conditions.length === 0) return <>none</>;
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
                Since <Moment iso={lastTransitionTime} />
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

const requestFacts = (request: CertificateRequestStatus): Fact[] => [
  ['Name', request.name],
  ['Revision', request.revision],
  ['Created', moment(request.createdAt)],
  ['Failed', moment(request.failedAt)],
  ['Conditions', <Conditions conditions={request.conditions} />],
];

const keyText = ({ key }: CertificateSummary): string | undefined =>
  key &&
  [key.algorithm, key.curve, key.bits && `${key.bits} bits`]
    .filter(Boolean)
    .join(', ');

/** As its spec says; nothing where it leaves the key to cert-manager. */
const askedText = ({ privateKey }: CertificateStatus): string | undefined =>
  privateKey &&
  [privateKey.algorithm, privateKey.size && `${privateKey.size} bits`]
    .filter(Boolean)
    .join(', ');

/** Nothing where the certificate does not say what it is for. */
const usagesText = (usages: readonly string[] | undefined) =>
  usages && (usages.join(', ') || 'none');

const leafFacts = (leaf: CertificateSummary): Fact[] => [
  ['Subject', leaf.subject],
  ['Issuer', leaf.issuer],
  ['DNS names', <HostName text={leaf.dnsNames.join(', ') || 'none'} />],
  ['Key', keyText(leaf)],
  leaf.signatureAlgorithm
    ? ['Signature algorithm', leaf.signatureAlgorithm]
    : ['Signature hash', leaf.signatureHash],
  ['Key usages', usagesText(leaf.keyUsages)],
  ['Extended key usages', usagesText(leaf.extendedKeyUsages)],
  ['Not before', moment(leaf.notBefore)],
  ['Not after', moment(leaf.notAfter)],
  ['Serial number', <code>{leaf.serialNumber}</code>],
  [
    'SHA-256',
    <code>
      <HostName text={leaf.fingerprintSha256} />
    </code>,
  ],
  [
    'Subject key identifier',
    leaf.subjectKeyId && <code>{leaf.subjectKeyId}</code>,
  ],
  [
    'Authority key identifier',
    leaf.authorityKeyId && <code>{leaf.authorityKeyId}</code>,
  ],
];

/** All that is known of a certificate: what `cmctl status certificate` prints, without any Secret. */
export function IssuanceFacts(props: {
  facts: CertificateFacts;
  /** Name of the cluster that it is of. */
  cluster: string;
  /** Default `h5`. */
  heading?: 'h3' | 'h5';
}) {
  const { certificate, issuer, leaf, secret, rivals, ...rest } = props.facts;
  return (
    <Level.Provider value={props.heading ?? 'h5'}>
      <div className={styles.issuance}>
        {rest.unknown && <p className={styles.line}>{rest.unknown}</p>}
        {rest.keptAt && (
          <p className={styles.line}>
            The request of this revision is gone from the cluster. What was
            issued is shown as it was last seen, <Moment iso={rest.keptAt} />.
          </p>
        )}
        {certificate ? (
          <Group title="Certificate of cert-manager">
            <FactList
              facts={[
                ['Name', certificate.name],
                ['Namespace', certificate.namespace],
                ['Created', moment(certificate.createdAt)],
                [
                  'Conditions',
                  <Conditions conditions={certificate.conditions} />,
                ],
                [
                  'DNS names asked for',
                  <HostName text={certificate.dnsNames.join(', ') || 'none'} />,
                ],
                ['Duration', certificate.duration],
                ['Renewed before its end', certificate.renewBefore],
                ['Key asked for', askedText(certificate)],
                ['Key rotation', certificate.rotationPolicy],
                ['Not before', moment(certificate.notBefore)],
                ['Not after', moment(certificate.notAfter)],
                ['Renewal time', moment(certificate.renewalTime)],
                ['Revision', certificate.revision],
                ['Last failure', moment(certificate.lastFailureTime)],
                ['Failed attempts', certificate.failedIssuanceAttempts],
                ['Next attempt', moment(certificate.nextAttemptAt)],
              ]}
            />
          </Group>
        ) : (
          <p className={styles.line}>
            No Certificate of cert-manager is known to fill this Secret.
          </p>
        )}
        {issuer && (
          <Group title="Issuer">
            <FactList
              facts={[
                [issuer.kind, qualified(issuer)],
                ['Group', issuer.group],
                ['Type', issuer.type],
                ['Exists', issuer.exists === false ? 'no' : undefined],
                ['Conditions', <Conditions conditions={issuer.conditions} />],
                ...(issuer.secrets?.named ?? []).map(
                  ({ field, name }): Fact => [
                    field,
                    `Secret ${issuer.secrets?.namespace}/${name}`,
                  ],
                ),
              ]}
            />
          </Group>
        )}
        <Group title="Secret">
          <FactList
            facts={[
              [
                'Name',
                secret.name ? qualified(secret) : 'the listener names none',
              ],
              ...(rivals ?? []).map(
                (rival): Fact => [
                  `Filled by ${rival.kind} too`,
                  <Fragment key={rival.name}>{qualified(rival)}</Fragment>,
                ],
              ),
            ]}
          />
        </Group>
        {leaf && (
          <Group title="What was issued last">
            <FactList facts={leafFacts(leaf)} />
          </Group>
        )}
        {certificate?.request && (
          <Group title="Request of this revision">
            <FactList facts={requestFacts(certificate.request)} />
          </Group>
        )}
        {certificate?.nextRequest && (
          <Group title="Request of the next revision">
            <FactList facts={requestFacts(certificate.nextRequest)} />
          </Group>
        )}
        {rest.earlier && rest.earlier.length > 0 && (
          <Group title="Earlier revisions">
            <FactList
              facts={rest.earlier.map(
                ({ revision, leaf: earlier }): Fact => [
                  `Revision ${revision}`,
                  <>
                    serial number <code>{earlier.serialNumber}</code>, until{' '}
                    <Moment iso={earlier.notAfter} />
                  </>,
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
