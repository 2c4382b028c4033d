import { useId, useState, type ReactNode } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Skeleton,
  Text,
} from '@backstage/ui';
import type { Exposure, MatchReason } from 'backstage-plugin-networking-common';
import { useExposureDetail } from '../../hooks/useExposureDetail';
import { CodeBlock } from '../CodeBlock';
import { FactList, type Fact } from '../FactList';
import { Failure } from '../Failure';
import { FindingView } from '../FindingView';
import styles from './ExposureCard.module.css';

const REASONS: Record<MatchReason, string> = {
  annotation: 'its annotation names this component',
  'kubernetes-id':
    'its label backstage.io/kubernetes-id is that of this component',
  'label-selector':
    "it matches this component's label selector in its namespace",
  service: 'it sends requests to a Service of this component',
};

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

const readySentence = (ready?: number, total?: number): string =>
  ready === undefined || total === undefined
    ? 'endpoints not known'
    : `${ready} of ${total} endpoints ready`;

function Manifest(props: { exposure: Exposure }) {
  const view = useExposureDetail(props.exposure);
  if (view.status === 'loading') return <Skeleton height={240} width="100%" />;
  if (view.status === 'failed') {
    return (
      <Failure
        kind={view.kind}
        error={view.error}
        what="the manifest"
        onRetry={view.refresh}
      />
    );
  }
  return (
    <CodeBlock text={view.data.yaml} label={`YAML of ${props.exposure.name}`} />
  );
}

/** Everything behind the three answers, folded until wanted. The manifest is read when it is opened. */
export function ExposureDetails(props: {
  exposure: Exposure;
  entityRef: string;
}) {
  const { exposure, entityRef } = props;
  const [expanded, setExpanded] = useState(false);
  const reason = exposure.entities.find(
    match => match.entityRef.toLocaleLowerCase('en') === entityRef,
  )?.reason;
  return (
    <Accordion isExpanded={expanded} onExpandedChange={setExpanded}>
      <AccordionTrigger title="Details" />
      <AccordionPanel>
        {expanded && (
          <div className={styles.details}>
            {exposure.findings.length > 0 && (
              <Section title="Findings">
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
            <Section title="Services">
              {exposure.services.length > 0 ? (
                <FactList
                  facts={exposure.services.map(service => [
                    `${service.namespace}/${service.name}${
                      service.port ? `:${service.port}` : ''
                    }`,
                    [
                      service.weight !== undefined &&
                        `weight ${service.weight}`,
                      readySentence(service.ready, service.total),
                    ]
                      .filter(Boolean)
                      .join(', '),
                  ])}
                />
              ) : (
                <Text as="p" color="secondary">
                  The route names no Service.
                </Text>
              )}
            </Section>
            <Section title="Route">
              <FactList
                facts={[
                  [exposure.kind, `${exposure.namespace}/${exposure.name}`],
                  ['Cluster', exposure.cluster],
                  [
                    'Managed by',
                    exposure.managed
                      ? 'this plugin'
                      : exposure.managedBy ?? 'somebody else',
                  ],
                  ...(reason
                    ? [['Listed here because', REASONS[reason]] as Fact]
                    : []),
                ]}
              />
            </Section>
            <Section title="YAML">
              <Manifest exposure={exposure} />
            </Section>
          </div>
        )}
      </AccordionPanel>
    </Accordion>
  );
}
