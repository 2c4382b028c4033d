import { useEffect, useRef, useState } from 'react';
import { Button, Card, CardBody, Skeleton, Text } from '@backstage/ui';
import { RiAddLine, RiRouteLine } from '@remixicon/react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  EntityExposures,
  Exposure,
} from 'backstage-plugin-networking-common';
import {
  useExposurePages,
  type ExposurePages,
} from '../../hooks/useExposurePages';
import { exposureKey, isBlind } from '../../lib/exposures';
import { SaidOfClusters } from '../../lib/sharedCauses';
import { useT } from '../../translation';
import { shortRef } from '../EntityLink';
import { ExposeForm } from '../ExposeForm';
import { Failure } from '../Failure';
import { FindingView } from '../FindingView';
import { NoCluster } from '../NoCluster';
import { RemoveDialog } from '../RemoveDialog';
import { EditForm } from './EditForm';
import { ExposureList, type ShownWith } from './ExposureList';
import { FoldedList } from './FoldedList';
import { ClusterNotices, NotJudged, StaleNotice } from './Notices';
import { VerdictNews } from './VerdictNews';
import { useTabAction } from './useTabAction';
import styles from './EntityNetworking.module.css';

function Loading() {
  const t = useT();
  return (
    <div
      className={styles.list}
      aria-busy="true"
      aria-label={t('failure.loading.exposures')}
    >
      {[0, 1].map(card => (
        <Card key={card}>
          <CardBody>
            <div className={styles.skeleton}>
              <Skeleton height={28} width="60%" />
              <Skeleton height={24} width="45%" />
              <Skeleton height={20} width="70%" />
              <Skeleton height={32} width="100%" />
              <Skeleton height={40} width="100%" />
            </div>
          </CardBody>
        </Card>
      ))}
    </div>
  );
}

function Empty(props: {
  title: string;
  owner?: string;
  data: EntityExposures;
  onExpose: () => void;
}) {
  const t = useT();
  const { title, owner, data, onExpose } = props;
  const { writesRefused } = data;
  if (data.clusters.length === 0) {
    return (
      <Card>
        <CardBody>
          <div className={styles.empty}>
            <RiRouteLine size={40} aria-hidden="true" />
            <NoCluster heading />
          </div>
        </CardBody>
      </Card>
    );
  }
  // "Yet" is for those who can change it.
  const nothing = writesRefused
    ? t('tab.none', { title })
    : t('tab.noneYet', { title });
  return (
    <Card>
      <CardBody>
        <div className={styles.empty}>
          <RiRouteLine size={40} aria-hidden="true" />
          <Text as="h3" variant="body-large" weight="bold">
            {isBlind(data) ? t('tab.noneKnown', { title }) : nothing}
          </Text>
          {data.permissions.create ? (
            <>
              <Text as="p" color="secondary">
                {t('tab.howTo')}
              </Text>
              <Button
                variant="primary"
                iconStart={<RiAddLine />}
                onPress={onExpose}
              >
                {t('tab.exposeOf', { title })}
              </Button>
            </>
          ) : (
            !writesRefused && (
              <Text as="p" color="secondary">
                {owner ? t('tab.askOwner', { owner }) : t('tab.ask')}
              </Text>
            )
          )}
        </div>
      </CardBody>
    </Card>
  );
}

const isNothing = ({ isFound }: ExposurePages, data: EntityExposures) =>
  data.totalItems === 0 && !isFound;

/** Is what is found told in rows, and the whole of each when it is asked for? */
const isFolded = ({ exposures, totalItems }: EntityExposures) =>
  exposures.length < totalItems;

function Exposures(
  props: ShownWith & { list: ExposurePages; data: EntityExposures },
) {
  const { list, data, ...rest } = props;
  return isFolded(data) || list.isFound ? (
    <FoldedList list={list} data={data} {...rest} />
  ) : (
    <ExposureList exposures={data.exposures} {...rest} />
  );
}

/** The *Networking* tab: at which URL the component answers, whether that works and whether its TLS is good. */
export function EntityNetworking() {
  const { entity } = useEntity();
  // Of another entity nothing is kept: neither a page nor a search.
  return <Tab key={stringifyEntityRef(entity)} />;
}

