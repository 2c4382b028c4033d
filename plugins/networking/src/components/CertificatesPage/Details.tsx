import type {
  CertificateRow,
  CertificateSummary,
} from 'backstage-plugin-networking-common';
import { useNow } from '../../hooks/useNow';
import { certificateKey, certificateTitle } from '../../lib/certificates';
import { relativeTime } from '../../lib/time';
import { ChainPicture } from '../ChainPicture';
import { EntityLink, shortRef } from '../EntityLink';
import { FindingView } from '../FindingView';
import { HostName } from '../HostName';
import { IssuanceFacts } from '../IssuanceFacts';
import { Part } from '../Part';
import { ValidityBar } from '../ValidityBar';
import styles from './CertificatesPage.module.css';

/** Id of the details of a row, for the button that opens them. */
export const detailsId = (row: CertificateRow): string =>
  `certificate-${certificateKey(row).replace(/[^\w-]/g, '-')}`;

/** Each host with the entities that it belongs to, which lead to their tabs. */
function Hosts(props: { hosts: CertificateRow['hosts'] }) {
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
              {first ? `of ${shortRef(first)}` : 'of no entity'}
              {others.map(ref => (
                <span key={ref}>
                  {' '}
                  and <EntityLink entityRef={ref} text={shortRef(ref)} />
                </span>
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Against what was issued last, where that is known. */
function servedWhat(leaf: CertificateSummary, issued?: CertificateSummary) {
  if (!issued) return 'A certificate';
  return leaf.fingerprintSha256 === issued.fingerprintSha256
    ? 'What was issued last'
    : 'Another certificate than was issued last';
}

function Served(props: {
  served: CertificateRow['served'];
  issued?: CertificateSummary;
}) {
  const { served, issued } = props;
  const now = useNow();
  if (served.length === 0) {
    return (
      <p className={styles.line}>
        No host of it has been asked, so what is served is not known.
      </p>
    );
  }
  return (
    <ul className={styles.served}>
      {served.map(({ leaf, at, hosts, host }) => (
        <li key={leaf.fingerprintSha256}>
          {servedWhat(leaf, issued)}, serial number{' '}
          <code>{leaf.serialNumber}</code>
          <span className={styles.of}>
            {hosts === 1
              ? `, by ${host}`
              : `, by ${hosts} hosts such as ${host}`}
            , seen {relativeTime(at, Math.max(now, Date.parse(at))) ?? at}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Everything that is known of one certificate. */
export function Details(props: { row: CertificateRow }) {
  const { row } = props;
  const { facts, findings, finding, hosts, served, role } = row;
  const { leaf, certificate, chain = [], signer } = facts;
  const title = certificateTitle(row);
  const others = findings.filter(known => known.message !== finding.message);
  return (
    <div id={detailsId(row)} className={styles.details}>
      {others.length > 0 && (
        <Part
          heading="h2"
          title={
            others.every(({ severity }) => severity === 'info')
              ? 'What else is known'
              : 'What else is wrong'
          }
        >
          {others.map(known => (
            <FindingView key={known.message} finding={known} />
          ))}
        </Part>
      )}
      <Part
        heading="h2"
        title={role === 'ca' ? 'Hosts whose certificates it signed' : 'Hosts'}
      >
        {hosts.length > 0 ? (
          <Hosts hosts={hosts} />
        ) : (
          <p className={styles.line}>No host that you may see hangs on it.</p>
        )}
      </Part>
      {role === 'served' && (
        <Part heading="h2" title="Served">
          <Served served={served} issued={leaf} />
        </Part>
      )}
      {leaf && (
        <Part heading="h2" title="Validity">
          <ValidityBar
            notBefore={leaf.notBefore}
            notAfter={leaf.notAfter}
            renewalTime={certificate?.renewalTime}
          />
        </Part>
      )}
      {leaf && (
        <Part heading="h2" title="Chain">
          <ChainPicture
            label={`Chain of ${title}`}
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
