import { useEffect, useState } from 'react';

/** The present in epoch milliseconds, moving on every `stepMs` (default 10 seconds) so that ages stay true. */
export function useNow(stepMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [stepMs]);
  return now;
}
