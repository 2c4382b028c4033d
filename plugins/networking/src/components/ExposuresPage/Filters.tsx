import { useEffect, useState } from 'react';
import { SearchField, Select } from '@backstage/ui';
import type { HostFacet, HostsPage } from 'backstage-plugin-networking-common';
import { shortRef } from '../EntityLink';
import { FACETS, withValues } from './query';
import styles from './ExposuresPage.module.css';

const LABELS: Record<HostFacet, string> = {
  verdict: 'Verdict',
  owner: 'Owner',
  namespace: 'Namespace',
  cluster: 'Cluster',
  reason: 'Reason',
};

const ALL = 'all';
/** As long as a person pauses between two keys. */
const TYPING_MS = 300;

/** What is typed goes into the address once the typing pauses. */
function Search(props: { value: string; onChange: (value: string) => void }) {
  const { value, onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <SearchField
      label="Find a host"
      placeholder="Host, route or entity"
      value={text}
      onChange={setText}
    />
  );
}

/** Search and filters; each choice says how many hosts it would leave. */
export function Filters(props: {
  search: URLSearchParams;
  facets: HostsPage['facets'];
  /** `replace`: instead of the present address in the browser's history. */
  onChange: (search: URLSearchParams, options?: { replace: boolean }) => void;
}) {
  const { search, facets, onChange } = props;
  return (
    <div className={styles.filters}>
      <Search
        value={search.get('search') ?? ''}
        onChange={text =>
          onChange(withValues(search, { search: text }), { replace: true })
        }
      />
      {FACETS.map(facet => {
        const chosen = search.get(facet);
        const choices = facets[facet] ?? [];
        return (
          <Select
            key={facet}
            label={LABELS[facet]}
            value={chosen ?? ALL}
            onChange={value =>
              onChange(
                withValues(search, {
                  [facet]: value === ALL ? undefined : String(value),
                }),
              )
            }
            options={[
              { id: ALL, label: 'All' },
              ...choices.map(({ value, count }) => ({
                id: value,
                label: `${shortRef(value)} (${count})`,
              })),
              ...(chosen && !choices.some(({ value }) => value === chosen)
                ? [{ id: chosen, label: `${shortRef(chosen)} (0)` }]
                : []),
            ]}
          />
        );
      })}
    </div>
  );
}
