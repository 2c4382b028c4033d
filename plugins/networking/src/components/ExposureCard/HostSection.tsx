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
import styles from './ExposureCard.module.css';

/** In place of what a notice above says for every host of the cluster. */
const SAID_ABOVE =
  'The reason is the same for every host of the cluster: see above.';

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
  const { host, exposure, namesCluster, headingId, onEdit, menu, probing } =
    props;
  const { cluster } = exposure;
  const { verdict, url } = host;
  const text = hostText(host);
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
                aria-label={`Open ${url} in a new tab`}
              >
                Open
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
            {isSaid ? SAID_ABOVE : verdict.finding.message}
            {host.probe && (
              <span className={styles.aside}>
                {' '}
                Checked <Time iso={host.probe.at} />.
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
              aria-label={`Edit ${text}`}
            >
              Edit
            </Button>
          )}
          <CheckNow host={hostName(host)} probing={probing} />
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
          host={hostName(host)}
          said={verdict.finding.message}
        />
      )}
      <CertificateSection host={host} exposure={exposure} />
    </div>
  );
}
