import type { Ref } from 'react';
import { Link } from '@backstage/ui';
import type { CertificateRow } from 'backstage-plugin-networking-common';
import { TLS_WORDS, TlsBadge, tlsTitle } from '../TlsBadge';
import { isNarrowed } from './query';
import styles from './CertificatesPage.module.css';

const certificates = (count: number) =>
  count === 1 ? '1 certificate' : `${count} certificates`;

/** How many certificates there are and how they stand; each number leads to what it counts. */
export function Counts(props: {
  rows: readonly CertificateRow[];
  /** How many of them the filters leave. */
  found: number;
  search: URLSearchParams;
  focusRef: Ref<HTMLParagraphElement>;
}) {
  const { rows, found, search, focusRef } = props;
  return (
    <>
      <p role="status" ref={focusRef} tabIndex={-1} className={styles.count}>
        {isNarrowed(search)
          ? `${found} of ${certificates(rows.length)}`
          : certificates(rows.length)}
      </p>
      {TLS_WORDS.map(word => {
        const count = rows.filter(row => row.word === word).length;
        if (count === 0) return null;
        return (
          <span key={word} className={styles.counted}>
            <TlsBadge word={word} />
            <Link
              href={`?word=${word}`}
              aria-label={`${count} ${tlsTitle(word)}`}
            >
              {count}
            </Link>
          </span>
        );
      })}
    </>
  );
}
