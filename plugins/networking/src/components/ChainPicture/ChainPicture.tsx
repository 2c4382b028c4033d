import {
  RiGovernmentLine,
  RiLinkM,
  RiLinkUnlinkM,
  RiShieldCheckLine,
} from '@remixicon/react';
import {
  commonName,
  type CertificateSummary,
} from 'backstage-plugin-networking-common';
import { usePresent } from '../../hooks/useNow';
import { chainOf, isBrokenLink, type ChainLink } from '../../lib/chain';
import { absoluteDate, absoluteTime } from '../../lib/time';
import { useT } from '../../translation';
import { CopyButton } from '../CopyButton';
import { Hidden } from '../Hidden';
import { HostName } from '../HostName';
import styles from './ChainPicture.module.css';

const LINKS = {
  yes: styles.signed,
  no: styles.broken,
  otherKey: styles.broken,
  unknown: styles.unproved,
};

function Fingerprint(props: { certificate: CertificateSummary; name: string }) {
  const t = useT();
  const { certificate, name } = props;
  return (
    <details className={styles.more}>
      <summary>
        {t('chain.fingerprint')}
        <Hidden> {t('chain.ofName', { name })}</Hidden>
      </summary>
      <span className={styles.fingerprint}>
        <code>
          <HostName text={certificate.fingerprintSha256} />
        </code>
        <CopyButton
          text={certificate.fingerprintSha256}
          what={t('chain.fingerprintOf', { name })}
          variant="tertiary"
        />
      </span>
    </details>
  );
}

function Link(props: { link: ChainLink }) {
  const t = useT();
  const { certificate, role, signed, date } = props.link;
  const name = commonName(certificate.subject) || certificate.dnsNames[0] || '';
  const Icon = role === 'leaf' ? RiShieldCheckLine : RiGovernmentLine;
  const until = absoluteDate(certificate.notAfter);
  return (
    <li className={styles.link}>
      <div className={`${styles.box} ${date ? styles.refused : ''}`}>
        <span className={styles.role}>
          <Icon size={16} aria-hidden="true" />
          {t(`chain.${role}`)}
        </span>
        <strong className={styles.name}>
          <HostName text={name || t('chain.unnamed')} />
        </strong>
        <time
          dateTime={certificate.notAfter}
          title={absoluteTime(certificate.notAfter)}
          className={styles.until}
        >
          {t(date === 'expired' ? 'chain.expired' : 'chain.until', {
            date: until,
          })}
        </time>
        {date === 'notYetValid' && (
          <span className={styles.until}>
            {t('chain.notYetValid', {
              date: absoluteDate(certificate.notBefore),
            })}
          </span>
        )}
        <Fingerprint certificate={certificate} name={name} />
      </div>
      {signed && (
        <span className={`${styles.between} ${LINKS[signed]}`}>
          {isBrokenLink(props.link) ? (
            <RiLinkUnlinkM size={18} aria-hidden="true" />
          ) : (
            <RiLinkM size={18} aria-hidden="true" />
          )}
          {t(`chain.${signed}`)}
        </span>
      )}
    </li>
  );
}

/**
 * Who signed a certificate, as a picture that is an ordered list: from the certificate up to the CA that clients are to
 * trust. A link that does not hold is broken, and says so in words.
 */
export function ChainPicture(
  props: Parameters<typeof chainOf>[0] & { label: string },
) {
  const t = useT();
  const { label, ...input } = props;
  const links = chainOf(input, usePresent(60_000));
  if (links.length === 0) return null;
  const isBroken = links.some(isBrokenLink);
  return (
    <div className={styles.picture}>
      <ol className={styles.chain} aria-label={label}>
        {links.map(link => (
          <Link key={link.certificate.fingerprintSha256} link={link} />
        ))}
      </ol>
      {isBroken && <p className={styles.said}>{t('chain.broken')}</p>}
    </div>
  );
}
