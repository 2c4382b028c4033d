import { useEffect, useRef, useState } from 'react';
import type { Exposure } from 'backstage-plugin-networking-common';
import { exposureKey, hostText } from '../../lib/exposures';
import { Hidden } from '../Hidden';

const verdictsOf = (exposures: readonly Exposure[]) =>
  new Map(
    exposures.flatMap(exposure =>
      exposure.hosts.map(
        host => [`${exposureKey(exposure)} ${host.host}`, host] as const,
      ),
    ),
  );

/** Tells screen readers of verdicts that change while the page is open. Nothing is said of what stood there from the start. */
export function VerdictNews(props: { exposures: readonly Exposure[] }) {
  const { exposures } = props;
  const [news, setNews] = useState('');
  const before = useRef<ReturnType<typeof verdictsOf>>();
  useEffect(() => {
    const verdicts = verdictsOf(exposures);
    const changed = [...verdicts].filter(([key, { verdict }]) => {
      const known = before.current?.get(key);
      return known && known.verdict.word !== verdict.word;
    });
    before.current = verdicts;
    if (changed.length === 0) return;
    setNews(
      changed
        .map(
          ([, host]) =>
            `${hostText(host)} is now ${host.verdict.word}. ${
              host.verdict.finding.message
            }`,
        )
        .join(' '),
    );
  }, [exposures]);
  return <Hidden role="status">{news}</Hidden>;
}
