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
import { listed } from '../../lib/text';
import { trustSentence } from '../../lib/trust';
import { useT } from '../../translation';
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
  const t = useT();
  const { host, facts } = props;
  const { tls, probe } = host;
  const { certificate, issued, issuer } = tls;
  const chain = tls.chain ?? (certificate ? [certificate] : []);
  if (!certificate) {
    return (
      <Part heading="h4" title={t('hostCertificate.certificate')}>
        <p className={styles.line}>{t('hostCertificate.none')}</p>
      </Part>
    );
  }
  const served = probe?.tls;
  return (
    <>
      <Part
        heading="h4"
        title={t(
          issued ? 'hostCertificate.inUse' : 'hostCertificate.certificate',
        )}
      >
        <FactList
          facts={[
            [
              t('hostCertificate.issuedBy'),
              issuer
                ? `${issuer.kind} ${issuer.name}`
                : commonName(certificate.issuer),
            ],
            [t('hostCertificate.trust'), trustSentence(host)],
            [
              t('hostCertificate.covers'),
              <HostName
                text={
                  listed(...certificate.dnsNames) || t('hostCertificate.noHost')
                }
              />,
            ],
            [
              t('hostCertificate.thisHost'),
              tls.coversHost === undefined
                ? undefined
                : t(
                    tls.coversHost
                      ? 'hostCertificate.covered'
                      : 'hostCertificate.notCovered',
                  ),
            ],
          ]}
        />
        <Dates
          certificate={certificate}
          renewalTime={issued ? undefined : tls.renewalTime}
        />
      </Part>
      <Part heading="h4" title={t('hostCertificate.chain')}>
        <ChainPicture
          label={t('hostCertificate.chainOf', { host: host.host })}
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
        <Part heading="h4" title={t('hostCertificate.notInUse')}>
          <FactList
            facts={[
              [
                t('hostCertificate.serialIssued'),
                <code>{issued.serialNumber}</code>,
              ],
              [
                t('hostCertificate.serialServed'),
                <code>{certificate.serialNumber}</code>,
              ],
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
  const t = useT();
  const { dns } = props;
  if (!dns) return null;
  const { message, remedy } = dns.finding;
  return (
    <Part heading="h4" title={t('hostCertificate.dns')}>
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
  const t = useT();
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
      <Part heading="h4" title={t('hostCertificate.lastCheck')}>
        <LastProbe host={host} facts={facts} />
      </Part>
      <Name dns={host.dns} />
      {host.tls.word !== 'None' && (
        <details
          className={styles.more}
          onToggle={event => setShown(event.currentTarget.open)}
        >
          <summary>
            {t('hostCertificate.details')}
            <Hidden>
              {' '}
              {t('hostCertificate.detailsOf', { host: host.host })}
            </Hidden>
          </summary>
          {isShown && view.status === 'loading' && (
            <div
              aria-busy="true"
              aria-label={t('failure.loading.certificate')}
              className={styles.facts}
            >
              <Skeleton height={420} width="100%" />
            </div>
          )}
          {isShown && view.status === 'failed' && (
            <Failure
              kind={view.kind}
              error={view.error}
              what="certificate"
              onRetry={view.refresh}
            />
          )}
          {isShown && view.status === 'ready' && (
            <div className={styles.facts}>
              {facts ? (
                <IssuanceFacts facts={facts} cluster={exposure.cluster} />
              ) : (
                <p className={styles.line}>
                  {t('hostCertificate.nothingKnown')}
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
  const t = useT();
  const { host, exposure } = props;
  const [expanded, setExpanded] = useState(false);
  return (
    <Accordion isExpanded={expanded} onExpandedChange={setExpanded}>
      <AccordionTrigger>
        <strong className={styles.trigger}>
          {host.tls.word === 'None'
            ? t('hostCertificate.lastCheck')
            : t('hostCertificate.both')}
          <Hidden>
            {' '}
            {t('hostCertificate.ofHost', { host: hostText(t, host) })}
          </Hidden>
        </strong>
      </AccordionTrigger>
      <AccordionPanel>
        {expanded && <Opened host={host} exposure={exposure} />}
      </AccordionPanel>
    </Accordion>
  );
}
