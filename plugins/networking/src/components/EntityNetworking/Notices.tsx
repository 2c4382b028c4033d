import type { ReactNode } from 'react';
import {
  isSharedCause,
  type ClusterState,
  type Finding,
  type Severity,
} from 'backstage-plugin-networking-common';
import { useT } from '../../translation';
import { failureMessage, isAnswer } from '../../lib/errors';
import { FindingView } from '../FindingView';
import { severityTone, StatusIcon } from '../StatusIcon';
import { Time } from '../Time';
import styles from './EntityNetworking.module.css';

function Notice(props: { children: ReactNode; severity?: Severity }) {
  const { children, severity = 'warning' } = props;
  const tone = severityTone(severity);
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role="status">
      <StatusIcon tone={tone} />
      <p>{children}</p>
    </div>
  );
}

function Age(props: { observedAt?: string }) {
  const t = useT();
  const { observedAt } = props;
  if (!observedAt) return null;
  return <> {t('cluster.asOf', { age: <Time iso={observedAt} /> })}</>;
}

/**
 * One calm line for each cluster that cannot be read, with the age of what is shown, and one for each thing that is amiss
 * with another. What is merely a fact belongs on the platform's page, unless hosts are silent about it here.
 */
export function ClusterNotices(props: {
  clusters: readonly ClusterState[];
  /** For those who look after clusters: what to do about one that cannot be read. */
  hasRemedies?: boolean;
}) {
  const t = useT();
  const { clusters, hasRemedies = false } = props;
  return (
    <>
      {clusters.map(({ cluster, reachable, observedAt, findings }) => {
        const [cause] = findings;
        if (!reachable) {
          return (
            <Notice key={cluster}>
              {cause?.message ??
                t(observedAt ? 'cluster.unreachable' : 'cluster.nothingKnown', {
                  cluster,
                })}
              <Age observedAt={observedAt} />
              {hasRemedies && cause?.remedy && ` ${cause.remedy}`}
            </Notice>
          );
        }
        return findings
          .filter(
            finding =>
              finding.severity !== 'info' ||
              (!hasRemedies && isSharedCause(finding)),
          )
          .map(({ reason, severity, message, remedy, subject }) => (
            <Notice
              key={`${cluster} ${reason} ${subject.name}`}
              severity={severity}
            >
              {message} {remedy}
            </Notice>
          ));
      })}
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
  const t = useT();
  const { refreshedAt, error } = props;
  if (!error) return null;
  const age = <Time iso={new Date(refreshedAt).toISOString()} />;
  return (
    <Notice>
      {isAnswer(error)
        ? t('cluster.staleBecause', { age, message: failureMessage(error) })
        : t('cluster.stale', { age })}
    </Notice>
  );
}
