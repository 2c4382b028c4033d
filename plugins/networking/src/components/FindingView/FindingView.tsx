import type { ReactNode } from 'react';
import type { Finding, Severity } from 'backstage-plugin-networking-common';
import { qualified } from '../../lib/names';
import { useT, type Translate } from '../../translation';
import { severityTone, StatusIcon } from '../StatusIcon';
import { Hidden } from '../Hidden';
import styles from './FindingView.module.css';

const SEVERITIES: ReadonlySet<Severity> = new Set<Severity>([
  'blocking',
  'confirm',
  'error',
  'warning',
  'info',
]);

function subjectText(
  t: Translate,
  { subject: { kind, cluster, ...subject } }: Finding,
): string {
  const name = qualified(subject);
  return cluster
    ? t('finding.subjectInCluster', { kind, name, cluster })
    : t('finding.subject', { kind, name });
}

/** One finding: what happens, what to do, and one click away the condition or error behind it. */
export function FindingView(props: { finding: Finding; action?: ReactNode }) {
  const t = useT();
  const { finding, action } = props;
  const details = Object.entries(finding.details ?? {});
  return (
    <div className={styles.finding}>
      <StatusIcon tone={severityTone(finding.severity)} />
      <div className={styles.text}>
        <p className={styles.message}>
          <Hidden>
            {SEVERITIES.has(finding.severity) &&
              t(`finding.${finding.severity}`)}
            {': '}
          </Hidden>
          {finding.message}
        </p>
        {finding.remedy && <p className={styles.remedy}>{finding.remedy}</p>}
        {action}
        <details className={styles.raw}>
          <summary>{finding.reason}</summary>
          <dl className={styles.facts}>
            <dt>{t('finding.about')}</dt>
            <dd>{subjectText(t, finding)}</dd>
            {finding.subject.field && (
              <div className={styles.pair}>
                <dt>{t('finding.field')}</dt>
                <dd>{finding.subject.field}</dd>
              </div>
            )}
            {details.map(([name, value]) => (
              <div key={name} className={styles.pair}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </div>
  );
}
