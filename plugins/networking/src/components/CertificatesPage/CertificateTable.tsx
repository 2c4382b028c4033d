import { Fragment } from 'react';
import type { CertificateRow } from 'backstage-plugin-networking-common';
import { certificateKey } from '../../lib/certificates';
import type { Renewal } from '../../lib/renewal';
import { useT } from '../../translation';
import { Details } from './Details';
import { Row } from './Row';
import { Hidden } from '../Hidden';
import styles from './CertificatesPage.module.css';

const COLUMNS = 5;

/** Certificates with what is wrong, who signed them, how long they last and what hangs on them; one row may be open. */
export function CertificateTable(props: {
  rows: readonly CertificateRow[];
  /** By the key of the row. */
  renewals: ReadonlyMap<string, Renewal>;
  /** Key of the row whose details are shown. */
  open?: string;
  hasClusters: boolean;
  onOpen: (key: string | undefined) => void;
  /** Undefined where the reader may not. */
  onRenew?: (row: CertificateRow) => void;
}) {
  const t = useT();
  const { rows, renewals, open, hasClusters, onOpen, onRenew } = props;
  return (
    <table className={styles.table}>
      <caption>
        <Hidden>{t('certificates.table')}</Hidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('certificates.certificate')}</th>
          <th scope="col">{t('certificates.state')}</th>
          <th scope="col">{t('certificates.issuer')}</th>
          <th scope="col">{t('certificates.usedBy')}</th>
          <th scope="col">
            <Hidden>{t('certificates.actions')}</Hidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => {
          const key = certificateKey(row);
          const isOpen = key === open;
          return (
            <Fragment key={key}>
              <Row
                row={row}
                renewal={renewals.get(key)}
                isOpen={isOpen}
                hasClusters={hasClusters}
                onToggle={() => onOpen(isOpen ? undefined : key)}
                onRenew={onRenew && (() => onRenew(row))}
              />
              {isOpen && (
                <tr className={styles.detailsRow}>
                  <td colSpan={COLUMNS}>
                    <Details row={row} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