function Tab() {
  const t = useT();
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const title = entity.metadata.title ?? entity.metadata.name;
  const owner =
    typeof entity.spec?.owner === 'string'
      ? shortRef(entity.spec.owner)
      : undefined;
  const list = useExposurePages(entityRef);
  const { view } = list;
  const { action, expose, edit, close } = useTabAction();
  const [removing, setRemoving] = useState<Exposure>();
  const heading = useRef<HTMLHeadingElement>(null);

  // Whoever comes back from the form, or has removed the card that held the focus, goes on at the top of the list and
  // not at the top of the document.
  const shown = action.show;
  const before = useRef(shown);
  const [removals, setRemovals] = useState(0);
  useEffect(() => {
    if (before.current !== shown && shown === 'list') heading.current?.focus();
    before.current = shown;
  }, [shown]);
  useEffect(() => {
    if (removals > 0) heading.current?.focus();
  }, [removals]);

  const closeForm = () => {
    close();
    // What is new has its place in the order.
    if (action.show === 'expose') list.find('');
    else void view.refresh();
  };

  if (action.show !== 'list' && view.status === 'ready') {
    const form = {
      entityRef,
      entityName: entity.metadata.name,
      entityTitle: title,
      owner,
      onClose: closeForm,
    };
    if (action.show === 'expose') return <ExposeForm key="new" {...form} />;
    const { route } = action;
    const known = view.data.exposures.find(one => exposureKey(one) === route);
    if (known) return <ExposeForm key={route} {...form} edit={known} />;
    if (isFolded(view.data)) {
      return <EditForm key={route} {...form} route={route} />;
    }
  }

  return (
    <div className={styles.tab}>
      <div className={styles.header}>
        <Text
          as="h2"
          ref={heading}
          tabIndex={-1}
          variant="title-x-small"
          weight="bold"
          className={styles.heading}
        >
          {t('tab.title')}
        </Text>
        {view.status === 'ready' &&
          view.data.permissions.create &&
          !isNothing(list, view.data) && (
            <Button
              variant="primary"
              iconStart={<RiAddLine />}
              onPress={expose}
            >
              {t('tab.expose')}
            </Button>
          )}
      </div>
      {view.status === 'loading' && <Loading />}
      {view.status === 'failed' && (
        <Failure
          kind={view.kind}
          error={view.error}
          what="exposures"
          name={title}
          onRetry={view.refresh}
        />
      )}
      {view.status === 'ready' && (
        <div className={styles.list}>
          <VerdictNews data={view.data} />
          <StaleNotice
            refreshedAt={view.refreshedAt}
            error={view.staleBecause}
          />
          <ClusterNotices clusters={view.data.clusters} />
          <NotJudged findings={view.data.notJudged ?? []} />
          {view.data.notMatched?.map(finding => (
            <FindingView
              key={`${finding.subject.cluster} ${finding.reason}`}
              finding={finding}
            />
          ))}
          {view.data.writesRefused && (
            <FindingView finding={view.data.writesRefused} />
          )}
          {isNothing(list, view.data) ? (
            <Empty
              title={title}
              owner={owner}
              data={view.data}
              onExpose={expose}
            />
          ) : (
            <SaidOfClusters.Provider value={view.data.clusters}>
              <Exposures
                list={list}
                data={view.data}
                entityRef={entityRef}
                namesClusters={
                  view.data.clusters.length > 1 ||
                  new Set(view.data.rows.map(({ cluster }) => cluster)).size > 1
                }
                onEdit={view.data.permissions.update ? edit : undefined}
                onRemove={
                  view.data.permissions.delete ? setRemoving : undefined
                }
                onAsked={view.refresh}
              />
            </SaidOfClusters.Provider>
          )}
        </div>
      )}
      {removing && (
        <RemoveDialog
          exposure={removing}
          onClose={() => setRemoving(undefined)}
          onRemoved={() => {
            setRemoving(undefined);
            setRemovals(count => count + 1);
            void view.refresh();
          }}
        />
      )}
    </div>
  );
}
