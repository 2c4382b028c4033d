import type { PlatformKind } from 'backstage-plugin-networking-common';
import { Hidden } from '../Hidden';
import { StatusIcon, type Tone } from '../StatusIcon';
import { Time } from '../Time';
import styles from './PlatformPage.module.css';

const WORDS: Record<PlatformKind['status'], string> = {
  synced: 'read',
  syncing: 'being read for the first time',
  unreachable: 'no answer',
  forbidden: 'refused by RBAC',
  notServed: 'not served',
};

const TONES: Record<PlatformKind['status'], Tone> = {
  synced: 'good',
  syncing: 'waiting',
  unreachable: 'attention',
  forbidden: 'attention',
  notServed: 'info',
};

const names = (kinds: readonly PlatformKind[]) =>
  kinds.map(({ kind }) => kind).join(', ');

function summaryOf(kinds: readonly PlatformKind[]): string {
  const of = (status: PlatformKind['status']) =>
    kinds.filter(kind => kind.status === status);
  const parts = (['notServed', 'forbidden', 'unreachable', 'syncing'] as const)
    .map(status => ({ status, found: of(status) }))
    .filter(({ found }) => found.length > 0)
    .map(({ status, found }) => `${WORDS[status]}: ${names(found)}`);
  return [
    `${of('synced').length} of ${kinds.length} kinds are read`,
    ...parts,
  ].join('; ');
}

/** What the cluster is read for. A kind that is not there is a fact: it is picked up when it appears. */
export function Kinds(props: {
  cluster: string;
  kinds: readonly PlatformKind[];
}) {
  const { cluster, kinds } = props;
  if (kinds.length === 0) return null;
  return (
    <details className={styles.kinds}>
      <summary>
        {summaryOf(kinds)}
        <Hidden> in cluster {cluster}</Hidden>
      </summary>
      <table className={styles.kindTable}>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">State</th>
            <th scope="col">Objects</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ kind, status, objects, since }) => (
            <tr key={kind}>
              <th scope="row">{kind}</th>
              <td>
                <span className={styles.kindState}>
                  <StatusIcon tone={TONES[status]} size={16} />
                  {WORDS[status]}
                </span>
              </td>
              <td>
                {status === 'notServed' || status === 'forbidden'
                  ? '–'
                  : objects}
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
