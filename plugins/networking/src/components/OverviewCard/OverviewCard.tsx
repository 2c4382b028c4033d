import { ButtonLink, Link, Skeleton, Text } from '@backstage/ui';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import type { ExposureRow } from 'backstage-plugin-networking-common';
import { useEntityExposures } from '../../hooks/useEntityExposures';
import { failureMessage } from '../../lib/errors';
import { isBlind, rowText } from '../../lib/exposures';
import { SaidOfClusters, sharedOf, useIsSaid } from '../../lib/sharedCauses';
import { entityNetworkingRouteRef } from '../../routes';
import { useT } from '../../translation';
import { ClusterNotices } from '../EntityNetworking/Notices';
import { HostName } from '../HostName';
import { NoCluster } from '../NoCluster';
import { StatusIcon } from '../StatusIcon';
import { ShortTls } from '../TlsLine';
import { VerdictBadge } from '../VerdictBadge';
import styles from './OverviewCard.module.css';

/** What fits on a card; the tab shows all. */
const SHOWN = 3;

function Line(props: { row: ExposureRow; namesCluster: boolean }) {
  const t = useT();
  const { row, namesCluster } = props;
  const { url, verdict } = row;
  const isSaid = useIsSaid()(row.cluster, verdict.finding);
  const text = rowText(t, row);
  return (
    <li className={styles.exposure}>
      <span className={styles.url}>
        {url ? (
          <Link
            href={url}
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
          <span className={styles.cluster}>
            {' '}
            {t('common.inCluster', { cluster: row.cluster })}
          </span>
        )}
      </span>
      <span className={styles.verdict}>
        <VerdictBadge word={verdict.word} />
        <ShortTls tls={row.tls} />
      </span>
      {verdict.word !== 'Live' && !isSaid && (
        <p className={styles.sentence}>{verdict.finding.message}</p>
      )}
    </li>
  );
}

/** URL and TLS of a component for its overview. */
export function OverviewCard() {
  const t = useT();
  const { entity } = useEntity();
  const view = useEntityExposures(stringifyEntityRef(entity));
  const tabLink = useRouteRef(entityNetworkingRouteRef)();
  const title = entity.metadata.title ?? entity.metadata.name;
  const data = view.status === 'ready' ? view.data : undefined;
  const total = data?.totalItems ?? 0;
  const rows = data?.rows ?? [];
  const shared = sharedOf(data?.clusters ?? []);
  const namesClusters = new Set(rows.map(({ cluster }) => cluster)).size > 1;

  return (
    <EntityInfoCard
      title={t('card.title')}
      footerActions={
        <ButtonLink href={tabLink} size="small" variant="secondary">
          {total > SHOWN
            ? t('card.all', { count: total })
            : t('common.details')}
        </ButtonLink>
      }
    >
      <div className={styles.body}>
        {view.status === 'loading' && (
          <div
            className={styles.skeleton}
            aria-busy="true"
            aria-label={t('failure.loading.exposures')}
          >
            <Skeleton height={22} width="70%" />
            <Skeleton height={24} width="50%" />
          </div>
        )}
        {view.status === 'failed' && (
          <p className={styles.failed}>
            <StatusIcon tone="unknown" />
            {view.kind === 'forbidden' || view.kind === 'notFound'
              ? t('failure.forbidden.exposures', { name: title })
              : failureMessage(view.error)}
          </p>
        )}
        {view.status === 'ready' &&
          total === 0 &&
          (view.data.clusters.length === 0 ? (
            <NoCluster />
          ) : (
            <Text as="p" color="secondary">
              {isBlind(view.data)
                ? t('tab.noneKnown', { title })
                : t('tab.none', { title })}
            </Text>
          ))}
        {rows.length > 0 && (
          <SaidOfClusters.Provider value={shared}>
            <div className={styles.shared}>
              <ClusterNotices clusters={shared} />
              <ul className={styles.exposures}>
                {rows.slice(0, SHOWN).map(row => (
                  <Line key={row.id} row={row} namesCluster={namesClusters} />
                ))}
              </ul>
            </div>
          </SaidOfClusters.Provider>
        )}
      </div>
    </EntityInfoCard>
  );
}
