import { Select } from '@backstage/ui';
import type { CertificateRow } from 'backstage-plugin-networking-common';
import type { CertificateFilter } from '../../lib/certificates';
import { HEALTHS, tlsHealth } from '../../lib/health';
import { useT } from '../../translation';
import { PausedSearch } from '../PausedSearch';
import styles from './CertificatesPage.module.css';

const ALL = 'all';

type Filter = 'health' | 'role' | 'cluster';

type Change = (
  values: CertificateFilter,
  options?: { replace: boolean },
) => void;

/** Search and filters of the certificates. */
export function Filters(props: {
  search: URLSearchParams;
  rows: readonly CertificateRow[];
  onChange: Change;
}) {
  const t = useT();
  const { search, rows, onChange } = props;
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))].sort();
  const count = (key: Filter, value: string) =>
    rows.filter(
      row => (key === 'health' ? tlsHealth(row.word) : row[key]) === value,
    ).length;
  const select = (
    key: Filter,
    label: string,
    options: { id: string; name: string }[],
  ) => (
    <Select
      label={label}
      value={search.get(key) ?? ALL}
      onChange={value =>
        onChange({ [key]: value === ALL ? undefined : String(value) })
      }
      options={[
        { id: ALL, label: t('common.all') },
        ...options.map(({ id, name }) => ({
          id,
          label: t('common.option', { name, n: count(key, id) }),
        })),
      ]}
    />
  );
  return (
    <div className={styles.filters}>
      <PausedSearch
        label={t('certificates.find')}
        placeholder={t('certificates.findHint')}
        value={search.get('search') ?? ''}
        onChange={text => onChange({ search: text }, { replace: true })}
      />
      {select(
        'health',
        t('certificates.state'),
        HEALTHS.filter(health => count('health', health) > 0).map(health => ({
          id: health,
          name: t(`health.${health}`),
        })),
      )}
      {select(
        'role',
        t('certificates.kind'),
        (['served', 'ca'] as const).map(role => ({
          id: role,
          name: t(`certificates.${role}`),
        })),
      )}
      {clusters.length > 1 &&
        select(
          'cluster',
          t('certificates.cluster'),
          clusters.map(cluster => ({ id: cluster, name: cluster })),
        )}
    </div>
  );
}
