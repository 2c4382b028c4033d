import { useState } from 'react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Skeleton,
} from '@backstage/ui';
import {
  commonName,
  type CertificateFacts,
  type CertificateSummary,
  type DnsStatus,
  type ExposureAddress,
  type ExposureHost,
} from 'backstage-plugin-networking-common';
import { useExposureDetail } from '../../hooks/useExposureDetail';
import { hostText } from '../../lib/exposures';
import { trustSentence } from '../../lib/trust';
import { ChainPicture } from '../ChainPicture';
import { FactList } from '../FactList';
import { Failure } from '../Failure';
import { Hidden } from '../Hidden';
import { HostName } from '../HostName';
import { IssuanceFacts } from '../IssuanceFacts';
import { Part } from '../Part';
import { StatusIcon, type Tone } from '../StatusIcon';
import { ValidityBar } from '../ValidityBar';
import { LastProbe } from './LastProbe';
import styles from './CertificateSection.module.css';

function Dates(props: {
  certificate: CertificateSummary;
  renewalTime?: string;
}) {
  const { certificate, renewalTime } = props;
  return (
    <ValidityBar
      notBefore={certificate.notBefore}
      notAfter={certificate.notAfter}
      renewalTime={renewalTime}
    />
  );
}

/** What is known of the certificate before anything more is read. */
function Certificate(props: { host: ExposureHost; facts?: CertificateFacts }) {
  const { host, facts } = props;
  const { tls, probe } = host;
  const { certificate, issued, issuer } = tls;
  const chain = tls.chain ?? (certificate ? [certificate] : []);
  if (!certificate) {
    return (
      <Part heading="h4" title="Certificate">
        <p className={styles.line}>{tls.finding.message}</p>
        {tls.finding.remedy && (
          <p className={styles.remedy}>{tls.finding.remedy}</p>
        )}
      </Part>
    );
  }
  const served = probe?.tls;
  return (
    <>
      <Part heading="h4" title={issued ? 'Served now' : 'Certificate'}>
        <FactList
          facts={[
            [
              'Signed by',
              issuer
                ? `${issuer.kind} ${issuer.name}`
                : commonName(certificate.issuer),
            ],
            ['Trusted', trustSentence(host)],
            [
              'Covers',
              <HostName text={certificate.dnsNames.join(', ') || 'no host'} />,
            ],
            [
              'This host',
              tls.coversHost === undefined
                ? undefined
                : (tls.coversHost && 'is covered') || 'is not covered',
            ],
          ]}
        />
        <Dates
          certificate={certificate}
          renewalTime={issued ? undefined : tls.renewalTime}
        />
      </Part>
      <Part heading="h4" title="Chain">
        <ChainPicture
          label={`Chain of the certificate of ${host.host}`}
          chain={chain}
          signer={facts?.signer}
          root={facts?.root}
          trust={facts?.trust}
          verified={served?.verified ?? facts?.verified}
          verificationError={
            served?.verificationError ?? facts?.verificationError
          }
        />
      </Part>
      {issued && (
        <Part heading="h4" title="Issued, not served yet">
          <FactList
            facts={[
              ['Serial number issued', <code>{issued.serialNumber}</code>],
              ['Serial number served', <code>{certificate.serialNumber}</code>],
            ]}
          />
          <Dates certificate={issued} renewalTime={tls.renewalTime} />
        </Part>
      )}
    </>
  );
}

const DNS_TONES: Record<DnsStatus['state'], Tone> = {
  expected: 'good',
  other: 'attention',
  empty: 'attention',
  failed: 'unknown',
  notChecked: 'unknown',
};

/** Where the host's name leads, or that nobody asked. */
function Name(props: { dns: DnsStatus | undefined }) {
  const { dns } = props;
  if (!dns) return null;
  const { message, remedy } = dns.finding;
  return (
    <Part heading="h4" title="Name">
      <div className={styles.said}>
        <StatusIcon tone={DNS_TONES[dns.state] ?? 'unknown'} />
        <div>
          <p className={styles.line}>{message}</p>
          {remedy && <p className={styles.remedy}>{remedy}</p>}
        </div>
      </div>
    </Part>
  );
}

function Opened(props: { host: ExposureHost; exposure: ExposureAddress }) {
  const { host, exposure } = props;
  const view = useExposureDetail(exposure);
  const facts =
    view.status === 'ready'
      ? view.data.certificates?.find(({ hosts }) => hosts.includes(host.host))
          ?.facts
      : undefined;
  const [isShown, setShown] = useState(false);
  return (
    <div className={styles.parts}>
      {host.tls.word !== 'None' && <Certificate host={host} facts={facts} />}
      <Part heading="h4" title="Last check">
        <LastProbe host={host} facts={facts} />
      </Part>
      <Name dns={host.dns} />
      {host.tls.word !== 'None' && (
        <details
          className={styles.more}
          onToggle={event => setShown(event.currentTarget.open)}
        >
          <summary>
            All that cert-manager says
            <Hidden> of the certificate of {host.host}</Hidden>
          </summary>
          {isShown && view.status === 'loading' && (
            <div
              aria-busy="true"
              aria-label="Loading the facts"
              className={styles.facts}
            >
              <Skeleton height={420} width="100%" />
            </div>
          )}
          {isShown && view.status === 'failed' && (
            <Failure
              kind={view.kind}
              error={view.error}
              what="the facts of the certificate"
              onRetry={view.refresh}
            />
          )}
          {isShown && view.status === 'ready' && (
            <div className={styles.facts}>
              {facts ? (
                <IssuanceFacts facts={facts} cluster={exposure.cluster} />
              ) : (
                <p className={styles.line}>
                  Nothing more is known of the certificate of this host.
                </p>
              )}
            </div>
          )}
        </details>
      )}
    </div>
  );
}

/**
 * The certificate of a host and the last check of it, folded until wanted: who signed it, who trusts it, how long it lasts,
 * its chain, what was seen on the wire, where the name leads, and all that cert-manager says.
 */
export function CertificateSection(props: {
  host: ExposureHost;
  exposure: ExposureAddress;
}) {
  const { host, exposure } = props;
  const [expanded, setExpanded] = useState(false);
  return (
    <Accordion isExpanded={expanded} onExpandedChange={setExpanded}>
      <AccordionTrigger>
        <strong className={styles.trigger}>
          {host.tls.word === 'None'
            ? 'Last check'
            : 'Certificate and last check'}
          <Hidden> of {hostText(host)}</Hidden>
        </strong>
      </AccordionTrigger>
      <AccordionPanel>
        {expanded && <Opened host={host} exposure={exposure} />}
      </AccordionPanel>
    </Accordion>
  );
}
