import type { ReactNode } from 'react';
import type { ClusterState, Finding } from 'backstage-plugin-networking-common';
import { failureMessage } from '../../lib/errors';
import { FindingView } from '../FindingView';
import { StatusIcon } from '../StatusIcon';
import { Time } from '../Time';
import styles from './EntityNetworking.module.css';

function Notice(props: { children: ReactNode }) {
  return (
    <div className={styles.notice} role="status">
      <StatusIcon tone="attention" />
      <p>{props.children}</p>
    </div>
  );
}

const clusterSentence = (state: ClusterState): string =>
  state.findings[0]?.message ??
  (state.reachable
    ? `Cluster ${state.cluster} was not read wholly.`
    : `Cluster ${state.cluster} does not answer.`);

/** One calm line for each cluster that could not be read, with the age of what is shown. */
export function ClusterNotices(props: { clusters: readonly ClusterState[] }) {
  return (
    <>
      {props.clusters
        .filter(
          ({ reachable, findings }) =>
            !reachable || findings.some(({ severity }) => severity !== 'info'),
        )
        .map(state => (
          <Notice key={state.cluster}>
            {clusterSentence(state)}{' '}
            {state.observedAt && (
              <>
                What stands here was read <Time iso={state.observedAt} />.
              </>
            )}
            {!state.observedAt &&
              !state.reachable &&
              'Nothing of it is known here.'}{' '}
            {state.findings[0]?.remedy}
          </Notice>
        ))}
    </>
  );
}

/** Routes of the component that are there and not judged. */
export function NotJudged(props: { findings: readonly Finding[] }) {
  return (
    <>
      {props.findings.map(finding => {
        const { cluster, kind, namespace, name } = finding.subject;
        return (
          <FindingView
            key={[cluster, kind, namespace, name].join('/')}
            finding={finding}
          />
        );
      })}
    </>
  );
}

/** Said where the last read failed and older data stands. */
export function StaleNotice(props: { refreshedAt: number; error?: Error }) {
  const { refreshedAt, error } = props;
  if (!error) return null;
  return (
    <Notice>
      Not refreshed since <Time iso={new Date(refreshedAt).toISOString()} />:{' '}
      {failureMessage(error)}
    </Notice>
  );
}
