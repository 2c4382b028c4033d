import type { ReactNode } from 'react';
import { Button, ButtonLink, Link } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type {
  ExposureAddress,
  ExposureHost,
} from 'backstage-plugin-networking-common';
import type { Probing } from '../../hooks/useProbe';
import { CertificateSection } from '../CertificateSection';
import { CheckNow } from '../CheckNow';
import { CopyButton } from '../CopyButton';
import { HostName } from '../HostName';
import { Time } from '../Time';
import { TlsLine } from '../TlsLine';
import { TrustCa } from '../TrustCa';
import { VerdictBadge } from '../VerdictBadge';
import { Way } from '../Way';
import { InCluster } from './InCluster';
import { hostName, hostText, isMendedByEditing } from '../../lib/exposures';
import { useIsSaid } from '../../lib/sharedCauses';
import { useT } from '../../translation';
import styles from './ExposureCard.module.css';

/** Where, whether it works, whether it is safe: one host of an exposure. */
export function HostSection(props: {
  host: ExposureHost;
  exposure: ExposureAddress;
  namesCluster: boolean;
  headingId: string;
  /** Shown beside the remedy of what the reader may mend so. */
  onEdit?: () => void;
  menu?: ReactNode;
  probing: Probing;
}) {
  const t = useT();
  const { host, exposure, namesCluster, headingId, onEdit, menu, probing } =
    props;
  const { cluster } = exposure;
  const { verdict, url } = host;
  const text = hostText(t, host);
  const well = verdict.word === 'Live';
  const isSaid = useIsSaid()(cluster, verdict.finding);
  const editable = onEdit && isMendedByEditing(host);
  return (
    <div className={styles.host}>
      <div className={styles.top}>
        <h3 id={headingId} className={styles.url}>
          {url ? (
            <Link
              href={url}
              target="_blank"
              rel="noopener noreferrer"
              standalone
              variant="title-x-small"
              weight="bold"
            >
              <HostName text={text} />
            </Link>
          ) : (
            <HostName text={text} />
          )}
          {namesCluster && <InCluster name={cluster} />}
        </h3>
        <div className={styles.controls}>
          {url && (
            <>
              <ButtonLink
                size="small"
                variant="secondary"
                href={url}
                target="_blank"
                rel="noopener noreferrer"
                iconStart={<RiExternalLinkLine />}
                aria-label={t('common.openOf', { url })}
              >
                {t('common.open')}
              </ButtonLink>
              <CopyButton text={url} what={url} />
            </>
          )}
          {menu}
        </div>
      </div>
      <div className={styles.verdict}>
        <VerdictBadge word={verdict.word} />
        <div className={styles.sentence}>
          <p className={styles.line}>
            {
              // A notice above says it for every host of the cluster.
              isSaid ? t('exposure.saidAbove') : verdict.finding.message
            }
            {host.probe && (
              <span className={styles.aside}>
                {' '}
                {t('common.checked', { age: <Time iso={host.probe.at} /> })}
              </span>
            )}
          </p>
          {!well && !isSaid && verdict.finding.remedy && (
            <p className={styles.remedy}>{verdict.finding.remedy}</p>
          )}
        </div>
        <div className={styles.actions}>
          {editable && (
            <Button
              size="small"
              variant="secondary"
              onPress={onEdit}
              aria-label={t('common.editOf', { host: text })}
            >
              {t('common.edit')}
            </Button>
          )}
          <CheckNow host={hostName(t, host)} probing={probing} />
        </div>
      </div>
      <TlsLine
        tls={host.tls}
        said={well ? undefined : verdict.finding.message}
        action={
          host.tls.word === 'None' ? undefined : (
            <TrustCa cluster={cluster} url={url} />
          )
        }
      />
      {host.way.length > 0 && (
        <Way
          stops={host.way}
          host={hostName(t, host)}
          said={verdict.finding.message}
        />
      )}
      <CertificateSection host={host} exposure={exposure} />
    </div>
  );
}
