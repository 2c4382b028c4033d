import { useEffect, useRef, useState } from 'react';
import type {
  EntityExposures,
  Verdict,
} from 'backstage-plugin-networking-common';
import { exposureKey, hostText, rowText } from '../../lib/exposures';
import { verdictText } from '../../lib/health';
import { useT, type Translate } from '../../translation';
import { Hidden } from '../Hidden';

interface Told {
  text: string;
  verdict: Verdict;
}

/** Of each host where the exposures are whole, else of each row. */
const verdictsOf = (t: Translate, { rows, exposures }: EntityExposures) =>
  new Map<string, Told>(
    exposures.length > 0
      ? exposures.flatMap(exposure =>
          exposure.hosts.map((host): [string, Told] => [
            `${exposureKey(exposure)} ${host.host}`,
            { text: hostText(t, host), verdict: host.verdict },
          ]),
        )
      : rows.map(row => [
          row.id,
          { text: rowText(t, row), verdict: row.verdict },
        ]),
  );

/** Tells screen readers of verdicts that change while the page is open. Nothing is said of what stood there from the start. */
export function VerdictNews(props: { data: EntityExposures }) {
  const t = useT();
  const { data } = props;
  const [news, setNews] = useState('');
  const before = useRef<ReturnType<typeof verdictsOf>>();
  useEffect(() => {
    const verdicts = verdictsOf(t, data);
    const changed = [...verdicts].filter(([key, { verdict }]) => {
      const known = before.current?.get(key);
      return known && known.verdict.word !== verdict.word;
    });
    before.current = verdicts;
    if (changed.length === 0) return;
    setNews(
      changed
        .map(
          ([
            ,
            {
              text,
              verdict: { word, finding },
            },
          ]) =>
            t('tab.news', {
              host: text,
              word: verdictText(t, word),
              sentence: finding.message,
            }),
        )
        .join(' '),
    );
  }, [data, t]);
  return <Hidden role="status">{news}</Hidden>;
}
