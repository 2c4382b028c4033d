import type { Ref } from 'react';
import { Link } from '@backstage/ui';
import type { CertificateRow } from 'backstage-plugin-networking-common';
import { HEALTHS, tlsHealth } from '../../lib/health';
import { useT } from '../../translation';
import { HealthBadge } from '../HealthBadge';
import { isNarrowed } from './query';
import styles from './CertificatesPage.module.css';

/** How many certificates there are and how they stand; each number leads to what it counts. */
export function Counts(props: {
  rows: readonly CertificateRow[];
  /** How many of them the filters leave. */
  found: number;
  search: URLSearchParams;
  focusRef: Ref<HTMLParagraphElement>;
}) {
  const t = useT();
  const { rows, found, search, focusRef } = props;
  return (
    <>
      <p role="status" ref={focusRef} tabIndex={-1} className={styles.count}>
        {isNarrowed(search)
          ? t('certificates.found', { n: found, count: rows.length })
          : t('certificates.count', { count: rows.length })}
      </p>
      {HEALTHS.map(health => {
        const count = rows.filter(row => tlsHealth(row.word) === health).length;
        if (count === 0) return null;
        return (
          <span key={health} className={styles.counted}>
            <HealthBadge health={health} />
            <Link
              href={`?health=${health}`}
              aria-label={t('common.counted', {
                n: count,
                word: t(`health.${health}`),
              })}
            >
              {t('common.number', { n: count })}
            </Link>
          </span>
        );
      })}
    </>
  );
}
