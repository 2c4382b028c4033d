import { useEffect, useState } from 'react';

/** Whole seconds until then (epoch milliseconds), counted down; 0 from then on, and where there is no then. */
export function useSecondsUntil(time: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  const left =
    time === undefined ? 0 : Math.max(0, Math.ceil((time - now) / 1_000));
  useEffect(() => {
    if (time === undefined) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= time) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [time]);
  return left;
}
