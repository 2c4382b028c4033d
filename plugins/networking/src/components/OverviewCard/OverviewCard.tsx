import { ButtonLink, Link, Skeleton, Text } from '@backstage/ui';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import type { Exposure } from 'backstage-plugin-networking-common';
import { useEntityExposures } from '../../hooks/useEntityExposures';
import { failureMessage } from '../../lib/errors';
import {
  exposureKey,
  hostText,
  isBlind,
  sortByTrouble,
} from '../../lib/exposures';
import { SaidOfClusters, sharedOf, useIsSaid } from '../../lib/sharedCauses';
import { entityNetworkingRouteRef } from '../../routes';
import { ClusterNotices } from '../EntityNetworking/Notices';
import { HostName } from '../HostName';
import { NoCluster } from '../NoCluster';
import { StatusIcon } from '../StatusIcon';
import { TlsLine } from '../TlsLine';
import { VerdictBadge } from '../VerdictBadge';
import styles from './OverviewCard.module.css';

/** What fits on a card; the tab shows all. */
const SHOWN = 3;

function Line(props: { exposure: Exposure; namesCluster: boolean }) {
  const { exposure, namesCluster } = props;
  const isSaid = useIsSaid()(exposure.cluster, exposure.verdict.finding);
  const [host] = exposure.hosts;
  const text = host ? hostText(host) : exposure.name;
  return (
    <li className={styles.exposure}>
      <span className={styles.url}>
        {host?.url ? (
          <Link
            href={host.url}
            target="_blank"
            rel="noopener noreferrer"
            weight="bold"
          >
            <HostName text={text} />
          </Link>
        ) : (
          <HostName text={text} />
        )}
        {namesCluster && (
          <span className={styles.cluster}> in cluster {exposure.cluster}</span>
        )}
      </span>
      <span className={styles.verdict}>
        <VerdictBadge word={exposure.verdict.word} />
        <TlsLine tls={exposure.tls} short />
      </span>
      {exposure.verdict.word !== 'Live' && !isSaid && (
        <p className={styles.sentence}>{exposure.verdict.finding.message}</p>
      )}
    </li>
  );
}

/** URL and TLS of a component for its overview. */
export function OverviewCard() {
  const { entity } = useEntity();
  const view = useEntityExposures(stringifyEntityRef(entity));
  const tabLink = useRouteRef(entityNetworkingRouteRef)();
  const title = entity.metadata.title ?? entity.metadata.name;
  const exposures =
    view.status === 'ready' ? sortByTrouble(view.data.exposures) : [];
  const shared = view.status === 'ready' ? sharedOf(view.data.clusters) : [];
  const more = exposures.length - SHOWN;
  const namesClusters =
    new Set(exposures.map(({ cluster }) => cluster)).size > 1;

  return (
    <EntityInfoCard
      title="Networking"
      footerActions={
        <ButtonLink href={tabLink} size="small" variant="secondary">
          {more > 0 ? `All ${exposures.length} exposures` : 'Details'}
        </ButtonLink>
      }
    >
      <div className={styles.body}>
        {view.status === 'loading' && (
          <div
            className={styles.skeleton}
            aria-busy="true"
            aria-label="Loading exposures"
          >
            <Skeleton height={22} width="70%" />
            <Skeleton height={24} width="50%" />
          </div>
        )}
        {view.status === 'failed' && (
          <p className={styles.failed}>
            <StatusIcon tone="unknown" />
            {view.kind === 'forbidden' || view.kind === 'notFound'
              ? `You may not see the exposures of ${title}.`
              : failureMessage(view.error)}
          </p>
        )}
        {view.status === 'ready' &&
          exposures.length === 0 &&
          (view.data.clusters.length === 0 ? (
            <NoCluster />
          ) : (
            <Text as="p" color="secondary">
              {isBlind(view.data)
                ? `No exposure of ${title} is known.`
                : `${title} cannot be reached from outside.`}
            </Text>
          ))}
        {exposures.length > 0 && (
          <SaidOfClusters.Provider value={shared}>
            <div className={styles.shared}>
              <ClusterNotices clusters={shared} />
              <ul className={styles.exposures}>
                {exposures.slice(0, SHOWN).map(exposure => (
                  <Line
                    key={exposureKey(exposure)}
                    exposure={exposure}
                    namesCluster={namesClusters}
                  />
                ))}
              </ul>
            </div>
          </SaidOfClusters.Provider>
        )}
      </div>
    </EntityInfoCard>
  );
}
