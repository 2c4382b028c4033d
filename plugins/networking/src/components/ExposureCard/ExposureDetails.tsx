import { useId, useState, type ReactNode } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Skeleton,
  Text,
} from '@backstage/ui';
import type {
  CertificateSummary,
  Exposure,
  MatchReason,
} from 'backstage-plugin-networking-common';
import { useExposureDetail } from '../../hooks/useExposureDetail';
import { absoluteTime } from '../../lib/time';
import { CodeBlock } from '../CodeBlock';
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

function Facts(props: { facts: [string, ReactNode][] }) {
  return (
    <dl className={styles.facts}>
      {props.facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const certificateFacts = (
  certificate: CertificateSummary,
): [string, ReactNode][] => [
  ['Subject', certificate.subject],
  ['Signed by', certificate.issuer],
  ['Covers', certificate.dnsNames.join(', ') || 'no host'],
  ['Valid from', absoluteTime(certificate.notBefore)],
  ['Valid until', absoluteTime(certificate.notAfter)],
  ['SHA-256', certificate.fingerprintSha256],
  ['Serial number', certificate.serialNumber],
];

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
  const { certificate } = exposure.tls;
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
            <Section title="Certificate">
              {certificate ? (
                <Facts facts={certificateFacts(certificate)} />
              ) : (
                <Text as="p" color="secondary">
                  {exposure.tls.finding.message}
                </Text>
              )}
            </Section>
            <Section title="Services">
              {exposure.services.length > 0 ? (
                <Facts
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
              <Facts
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
                    ? ([['Listed here because', REASONS[reason]]] as [
                        string,
                        ReactNode,
                      ][])
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
