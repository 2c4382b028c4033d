import { useEffect, useMemo, useRef, useState } from 'react';
import type {
  EntityExposures,
  ExposureRow,
} from 'backstage-plugin-networking-common';
import { useEntityExposures } from './useEntityExposures';
import { useKeptOrder } from './useKeptOrder';
import type { PolledView } from './usePolled';

/** Rows of one page: as many as the first answer has. */
export const PAGE_SIZE = 25;

const NONE: readonly string[] = [];
const itself = (id: string) => id;

/** What is asked for: the first page of a search, or the rows of any by their ids. */
interface Asked {
  search: string;
  /** From 0. */
  page: number;
  ids?: readonly string[];
  /** When, epoch milliseconds: what was read before may be over. */
  at: number;
  /** How often an order was begun. */
  begun: number;
}

/** The exposures of an entity, page by page, in an order that is kept until it is asked for anew. */
export interface ExposurePages {
  /** The last answer; of another page or search while the one that is asked for is on its way. */
  view: PolledView<EntityExposures>;
  isBusy: boolean;
  rows: readonly ExposureRow[];
  search: string;
  /** Are the rows those of a search? */
  isFound: boolean;
  /** From 0. */
  page: number;
  pages: number;
  /** Would the rows stand otherwise now? */
  isOutdated: boolean;
  turnTo: (page: number) => void;
  /** Begins at the first page of a search, in the order that holds now. */
  find: (search: string) => void;
  /** The same of the present search. */
  orderAnew: () => void;
}

interface Shown {
  asked: Asked;
  view: PolledView<EntityExposures>;
}

const isFresh = ({ asked, view }: Shown) =>
  view.status === 'ready' && view.refreshedAt >= asked.at;

/** What was read last stays until the next rows are there. */
function useShown(
  entityRef: string,
  asked: Asked,
): Shown & { isBusy: boolean } {
  const { search, ids } = asked;
  const view = useEntityExposures(entityRef, {
    ...(search && { search }),
    ...(ids && { id: ids }),
  });
  const last = useRef<Shown>();
  const now = { asked, view };
  useEffect(() => {
    if (isFresh(now)) last.current = now;
    if (view.status === 'failed') last.current = undefined;
  });
  const isComing =
    view.status === 'loading' ||
    (view.status === 'ready' && !view.staleBecause && !isFresh(now));
  return last.current && isComing
    ? { ...last.current, isBusy: true }
    : { ...now, isBusy: false };
}

/**
 * Pages by the ids of an order that is kept, since what is in trouble changes while it is read: a row stays on its page,
 * and none is left out between two.
 */
export function useExposurePages(entityRef: string): ExposurePages {
  const [asked, setAsked] = useState<Asked>(() => ({
    search: '',
    page: 0,
    at: Date.now(),
    begun: 0,
  }));
  const shown = useShown(entityRef, asked);
  const { view, isBusy } = shown;
  const { search, begun } = shown.asked;
  const data = view.status === 'ready' ? view.data : undefined;
  const order = useKeptOrder(
    data?.order ?? NONE,
    itself,
    `${isFresh(shown)} ${begun} ${search}`,
  );
  const pages = Math.max(1, Math.ceil(order.rows.length / PAGE_SIZE));
  const page = Math.min(shown.asked.page, pages - 1);
  const idsOf = (of: number) =>
    order.rows.slice(of * PAGE_SIZE, (of + 1) * PAGE_SIZE);
  const wanted = idsOf(page);

  // A row that the last answer lacks is on its way, and stays as it was.
  const before = useRef<ReadonlyMap<string, ExposureRow>>(new Map());
  const read = useMemo(
    () => new Map(data?.rows.map(row => [row.id, row])),
    [data],
  );
  const rows = wanted.flatMap(
    id => read.get(id) ?? before.current.get(id) ?? [],
  );
  const lacking = wanted.some(id => !read.has(id)) ? wanted.join(' ') : '';
  useEffect(() => {
    before.current = new Map(rows.map(row => [row.id, row]));
  });
  useEffect(() => {
    if (isBusy || !lacking) return;
    setAsked(now =>
      now.ids?.join(' ') === lacking
        ? now
        : { ...now, page, ids: lacking.split(' '), at: Date.now() },
    );
  }, [isBusy, lacking, page]);

  const find = (text: string) => {
    setAsked(now => ({
      search: text,
      page: 0,
      at: Date.now(),
      begun: now.begun + 1,
    }));
    // It is what is asked for already, and would not be read for that.
    if (!asked.ids && text === asked.search) void view.refresh();
  };
  return {
    view,
    isBusy,
    rows,
    search: asked.search,
    isFound: search !== '',
    page,
    pages,
    isOutdated: order.isOutdated,
    turnTo: to =>
      setAsked(now => ({ ...now, page: to, ids: idsOf(to), at: Date.now() })),
    find,
    orderAnew: () => find(asked.search),
  };
}
