import type { PlatformKind } from 'backstage-plugin-networking-common';
import { beside, listed } from '../../lib/text';
import { useT, type Translate } from '../../translation';
import { Hidden } from '../Hidden';
import { StatusIcon, type Tone } from '../StatusIcon';
import { Time } from '../Time';
import styles from './PlatformPage.module.css';

const TONES: Record<PlatformKind['status'], Tone> = {
  synced: 'good',
  syncing: 'waiting',
  unreachable: 'attention',
  forbidden: 'attention',
  notServed: 'info',
};

function summaryOf(t: Translate, kinds: readonly PlatformKind[]): string {
  const of = (status: PlatformKind['status']) =>
    kinds.filter(kind => kind.status === status);
  const parts = (['notServed', 'forbidden', 'unreachable', 'syncing'] as const)
    .map(status => ({ status, found: of(status) }))
    .filter(({ found }) => found.length > 0)
    .map(({ status, found }) =>
      t('watched.named', {
        state: t(`watched.${status}`),
        kinds: listed(...found.map(({ kind }) => kind)),
      }),
    );
  return beside(
    t('watched.summary', { n: of('synced').length, total: kinds.length }),
    ...parts,
  );
}

/** What the cluster is read for. A kind that is not there is a fact: it is picked up when it appears. */
export function Kinds(props: {
  cluster: string;
  kinds: readonly PlatformKind[];
}) {
  const t = useT();
  const { cluster, kinds } = props;
  if (kinds.length === 0) return null;
  return (
    <details className={styles.kinds}>
      <summary>
        {summaryOf(t, kinds)}
        <Hidden> {t('watched.inCluster', { cluster })}</Hidden>
      </summary>
      <table className={styles.kindTable}>
        <thead>
          <tr>
            <th scope="col">{t('watched.kind')}</th>
            <th scope="col">{t('watched.state')}</th>
            <th scope="col">{t('watched.objects')}</th>
            <th scope="col">{t('watched.since')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, status, objects, since }) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              <td>
                <span className={styles.kindState}>
                  <StatusIcon tone={TONES[status]} size={16} />
                  {t(`watched.${status}`)}
                </span>
              </td>
              <td>
                {status === 'notServed' || status === 'forbidden'
                  ? '–'
                  : t('common.number', { n: objects })}
              </td>
              <td>
                <Time iso={since} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
