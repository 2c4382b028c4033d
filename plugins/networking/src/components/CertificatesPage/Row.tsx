import { useSearchParams } from 'react-router-dom';
import { Button, Link } from '@backstage/ui';
import type { CertificateRow } from 'backstage-plugin-networking-common';
import { usePresent } from '../../hooks/useNow';
import {
  certificateKey,
  certificateNames,
  certificateTitle,
  entitiesOf,
  issuersOf,
  placesOf,
} from '../../lib/certificates';
import type { Renewal } from '../../lib/renewal';
import { absoluteTime, daysLeftSentence, daysUntil } from '../../lib/time';
import { Hidden } from '../Hidden';
import { HostName } from '../HostName';
import { RenewalProgress } from '../RenewalProgress';
import { SerialNumber } from '../SerialNumber';
import { TlsBadge } from '../TlsBadge';
import { ValidityBar } from '../ValidityBar';
import { detailsId } from './Details';
import { withOpen } from './query';
import { RenewButton } from './RenewButton';
import styles from './CertificatesPage.module.css';

/** Names that a row shows; of more the number is said, and the details have all. */
const NAMED = 3;

function Names(props: { row: CertificateRow }) {
  const names = certificateNames(props.row);
  const more = names.length - NAMED;
  return (
    <>
      {names.slice(0, NAMED).map(name => (
        <span key={name} className={styles.name}>
          <HostName text={name} />
        </span>
      ))}
      {more > 0 && <span className={styles.second}>and {more} more</span>}
    </>
  );
}

function Where(props: { row: CertificateRow; hasClusters: boolean }) {
  const { row, hasClusters } = props;
  const title = certificateTitle(row);
  const names = certificateNames(row);
  return (
    <span className={styles.second}>
      {row.role === 'ca' && 'CA, '}
      {names.includes(title) || <HostName text={title} />}
      {hasClusters && ` in cluster ${row.cluster}`}
      {placesOf(row.listeners).map(place => (
        <span key={place} className={styles.place}>
          at <HostName text={place} />
        </span>
      ))}
    </span>
  );
}

/** What is served and is not what was issued last. */
const othersServed = ({ facts, served }: CertificateRow) =>
  facts.leaf
    ? served.filter(
        ({ leaf }) => leaf.fingerprintSha256 !== facts.leaf?.fingerprintSha256,
      )
    : [];

/** How long what clients get lasts. */
function Life(props: { row: CertificateRow }) {
  const { facts, served } = props.row;
  const { certificate } = facts;
  const [other] = othersServed(props.row);
  const leaf = other?.leaf ?? served[0]?.leaf ?? facts.leaf;
  const notBefore = leaf?.notBefore ?? certificate?.notBefore;
  const notAfter = leaf?.notAfter ?? certificate?.notAfter;
  const days = daysUntil(notAfter ?? '', usePresent(60_000));
  if (!notBefore || !notAfter || days === undefined) {
    return <span className={styles.second}>how long is not known</span>;
  }
  const exact = absoluteTime(notAfter);
  return (
    <>
      <ValidityBar
        withoutDates
        notBefore={notBefore}
        notAfter={notAfter}
        renewalTime={other ? undefined : certificate?.renewalTime}
      />
      <span className={styles.second}>
        {other && 'what is served: '}
        <time dateTime={notAfter} title={`Valid until ${exact}`}>
          {daysLeftSentence(days)}
        </time>
        <Hidden>{` (valid until ${exact})`}</Hidden>
      </span>
    </>
  );
}

/** What is served where that is not what was issued last. */
function Served(props: { row: CertificateRow }) {
  const { facts } = props.row;
  const others = othersServed(props.row);
  if (!facts.leaf || others.length === 0) return null;
  return (
    <span className={styles.second}>
      {others.map(({ leaf, hosts }) => (
        <span key={leaf.fingerprintSha256} className={styles.place}>
          Served by {hosts === 1 ? '1 host' : `${hosts} hosts`}: serial number{' '}
          <SerialNumber text={leaf.serialNumber} />
        </span>
      ))}
      <span className={styles.place}>
        Issued: serial number <SerialNumber text={facts.leaf.serialNumber} />
      </span>
    </span>
  );
}

function Hosts(props: { row: CertificateRow }) {
  const { row } = props;
  const [search] = useSearchParams();
  const hosts = new Set(row.hosts.map(({ host }) => host)).size;
  const entities = entitiesOf(row).length;
  if (hosts === 0) return <>no host that you may see</>;
  const href = `?${withOpen(search, certificateKey(row))}`;
  const of = ` of ${certificateTitle(row)}`;
  const hostsText = hosts === 1 ? '1 host' : `${hosts} hosts`;
  const entitiesText = entities === 1 ? '1 entity' : `${entities} entities`;
  return (
    <>
      <Link href={href} aria-label={hostsText + of}>
        {hostsText}
      </Link>
      {entities > 0 && (
        <span className={styles.place}>
          <Link href={href} variant="body-small" aria-label={entitiesText + of}>
            {entitiesText}
          </Link>
        </span>
      )}
    </>
  );
}

/** One certificate in the table. */
export function Row(props: {
  row: CertificateRow;
  renewal?: Renewal;
  isOpen: boolean;
  hasClusters: boolean;
  onToggle: () => void;
  /** Undefined where the reader may not. */
  onRenew?: () => void;
}) {
  const { row, renewal, isOpen, hasClusters, onToggle, onRenew } = props;
  const { finding, word, renewable } = row;
  const title = certificateTitle(row);
  const { issuer, authorities } = issuersOf(row.facts);
  // What was issued may be renewed again while it is waited for that the gateway serves it.
  const isBeingIssued =
    renewal?.state === 'held' ||
    (renewal?.state === 'underWay' && renewal.stage !== 'issued');
  return (
    <tr>
      <th scope="row">
        <Names row={row} />
        <Where row={row} hasClusters={hasClusters} />
      </th>
      <td>
        <TlsBadge word={word} />
        <span className={word === 'Good' ? styles.second : styles.sentence}>
          {finding.message}
        </span>
        {finding.remedy && (
          <span className={styles.second}>{finding.remedy}</span>
        )}
        {!renewal && <Served row={row} />}
        {renewal && (
          <RenewalProgress
            renewal={renewal}
            title={title}
            isCa={row.role === 'ca'}
          />
        )}
        {onRenew && !renewable.possible && !isBeingIssued && (
          <details className={styles.more}>
            <summary>
              Cannot be renewed here<Hidden>: {title}</Hidden>
            </summary>
            {renewable.why}
          </details>
        )}
      </td>
      <td data-label="Signed by">
        <span className={styles.sentence}>
          {issuer ?? authorities[0] ?? 'not known'}
        </span>
        {issuer && authorities.length > 0 && (
          <span className={styles.second}>
            CA {authorities.join(', under CA ')}
          </span>
        )}
        <Life row={row} />
      </td>
      <td data-label="Hangs on it">
        <Hosts row={row} />
      </td>
      <td className={styles.actions}>
        {onRenew && (renewable.possible || isBeingIssued) && (
          <RenewButton
            title={title}
            isBeingIssued={isBeingIssued}
            from={renewable.possible ? renewable.from : undefined}
            onPress={onRenew}
          />
        )}
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={isOpen}
          aria-controls={isOpen ? detailsId(row) : undefined}
          aria-label={`Details of ${title}`}
          onPress={onToggle}
        >
          {isOpen ? 'Close' : 'Details'}
        </Button>
      </td>
    </tr>
  );
}
