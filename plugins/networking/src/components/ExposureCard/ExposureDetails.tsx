import { useId, useState, type ReactNode } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Exposure } from 'backstage-plugin-networking-common';
import { useExposureDetail } from '../../hooks/useExposureDetail';
import { beside } from '../../lib/text';
import { useT, type Translate } from '../../translation';
import { CodeBlock } from '../CodeBlock';
import { FactList, type Fact } from '../FactList';
import { Failure } from '../Failure';
import { FindingView } from '../FindingView';
import styles from './ExposureCard.module.css';

function Section(props: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <Text as="h4" id={id} variant="body-medium" weight="bold">
        {props.title}
      </Text>
      {props.children}
    </section>
  );
}

const readyText = (t: Translate, ready?: number, total?: number): string =>
  ready === undefined || total === undefined
    ? t('exposure.endpointsUnknown')
    : t('exposure.endpoints', { ready, count: total });

function Manifest(props: { exposure: Exposure }) {
  const t = useT();
  const view = useExposureDetail(props.exposure);
  if (view.status === 'loading') return <Skeleton height={240} width="100%" />;
  if (view.status === 'failed') {
    return (
      <Failure
        kind={view.kind}
        error={view.error}
        what="manifest"
        onRetry={view.refresh}
      />
    );
  }
  return (
    <CodeBlock
      text={view.data.yaml}
      label={t('exposure.yamlOf', { name: props.exposure.name })}
    />
  );
}

/** Everything behind the three answers, folded until wanted. The manifest is read when it is opened. */
export function ExposureDetails(props: {
  exposure: Exposure;
  entityRef: string;
}) {
  const t = useT();
  const { exposure, entityRef } = props;
  const [expanded, setExpanded] = useState(false);
  const reason = exposure.entities.find(
    match => match.entityRef.toLocaleLowerCase('en') === entityRef,
  )?.reason;
  return (
    <Accordion isExpanded={expanded} onExpandedChange={setExpanded}>
      <AccordionTrigger title={t('common.details')} />
      <AccordionPanel>
        {expanded && (
          <div className={styles.details}>
            {exposure.findings.length > 0 && (
              <Section title={t('exposure.findings')}>
                {exposure.findings.map(finding => (
                  <FindingView
                    key={`${finding.reason}:${finding.subject.kind}/${
                      finding.subject.name
                    }/${finding.subject.field ?? ''}`}
                    finding={finding}
                  />
                ))}
              </Section>
            )}
            <Section title={t('exposure.services')}>
              {exposure.services.length > 0 ? (
                <FactList
                  facts={exposure.services.map(service => [
                    `${service.namespace}/${service.name}${
                      service.port ? `:${service.port}` : ''
                    }`,
                    beside(
                      service.weight !== undefined &&
                        t('exposure.weight', { weight: service.weight }),
                      readyText(t, service.ready, service.total),
                    ),
                  ])}
                />
              ) : (
                <Text as="p" color="secondary">
                  {t('exposure.noService')}
                </Text>
              )}
            </Section>
            <Section title={t('exposure.route')}>
              <FactList
                facts={[
                  [exposure.kind, `${exposure.namespace}/${exposure.name}`],
                  [t('exposure.cluster'), exposure.cluster],
                  [
                    t('exposure.manager'),
                    exposure.managed
                      ? t('exposure.thisPlugin')
                      : exposure.managedBy ?? t('exposure.somebodyElse'),
                  ],
                  ...(reason
                    ? [
                        [
                          t('exposure.why'),
                          t(`exposure.reason.${reason}`),
                        ] as Fact,
                      ]
                    : []),
                ]}
              />
            </Section>
            <Section title={t('exposure.yaml')}>
              <Manifest exposure={exposure} />
            </Section>
          </div>
        )}
      </AccordionPanel>
    </Accordion>
  );
}
