import type { ReactNode } from 'react';
import type { Finding, Severity } from 'backstage-plugin-networking-common';
import { severityTone, StatusIcon } from '../StatusIcon';
import { Hidden } from '../Hidden';
import styles from './FindingView.module.css';

const WORDS: Record<Severity, string> = {
  blocking: 'Blocks this',
  confirm: 'To confirm',
  error: 'Trouble',
  warning: 'Warning',
  info: 'Good to know',
};

const subjectText = ({ subject }: Finding): string =>
  [
    subject.kind,
    subject.namespace ? `${subject.namespace}/${subject.name}` : subject.name,
    subject.cluster && `in ${subject.cluster}`,
    subject.field && `field ${subject.field}`,
  ]
    .filter(Boolean)
    .join(' ');

/** One finding: what happens, what to do, and one click away the condition or error behind it. */
export function FindingView(props: { finding: Finding; action?: ReactNode }) {
  const { finding, action } = props;
  const details = Object.entries(finding.details ?? {});
  return (
    <div className={styles.finding}>
      <StatusIcon tone={severityTone(finding.severity)} />
      <div className={styles.text}>
        <p className={styles.message}>
          <Hidden>{`${WORDS[finding.severity]}: `}</Hidden>
          {finding.message}
        </p>
        {finding.remedy && <p className={styles.remedy}>{finding.remedy}</p>}
        {action}
        <details className={styles.raw}>
          <summary>{finding.reason}</summary>
          <dl className={styles.facts}>
            <dt>About</dt>
            <dd>{subjectText(finding)}</dd>
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
