import { useEffect, useRef, useState } from 'react';
import type {
  EntityExposures,
  Verdict,
} from 'backstage-plugin-networking-common';
import { exposureKey, hostText, rowText } from '../../lib/exposures';
import { Hidden } from '../Hidden';

interface Told {
  text: string;
  verdict: Verdict;
}

/** Of each host where the exposures are whole, else of each row. */
const verdictsOf = ({ rows, exposures }: EntityExposures) =>
  new Map<string, Told>(
    exposures.length > 0
      ? exposures.flatMap(exposure =>
          exposure.hosts.map((host): [string, Told] => [
            `${exposureKey(exposure)} ${host.host}`,
            { text: hostText(host), verdict: host.verdict },
          ]),
        )
      : rows.map(row => [row.id, { text: rowText(row), verdict: row.verdict }]),
  );

/** Tells screen readers of verdicts that change while the page is open. Nothing is said of what stood there from the start. */
export function VerdictNews(props: { data: EntityExposures }) {
  const { data } = props;
  const [news, setNews] = useState('');
  const before = useRef<ReturnType<typeof verdictsOf>>();
  useEffect(() => {
    const verdicts = verdictsOf(data);
    const changed = [...verdicts].filter(([key, { verdict }]) => {
      const known = before.current?.get(key);
      return known && known.verdict.word !== verdict.word;
    });
    before.current = verdicts;
    if (changed.length === 0) return;
    setNews(
      changed
        .map(
          ([, { text, verdict }]) =>
            `${text} is now ${verdict.word}. ${verdict.finding.message}`,
        )
        .join(' '),
    );
  }, [data]);
  return <Hidden role="status">{news}</Hidden>;
}
