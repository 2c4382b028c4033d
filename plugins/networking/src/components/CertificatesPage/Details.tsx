import type {
  CertificateRow,
  CertificateSummary,
} from 'backstage-plugin-networking-common';
import { certificateKey, certificateTitle } from '../../lib/certificates';
import { useT } from '../../translation';
import { ChainPicture } from '../ChainPicture';
import { EntityLink, shortRef } from '../EntityLink';
import { FindingView } from '../FindingView';
import { HostName } from '../HostName';
import { IssuanceFacts } from '../IssuanceFacts';
import { Part } from '../Part';
import { Time } from '../Time';
import { ValidityBar } from '../ValidityBar';
import styles from './CertificatesPage.module.css';

/** Id of the details of a row, for the button that opens them. */
export const detailsId = (row: CertificateRow): string =>
  `certificate-${certificateKey(row).replace(/[^\w-]/g, '-')}`;

/** Each host with the entities that it belongs to, which lead to their tabs. */
function Hosts(props: { hosts: CertificateRow['hosts'] }) {
  const t = useT();
  return (
    <ul className={styles.hosts}>
      {props.hosts.map(({ host, exposure, entities }) => {
        const [first, ...others] = entities;
        return (
          <li key={`${host} ${exposure.namespace}/${exposure.name}`}>
            {first ? (
              <EntityLink entityRef={first} text={host} />
            ) : (
              <HostName text={host} />
            )}{' '}
            <span className={styles.of}>
              {first
                ? t('certificateDetails.usedBy', {
                    components: (
                      <>
                        {shortRef(first)}
                        {others.map(ref => (
                          <span key={ref}>
                            {', '}
                            <EntityLink entityRef={ref} text={shortRef(ref)} />
                          </span>
                        ))}
                      </>
                    ),
                  })
                : t('certificateDetails.noComponent')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Against what was issued last, where that is known. */
function servedWhat(leaf: CertificateSummary, issued?: CertificateSummary) {
  if (!issued) return 'some';
  return leaf.fingerprintSha256 === issued.fingerprintSha256
    ? 'latest'
    : 'other';
}

function Served(props: {
  served: CertificateRow['served'];
  issued?: CertificateSummary;
}) {
  const t = useT();
  const { served, issued } = props;
  if (served.length === 0) {
    return <p className={styles.line}>{t('certificateDetails.notSeen')}</p>;
  }
  return (
    <ul className={styles.served}>
      {served.map(({ leaf, at, hosts, host }) => (
        <li key={leaf.fingerprintSha256}>
          {t(`certificateDetails.${servedWhat(leaf, issued)}`, {
            serial: <code>{leaf.serialNumber}</code>,
          })}{' '}
          <span className={styles.of}>
            {t('certificateDetails.seenAtHosts', {
              count: hosts,
              host,
              age: <Time iso={at} />,
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Everything that is known of one certificate. */
export function Details(props: { row: CertificateRow }) {
  const t = useT();
  const { row } = props;
  const { facts, findings, finding, hosts, served, role } = row;
  const { leaf, certificate, chain = [], signer } = facts;
  const title = certificateTitle(t, row);
  const others = findings.filter(known => known.message !== finding.message);
  return (
    <div id={detailsId(row)} className={styles.details}>
      {others.length > 0 && (
        <Part
          heading="h2"
          title={
            others.every(({ severity }) => severity === 'info')
              ? t('certificateDetails.alsoKnown')
              : t('certificateDetails.alsoWrong')
          }
        >
          {others.map(known => (
            <FindingView key={known.message} finding={known} />
          ))}
        </Part>
      )}
      <Part
        heading="h2"
        title={t(
          role === 'ca'
            ? 'certificateDetails.signedHosts'
            : 'certificateDetails.hosts',
        )}
      >
        {hosts.length > 0 ? (
          <Hosts hosts={hosts} />
        ) : (
          <p className={styles.line}>{t('certificateDetails.noHost')}</p>
        )}
      </Part>
      {role === 'served' && (
        <Part heading="h2" title={t('certificateDetails.inUse')}>
          <Served served={served} issued={leaf} />
        </Part>
      )}
      {leaf && (
        <Part heading="h2" title={t('certificateDetails.validity')}>
          <ValidityBar
            notBefore={leaf.notBefore}
            notAfter={leaf.notAfter}
            renewalTime={certificate?.renewalTime}
          />
        </Part>
      )}
      {leaf && (
        <Part heading="h2" title={t('certificateDetails.chain')}>
          <ChainPicture
            label={t('certificateDetails.chainOf', { title })}
            chain={[leaf, ...chain]}
            signer={signer}
            root={facts.root}
            trust={facts.trust}
            verified={facts.verified}
            verificationError={facts.verificationError}
          />
        </Part>
      )}
      <IssuanceFacts facts={facts} cluster={row.cluster} heading="h3" />
    </div>
  );
}
