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
  VerdictWord,
} from 'backstage-plugin-networking-common';
import { useExposureDetail } from '../../hooks/useExposureDetail';
import type { ExposurePages } from '../../hooks/useExposurePages';
import { rowText } from '../../lib/exposures';
import { useIsSaid } from '../../lib/sharedCauses';
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

const numbers = new Intl.NumberFormat('en');

const WORDS: readonly VerdictWord[] = [
  'Broken',
  'Degraded',
  'Pending',
  'Unknown',
  'Live',
];

/** `500 exposures: 2 Broken, 498 Live; page 1 of 20`. */
function countSentence(
  { totalItems, verdicts }: EntityExposures,
  { isFound, page, pages }: ExposurePages,
): string {
  const exposures = totalItems === 1 ? 'exposure' : 'exposures';
  const words = WORDS.flatMap(word =>
    verdicts[word] ? `${numbers.format(verdicts[word])} ${word}` : [],
  );
  return [
    `${numbers.format(totalItems)} ${exposures}${isFound ? ' found' : ''}`,
    words.length > 0 && `: ${words.join(', ')}`,
    pages > 1 && `; page ${page + 1} of ${pages}`,
  ]
    .filter(Boolean)
    .join('');
}

/** What is behind a row, read when it is opened. */
function Whole(props: ShownWith & { row: ExposureRow; topic?: string }) {
  const { row, topic, onAsked, ...rest } = props;
  const view = useExposureDetail(row, topic);
  return (
    <Polled view={view} what={rowText(row)} height={280}>
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
              <HostName text={rowText(row)} />
              {hostCount > 1 && ` and ${hostCount - 1} more`}
              {namesClusters && ` in cluster ${row.cluster}`}
            </strong>
            <span className={styles.rowSentence}>
              {verdict.word !== 'Live' &&
                !isSaid &&
                `${verdict.finding.message} `}
              {checkedAt && (
                <>
                  Checked <Time iso={checkedAt} />.
                </>
              )}
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
          label="Find an exposure"
          placeholder="Host, Service, namespace or verdict"
          value={list.search}
          onChange={list.find}
        />
        <p role="status" ref={count} tabIndex={-1} className={styles.count}>
          {countSentence(data, list)}
        </p>
        <OrderAnew order={list} focusNext={count} />
      </div>
      <div className={styles.list} aria-busy={isBusy || undefined}>
        {list.rows.map(row => (
          <Row key={row.id} row={row} topic={data.topic} {...rest} />
        ))}
      </div>
      {data.totalItems === 0 && (
        <p className={styles.count}>
          No exposure matches. Clear the search to see all.
        </p>
      )}
      {data.order.length < data.totalItems && (
        <p className={styles.count}>
          The first {numbers.format(data.order.length)} are listed. Search to
          find the others.
        </p>
      )}
      {pages > 1 && (
        <nav aria-label="Pages" className={styles.pages}>
          <Button
            variant="secondary"
            isDisabled={page === 0}
            onPress={() => turn(page - 1)}
          >
            Previous page
          </Button>
          <Button
            variant="secondary"
            isDisabled={page >= pages - 1}
            onPress={() => turn(page + 1)}
          >
            Next page
          </Button>
        </nav>
      )}
    </>
  );
}
