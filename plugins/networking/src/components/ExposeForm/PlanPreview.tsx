import { Card, CardBody, Skeleton, Text } from '@backstage/ui';
import type {
  ExposurePlan,
  FieldChange,
} from 'backstage-plugin-networking-common';
import type { PlanView } from '../../hooks/usePlan';
import { failureFindings, failureMessage } from '../../lib/errors';
import { CodeBlock } from '../CodeBlock';
import { FindingView } from '../FindingView';
import { StatusIcon } from '../StatusIcon';
import styles from './ExposeForm.module.css';

const routeOf = (plan: ExposurePlan): string =>
  plan.name ? `HTTPRoute ${plan.request.namespace}/${plan.name}` : 'The route';

const actionSentence = (plan: ExposurePlan): string => {
  switch (plan.action) {
    case 'create':
      return `${routeOf(plan)} is created in cluster ${plan.request.cluster}.`;
    case 'update':
      return `${routeOf(plan)} is changed in ${
        plan.diff.length === 1 ? '1 field' : `${plan.diff.length} fields`
      }.`;
    case 'unchanged':
      return `Nothing changes: the cluster already holds exactly this.`;
    default:
      return 'Nothing can be written yet.';
  }
};

const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value) ?? 'absent';

function Diff(props: { changes: readonly FieldChange[] }) {
  return (
    <table className={styles.diff}>
      <caption>What changes</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Now</th>
          <th scope="col">Then</th>
        </tr>
      </thead>
      <tbody>
        {props.changes.map(change => (
          <tr key={change.path}>
            <th scope="row">{change.path}</th>
            <td>{valueText(change.before)}</td>
            <td>{valueText(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Plan(props: { plan: ExposurePlan }) {
  const { plan } = props;
  return (
    <>
      <p className={styles.action}>
        <StatusIcon tone={plan.action === 'refused' ? 'bad' : 'info'} />
        {actionSentence(plan)}
      </p>
      {plan.findings.map(finding => (
        <FindingView
          key={`${finding.reason}:${finding.subject.name}:${
            finding.subject.field ?? ''
          }`}
          finding={finding}
        />
      ))}
      {plan.action === 'update' && plan.diff.length > 0 && (
        <Diff changes={plan.diff} />
      )}
      {plan.yaml && <CodeBlock text={plan.yaml} label="YAML to apply" />}
    </>
  );
}

/** What will happen: findings first, then the diff, then the exact YAML. The last plan stays while the next is made. */
export function PlanPreview(props: { view: PlanView; headingId: string }) {
  const { plan, checking, error } = props.view;
  return (
    <section aria-labelledby={props.headingId} className={styles.previewCard}>
      <Card>
        <CardBody>
          <div className={styles.previewPane}>
            <div className={styles.previewHead}>
              <Text
                as="h3"
                id={props.headingId}
                variant="body-large"
                weight="bold"
              >
                What will happen
              </Text>
              <span role="status" className={styles.checking}>
                {checking ? 'Working it out…' : ''}
              </span>
            </div>
            {error && !checking && (
              <div role="alert" className={styles.problem}>
                <StatusIcon tone="bad" />
                <div>
                  <p>{failureMessage(error)}</p>
                  {failureFindings(error).map(finding => (
                    <FindingView key={finding.reason} finding={finding} />
                  ))}
                </div>
              </div>
            )}
            {plan && (
              <div
                className={checking ? styles.outdated : styles.current}
                aria-busy={checking}
              >
                <Plan plan={plan} />
              </div>
            )}
            {!plan && checking && <Skeleton height={320} width="100%" />}
            {!plan && !checking && !error && (
              <p className={styles.hint}>
                Choose a Service and a port: the exact YAML shows here before
                anything is written.
              </p>
            )}
          </div>
        </CardBody>
      </Card>
    </section>
  );
}
