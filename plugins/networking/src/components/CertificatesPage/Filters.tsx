import { Select } from '@backstage/ui';
import type { CertificateRow } from 'backstage-plugin-networking-common';
import type { CertificateFilter } from '../../lib/certificates';
import { TLS_WORDS, tlsTitle } from '../TlsBadge';
import { PausedSearch } from '../PausedSearch';
import styles from './CertificatesPage.module.css';

const ALL = 'all';

type Change = (
  values: CertificateFilter,
  options?: { replace: boolean },
) => void;

const ROLES: Record<CertificateRow['role'], string> = {
  served: 'Served by listeners',
  ca: 'CAs',
};

/** Search and filters of the certificates. */
export function Filters(props: {
  search: URLSearchParams;
  rows: readonly CertificateRow[];
  onChange: Change;
}) {
  const { search, rows, onChange } = props;
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))].sort();
  const select = (
    key: 'word' | 'role' | 'cluster',
    label: string,
    options: { id: string; label: string }[],
  ) => (
    <Select
      label={label}
      value={search.get(key) ?? ALL}
      onChange={value =>
        onChange({ [key]: value === ALL ? undefined : String(value) })
      }
      options={[{ id: ALL, label: 'All' }, ...options]}
    />
  );
  const count = (key: 'word' | 'role' | 'cluster', value: string) =>
    rows.filter(row => row[key] === value).length;
  return (
    <div className={styles.filters}>
      <PausedSearch
        label="Find a certificate"
        placeholder="Name, host, entity, issuer or Gateway"
        value={search.get('search') ?? ''}
        onChange={text => onChange({ search: text }, { replace: true })}
      />
      {select(
        'word',
        'State',
        TLS_WORDS.filter(word => count('word', word) > 0).map(word => ({
          id: word,
          label: `${tlsTitle(word)} (${count('word', word)})`,
        })),
      )}
      {select(
        'role',
        'Kind',
        (['served', 'ca'] as const).map(role => ({
          id: role,
          label: `${ROLES[role]} (${count('role', role)})`,
        })),
      )}
      {clusters.length > 1 &&
        select(
          'cluster',
          'Cluster',
          clusters.map(cluster => ({
            id: cluster,
            label: `${cluster} (${count('cluster', cluster)})`,
          })),
        )}
    </div>
  );
}
