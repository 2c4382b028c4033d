import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Keeps rows where they stand while they are read again and again, so that nothing moves under the pointer. What is new
 * comes last.
 *
 * @param rows - in the order that holds now
 * @param scope - what the order was asked for: with another one it begins anew
 */
export function useKeptOrder<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  scope: string,
): {
  rows: readonly T[];
  /** Would the rows stand otherwise now? */
  isOutdated: boolean;
  orderAnew: () => void;
} {
  const kept = useRef<{ scope: string; keys: readonly string[] }>();
  const [, setTimes] = useState(0);
  const keys = rows.map(keyOf);
  let shown = rows;
  if (kept.current?.scope === scope) {
    const places = new Map(kept.current.keys.map((key, place) => [key, place]));
    const placeOf = (row: T) => places.get(keyOf(row)) ?? places.size;
    shown = [...rows].sort((a, b) => placeOf(a) - placeOf(b));
  }
  const shownKeys = shown.map(keyOf);
  useEffect(() => {
    kept.current = { scope, keys: shownKeys };
  });
  const orderAnew = useCallback(() => {
    kept.current = undefined;
    setTimes(times => times + 1);
  }, []);
  return {
    rows: shown,
    isOutdated: shownKeys.some((key, place) => key !== keys[place]),
    orderAnew,
  };
}
