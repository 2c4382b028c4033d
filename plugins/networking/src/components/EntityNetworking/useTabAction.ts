import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Exposure } from 'backstage-plugin-networking-common';
import { exposureKey } from '../../lib/exposures';

const ACTION = 'action';
const ROUTE = 'route';

/** What the tab shows: the list, or the form for a new or a present exposure. */
export type TabAction =
  | { show: 'list' }
  | { show: 'expose' }
  | { show: 'edit'; route: string };

/**
 * The form is a state of the URL's query: it can be linked to, the back button leaves it, and it needs no route of its
 * own in either frontend system.
 */
export function useTabAction(): {
  action: TabAction;
  expose: () => void;
  edit: (exposure: Exposure) => void;
  close: () => void;
} {
  const [params, setParams] = useSearchParams();
  const route = params.get(ROUTE);
  const word = params.get(ACTION);
  const change = useCallback(
    (values: Record<string, string>) =>
      setParams(current => {
        const next = new URLSearchParams(current);
        next.delete(ACTION);
        next.delete(ROUTE);
        for (const [name, value] of Object.entries(values))
          next.set(name, value);
        return next;
      }),
    [setParams],
  );
  const expose = useCallback(() => change({ [ACTION]: 'expose' }), [change]);
  const edit = useCallback(
    (exposure: Exposure) =>
      change({ [ACTION]: 'edit', [ROUTE]: exposureKey(exposure) }),
    [change],
  );
  const close = useCallback(() => change({}), [change]);
  const action: TabAction =
    word === 'edit' && route
      ? { show: 'edit', route }
      : { show: word === 'expose' ? 'expose' : 'list' };
  return { action, expose, edit, close };
}
