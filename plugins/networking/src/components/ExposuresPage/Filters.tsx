import { Select } from '@backstage/ui';
import type {
  HostFacet,
  HostsPage,
  VerdictWord,
} from 'backstage-plugin-networking-common';
import { verdictText } from '../../lib/health';
import { useT, type Translate } from '../../translation';
import { shortRef } from '../EntityLink';
import { FACETS, withValues } from './query';
import { PausedSearch } from '../PausedSearch';
import styles from './ExposuresPage.module.css';

/** What a value of a filter is called. */
const valueText = (t: Translate, facet: HostFacet, value: string): string =>
  facet === 'verdict' ? verdictText(t, value as VerdictWord) : shortRef(value);

const ALL = 'all';

/** Search and filters; each choice says how many hosts it would leave. */
export function Filters(props: {
  search: URLSearchParams;
  facets: HostsPage['facets'];
  /** `replace`: instead of the present address in the browser's history. */
  onChange: (search: URLSearchParams, options?: { replace: boolean }) => void;
}) {
  const t = useT();
  const { search, facets, onChange } = props;
  return (
    <div className={styles.filters}>
      <PausedSearch
        label={t('hosts.find')}
        placeholder={t('hosts.findHint')}
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
            label={t(`hosts.${facet}`)}
            value={chosen ?? ALL}
            onChange={value =>
              onChange(
                withValues(search, {
                  [facet]: value === ALL ? undefined : String(value),
                }),
              )
            }
            options={[
              { id: ALL, label: t('common.all') },
              ...choices.map(({ value, count }) => ({
                id: value,
                label: t('common.option', {
                  name: valueText(t, facet, value),
                  n: count,
                }),
              })),
              ...(chosen && !choices.some(({ value }) => value === chosen)
                ? [
                    {
                      id: chosen,
                      label: t('common.option', {
                        name: valueText(t, facet, chosen),
                        n: 0,
                      }),
                    },
                  ]
                : []),
            ]}
          />
        );
      })}
    </div>
  );
}
