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
import { tlsHealth } from '../../lib/health';
import { beside, listed } from '../../lib/text';
import { absoluteTime, daysUntil, lifeText } from '../../lib/time';
import { useT } from '../../translation';
import { HealthBadge } from '../HealthBadge';
import { Hidden } from '../Hidden';
import { HostName } from '../HostName';
import { RenewalProgress } from '../RenewalProgress';
import { SerialNumber } from '../SerialNumber';
import { ValidityBar } from '../ValidityBar';
import { detailsId } from './Details';
import { withOpen } from './query';
import { RenewButton } from './RenewButton';
import styles from './CertificatesPage.module.css';

/** Names that a row shows; of more the number is said, and the details have all. */
const NAMED = 3;

function Names(props: { row: CertificateRow }) {
  const t = useT();
  const names = certificateNames(t, props.row);
  const more = names.length - NAMED;
  return (
    <>
      {names.slice(0, NAMED).map(name => (
        <span key={name} className={styles.name}>
          <HostName text={name} />
        </span>
      ))}
      {more > 0 && (
        <span className={styles.second}>
          {t('common.more', { count: more })}
        </span>
      )}
    </>
  );
}

function Where(props: { row: CertificateRow; hasClusters: boolean }) {
  const t = useT();
  const { row, hasClusters } = props;
  const title = certificateTitle(t, row);
  const names = certificateNames(t, row);
  return (
    <span className={styles.second}>
      <HostName
        text={beside(
          row.role === 'ca' && t('certificates.isCa'),
          !names.includes(title) && title,
        )}
      />
      {hasClusters && <> {t('common.inCluster', { cluster: row.cluster })}</>}
      {placesOf(row.listeners).map(place => (
        <span key={place} className={styles.place}>
          {t('certificates.at', { place: <HostName text={place} /> })}
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
  const t = useT();
  const { facts, served } = props.row;
  const { certificate } = facts;
  const [other] = othersServed(props.row);
  const leaf = other?.leaf ?? served[0]?.leaf ?? facts.leaf;
  const notBefore = leaf?.notBefore ?? certificate?.notBefore;
  const notAfter = leaf?.notAfter ?? certificate?.notAfter;
  const days = daysUntil(notAfter ?? '', usePresent(60_000));
  if (!notBefore || !notAfter || days === undefined) {
    return (
      <span className={styles.second}>{t('certificates.lifeUnknown')}</span>
    );
  }
  const exact = absoluteTime(notAfter);
  const life = (
    <time
      dateTime={notAfter}
      title={t('time.validUntilOnHover', { date: exact })}
    >
      {lifeText(t, days, notAfter)}
    </time>
  );
  return (
    <>
      <ValidityBar
        withoutDates
        notBefore={notBefore}
        notAfter={notAfter}
        renewalTime={other ? undefined : certificate?.renewalTime}
      />
      <span className={styles.second}>
        {other ? t('certificates.lifeOfServed', { life }) : life}
        <Hidden> ({exact})</Hidden>
      </span>
    </>
  );
}

/** What is served where that is not what was issued last. */
function Served(props: { row: CertificateRow }) {
  const t = useT();
  const { facts } = props.row;
  const others = othersServed(props.row);
  if (!facts.leaf || others.length === 0) return null;
  return (
    <span className={styles.second}>
      {others.map(({ leaf, hosts }) => (
        <span key={leaf.fingerprintSha256} className={styles.place}>
          {t('certificates.servedBy', {
            count: hosts,
            serial: <SerialNumber text={leaf.serialNumber} />,
          })}
        </span>
      ))}
      <span className={styles.place}>
        {t('certificates.issued', {
          serial: <SerialNumber text={facts.leaf.serialNumber} />,
        })}
      </span>
    </span>
  );
}

function Hosts(props: { row: CertificateRow }) {
  const t = useT();
  const { row } = props;
  const [search] = useSearchParams();
  const hosts = new Set(row.hosts.map(({ host }) => host)).size;
  const entities = entitiesOf(row).length;
  if (hosts === 0) return <>{t('certificates.noHost')}</>;
  const href = `?${withOpen(search, certificateKey(row))}`;
  const title = certificateTitle(t, row);
  return (
    <>
      <Link
        href={href}
        aria-label={t('certificates.hostsOf', { count: hosts, title })}
      >
        {t('certificates.hosts', { count: hosts })}
      </Link>
      {entities > 0 && (
        <span className={styles.place}>
          <Link
            href={href}
            variant="body-small"
            aria-label={t('certificates.componentsOf', {
              count: entities,
              title,
            })}
          >
            {t('certificates.components', { count: entities })}
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
  const t = useT();
  const { row, renewal, isOpen, hasClusters, onToggle, onRenew } = props;
  const { finding, word, renewable } = row;
  const title = certificateTitle(t, row);
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
        <HealthBadge health={tlsHealth(word)} />
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
              {t('certificates.notRenewable')}
              <Hidden>: {title}</Hidden>
            </summary>
            {renewable.why}
          </details>
        )}
      </td>
      <td data-label={t('certificates.issuer')}>
        <span className={styles.sentence}>
          {issuer ?? authorities[0] ?? t('certificates.issuerUnknown')}
        </span>
        {issuer && authorities.length > 0 && (
          <span className={styles.second}>
            {listed(
              t('certificates.authority', { names: authorities[0] }),
              ...authorities
                .slice(1)
                .map(name => t('certificates.under', { name })),
            )}
          </span>
        )}
        <Life row={row} />
      </td>
      <td data-label={t('certificates.usedBy')}>
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
          aria-label={t('certificates.detailsOf', { title })}
          onPress={onToggle}
        >
          {isOpen ? t('common.close') : t('common.details')}
        </Button>
      </td>
    </tr>
  );
}
