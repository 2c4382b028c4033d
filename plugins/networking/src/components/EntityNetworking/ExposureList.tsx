import { useRef, useState } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  SearchField,
  Text,
} from '@backstage/ui';
import type { Exposure } from 'backstage-plugin-networking-common';
import { useKeptOrder } from '../../hooks/useKeptOrder';
import {
  exposureKey,
  hostText,
  matchesSearch,
  sortByHost,
  sortByTrouble,
} from '../../lib/exposures';
import { ExposureCard } from '../ExposureCard';
import { HostName } from '../HostName';
import { OrderAnew } from '../OrderAnew';
import { TlsLine } from '../TlsLine';
import { VerdictBadge } from '../VerdictBadge';
import styles from './EntityNetworking.module.css';

/** From here on exposures are folded into rows that can be searched. */
export const FOLDED_FROM = 9;

interface ListProps {
  exposures: readonly Exposure[];
  entityRef: string;
  /** More than one cluster is looked at, so each exposure says in which it is. */
  namesClusters: boolean;
  onEdit?: (exposure: Exposure) => void;
  onRemove?: (exposure: Exposure) => void;
  /** Told when hosts were asked, so that the exposures are read again. */
  onAsked: () => void;
}

function Row(props: Omit<ListProps, 'exposures'> & { exposure: Exposure }) {
  const { exposure, ...rest } = props;
  const [expanded, setExpanded] = useState(false);
  const [first, ...others] = exposure.hosts;
  return (
    <Accordion isExpanded={expanded} onExpandedChange={setExpanded}>
      <AccordionTrigger>
        <span className={styles.row}>
          <VerdictBadge word={exposure.verdict.word} />
          <span className={styles.rowHost}>
            <HostName text={first ? hostText(first) : exposure.name} />
            {others.length > 0 && ` and ${others.length} more`}
            {rest.namesClusters && ` in cluster ${exposure.cluster}`}
          </span>
          <TlsLine tls={exposure.tls} short />
        </span>
      </AccordionTrigger>
      <AccordionPanel>
        {expanded && <ExposureCard exposure={exposure} {...rest} />}
      </AccordionPanel>
    </Accordion>
  );
}

function FoldedList(props: ListProps) {
  const { exposures, ...rest } = props;
  const [search, setSearch] = useState('');
  const count = useRef<HTMLParagraphElement>(null);
  const order = useKeptOrder(sortByTrouble(exposures), exposureKey, 'trouble');
  const found = order.rows.filter(exposure => matchesSearch(exposure, search));
  const counted = order.isOutdated
    ? `${exposures.length} exposures`
    : `${exposures.length} exposures, the ones in trouble first`;
  return (
    <>
      <div className={styles.search}>
        <SearchField
          label="Find an exposure"
          placeholder="Host, Service, namespace or verdict"
          value={search}
          onChange={setSearch}
        />
        <Text
          as="p"
          color="secondary"
          role="status"
          ref={count}
          tabIndex={-1}
          className={styles.heading}
        >
          {found.length === exposures.length
            ? counted
            : `${found.length} of ${exposures.length} exposures`}
        </Text>
        <OrderAnew order={order} focusNext={count} />
      </div>
      {found.map(exposure => (
        <Row key={exposureKey(exposure)} exposure={exposure} {...rest} />
      ))}
    </>
  );
}

/** Cards for a few exposures, rows for many. */
export function ExposureList(props: ListProps) {
  const { exposures, ...rest } = props;
  if (exposures.length >= FOLDED_FROM) return <FoldedList {...props} />;
  return (
    <>
      {sortByHost(exposures).map(exposure => (
        <ExposureCard
          key={exposureKey(exposure)}
          exposure={exposure}
          {...rest}
        />
      ))}
    </>
  );
}
