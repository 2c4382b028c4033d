import { Select } from '@backstage/ui';
import type { HostFacet, HostsPage } from 'backstage-plugin-networking-common';
import { shortRef } from '../EntityLink';
import { FACETS, withValues } from './query';
import { PausedSearch } from '../PausedSearch';
import styles from './ExposuresPage.module.css';

const LABELS: Record<HostFacet, string> = {
  verdict: 'Verdict',
  owner: 'Owner',
  namespace: 'Namespace',
  cluster: 'Cluster',
  reason: 'Reason',
};

const ALL = 'all';

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
      <PausedSearch
        label="Find a host"
        placeholder="Host, route or entity"
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
