import { useEffect, useRef, useState } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Button,
} from '@backstage/ui';
import type {
  EntityExposures,
  ExposureRow,
} from 'backstage-plugin-networking-common';
import { useExposureDetail } from '../../hooks/useExposureDetail';
import type { ExposurePages } from '../../hooks/useExposurePages';
import { rowText } from '../../lib/exposures';
import { VERDICTS, verdictText } from '../../lib/health';
import { useIsSaid } from '../../lib/sharedCauses';
import { beside } from '../../lib/text';
import { useT, type Translate } from '../../translation';
import { ExposureCard } from '../ExposureCard';
import { HostName } from '../HostName';
import { OrderAnew } from '../OrderAnew';
import { PausedSearch } from '../PausedSearch';
import { Polled } from '../Polled';
import { Time } from '../Time';
import { ShortTls } from '../TlsLine';
import { VerdictBadge } from '../VerdictBadge';
import type { ShownWith } from './ExposureList';
import styles from './EntityNetworking.module.css';

/** `500 URLs · 2 Broken · 498 Live · Page 1 of 20`. */
const countText = (
  t: Translate,
  { totalItems, verdicts }: EntityExposures,
  { isFound, page, pages }: ExposurePages,
): string =>
  beside(
    t(isFound ? 'tab.found' : 'tab.urls', { count: totalItems }),
    ...VERDICTS.map(
      word =>
        verdicts[word] &&
        t('common.counted', { n: verdicts[word], word: verdictText(t, word) }),
    ),
    pages > 1 && t('common.pageOf', { page: page + 1, pages }),
  );

/** What is behind a row, read when it is opened. */
function Whole(props: ShownWith & { row: ExposureRow; topic?: string }) {
  const t = useT();
  const { row, topic, onAsked, ...rest } = props;
  const view = useExposureDetail(row, topic);
  return (
    <Polled view={view} what="exposure" name={rowText(t, row)} height={280}>
      {exposure => (
        <ExposureCard
          exposure={exposure}
          {...rest}
          onAsked={() => {
            void view.refresh();
            onAsked();
          }}
        />
      )}
    </Polled>
  );
}

function Row(props: ShownWith & { row: ExposureRow; topic?: string }) {
  const t = useT();
  const { row, namesClusters } = props;
  const { verdict, hostCount, checkedAt } = row;
  const isSaid = useIsSaid()(row.cluster, verdict.finding);
  const [expanded, setExpanded] = useState(false);
  return (
    <Accordion isExpanded={expanded} onExpandedChange={setExpanded}>
      <AccordionTrigger>
        <span className={styles.row}>
          <VerdictBadge word={verdict.word} />
          <span className={styles.rowHost}>
            <strong>
              <HostName text={rowText(t, row)} />
              {hostCount > 1 && (
                <> {t('common.more', { count: hostCount - 1 })}</>
              )}
              {namesClusters && (
                <> {t('common.inCluster', { cluster: row.cluster })}</>
              )}
            </strong>
            <span className={styles.rowSentence}>
              {verdict.word !== 'Live' &&
                !isSaid &&
                `${verdict.finding.message} `}
              {checkedAt &&
                t('common.checked', { age: <Time iso={checkedAt} /> })}
            </span>
          </span>
          <ShortTls tls={row.tls} />
        </span>
      </AccordionTrigger>
      <AccordionPanel>{expanded && <Whole {...props} />}</AccordionPanel>
    </Accordion>
  );
}

/** Many exposures: a page of rows at a time, which can be searched, and what is behind each when it is opened. */
export function FoldedList(
  props: ShownWith & { data: EntityExposures; list: ExposurePages },
) {
  const t = useT();
  const { data, list, ...rest } = props;
  const { isBusy, page, pages, turnTo } = list;
  const count = useRef<HTMLParagraphElement>(null);
  // Whoever turned the page goes on above its first row.
  const isTurned = useRef(false);
  useEffect(() => {
    if (isBusy || !isTurned.current) return;
    isTurned.current = false;
    count.current?.scrollIntoView?.({ block: 'nearest' });
    count.current?.focus({ preventScroll: true });
  }, [isBusy, page]);
  const turn = (to: number) => {
    isTurned.current = true;
    turnTo(to);
  };
  return (
    <>
      <div className={styles.search}>
        <PausedSearch
          label={t('tab.find')}
          placeholder={t('tab.findHint')}
          value={list.search}
          onChange={list.find}
        />
        <p role="status" ref={count} tabIndex={-1} className={styles.count}>
          {countText(t, data, list)}
        </p>
        <OrderAnew order={list} focusNext={count} />
      </div>
      <div className={styles.list} aria-busy={isBusy || undefined}>
        {list.rows.map(row => (
          <Row key={row.id} row={row} topic={data.topic} {...rest} />
        ))}
      </div>
      {data.totalItems === 0 && (
        <p className={styles.count}>{t('tab.noMatch')}</p>
      )}
      {data.order.length < data.totalItems && (
        <p className={styles.count}>
          {t('tab.onlyFirst', { n: data.order.length })}
        </p>
      )}
      {pages > 1 && (
        <nav aria-label={t('common.pages')} className={styles.pages}>
          <Button
            variant="secondary"
            isDisabled={page === 0}
            onPress={() => turn(page - 1)}
          >
            {t('common.previousPage')}
          </Button>
          <Button
            variant="secondary"
            isDisabled={page >= pages - 1}
            onPress={() => turn(page + 1)}
          >
            {t('common.nextPage')}
          </Button>
        </nav>
      )}
    </>
  );
}
