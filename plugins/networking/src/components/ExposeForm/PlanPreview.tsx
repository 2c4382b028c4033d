import { Card, CardBody, Skeleton, Text } from '@backstage/ui';
import type {
  ExposurePlan,
  FieldChange,
} from 'backstage-plugin-networking-common';
import type { PlanView } from '../../hooks/usePlan';
import { failureFindings, failureMessage } from '../../lib/errors';
import { qualified } from '../../lib/names';
import { useT, type Translate } from '../../translation';
import { CodeBlock } from '../CodeBlock';
import { FindingView } from '../FindingView';
import { StatusIcon } from '../StatusIcon';
import styles from './ExposeForm.module.css';

function actionText(
  t: Translate,
  { action, diff, name, request }: ExposurePlan,
): string {
  const { namespace, cluster = '' } = request;
  const route = name ? qualified({ namespace, name }) : '';
  switch (action) {
    case 'create':
      return route
        ? t('plan.create', { name: route, cluster })
        : t('plan.createUnnamed', { cluster });
    case 'update':
      return t('plan.update', { name: route, count: diff.length });
    case 'unchanged':
      return t('plan.unchanged');
    default:
      return t('plan.refused');
  }
}

const valueText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : JSON.stringify(value);

function Diff(props: { changes: readonly FieldChange[] }) {
  const t = useT();
  return (
    <table className={styles.diff}>
      <caption>{t('plan.changes')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('plan.field')}</th>
          <th scope="col">{t('plan.current')}</th>
          <th scope="col">{t('plan.new')}</th>
        </tr>
      </thead>
      <tbody>
        {props.changes.map(change => (
          <tr key={change.path}>
            <th scope="row">{change.path}</th>
            <td>{valueText(change.before) ?? t('plan.absent')}</td>
            <td>{valueText(change.after) ?? t('plan.removed')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Plan(props: { plan: ExposurePlan }) {
  const t = useT();
  const { plan } = props;
  return (
    <>
      <p className={styles.action}>
        <StatusIcon tone={plan.action === 'refused' ? 'bad' : 'info'} />
        {actionText(t, plan)}
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
      {plan.yaml && <CodeBlock text={plan.yaml} label={t('plan.yaml')} />}
    </>
  );
}

/** What will happen: findings first, then the diff, then the exact YAML. The last plan stays while the next is made. */
export function PlanPreview(props: { view: PlanView; headingId: string }) {
  const t = useT();
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
                {t('plan.title')}
              </Text>
              <span role="status" className={styles.checking}>
                {checking ? t('plan.working') : ''}
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
              <p className={styles.hint}>{t('plan.hint')}</p>
            )}
          </div>
        </CardBody>
      </Card>
    </section>
  );
}
