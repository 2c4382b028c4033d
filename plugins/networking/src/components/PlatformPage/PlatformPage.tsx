import { useRouteRef } from '@backstage/core-plugin-api';
import { Card, CardBody, Container, Link, Text } from '@backstage/ui';
import {
  platformReadPermission,
  type PlatformHealth,
  type PlatformPart,
} from 'backstage-plugin-networking-common';
import { usePlatform } from '../../hooks/usePlatform';
import { rootRouteRef } from '../../routes';
import { ClusterNotices } from '../EntityNetworking/Notices';
import { FindingView } from '../FindingView';
import { Hidden } from '../Hidden';
import { NoCluster } from '../NoCluster';
import { PermissionGate } from '../PermissionGate';
import { Polled } from '../Polled';
import { StatusIcon, toneClass, type Tone } from '../StatusIcon';
import { TrustCa } from '../TrustCa';
import { HostCounts } from './HostCounts';
import { Kinds } from './Kinds';
import styles from './PlatformPage.module.css';

const PARTS: Record<PlatformPart['part'], string> = {
  gatewayclass: 'GatewayClass',
  gateway: 'Gateway',
  listener: 'Listener',
  issuer: 'Issuer',
  certificate: 'Certificate',
  redirect: 'HTTP to HTTPS redirect',
};

const TONES: Record<PlatformPart['state'], Tone> = {
  good: 'good',
  attention: 'attention',
  bad: 'bad',
  unknown: 'unknown',
};

const WORDS: Record<PlatformPart['state'], string> = {
  good: 'Good',
  attention: 'Needs attention',
  bad: 'Bad',
  unknown: 'Not known',
};

/** Facts that are told as somebody's word. */
const FACTS: Readonly<Record<string, string>> = {
  addresses: 'addresses, as the cluster says',
};

function Part(props: { part: PlatformPart; id: string }) {
  const { part, id } = props;
  const page = useRouteRef(rootRouteRef)();
  const object = part.namespace ? `${part.namespace}/${part.name}` : part.name;
  const tone = TONES[part.state] ?? 'unknown';
  const facts = Object.entries(part.facts);
  const quiet = part.state === 'good';
  return (
    <li id={id} className={`${styles.part} ${quiet ? '' : styles.loud}`}>
      <div className={styles.head}>
        <StatusIcon tone={tone} />
        <span className={`${styles.word} ${toneClass(tone)}`}>
          {WORDS[part.state]}
        </span>
        <span className={styles.name}>
          {part.part === 'certificate' ? (
            <Link
              href={`${page}/certificates?search=${encodeURIComponent(
                part.name,
              )}`}
              aria-label={`Certificate ${object}`}
            >
              {PARTS.certificate}
            </Link>
          ) : (
            PARTS[part.part]
          )}{' '}
          <span className={styles.object}>{object}</span>
        </span>
      </div>
      <div className={styles.body}>
        <p className={quiet ? styles.quiet : undefined}>{part.summary}</p>
        {part.findings.map(finding => (
          <FindingView
            key={`${finding.reason}:${finding.subject.name}`}
            finding={finding}
          />
        ))}
        {facts.length > 0 && (
          <details className={styles.facts}>
            <summary>
              Facts<Hidden> of {part.name}</Hidden>
            </summary>
            <dl>
              {facts.map(([name, value]) => (
                <div key={name} className={styles.fact}>
                  <dt>{FACTS[name] ?? name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}

const partId = (cluster: string, part: PlatformPart) =>
  ['networking', cluster, part.part, part.namespace, part.name]
    .filter(Boolean)
    .join('-');

/** How many parts need somebody, leading to the first of them. */
function Summary(props: { cluster: PlatformHealth }) {
  const { cluster, parts, findings } = props.cluster;
  const [first, ...others] = parts.filter(part => part.state !== 'good');
  if (parts.length === 0) return <>Nothing is known of this platform.</>;
  if (!first) {
    return findings.some(({ severity }) => severity !== 'info') ? (
      <>Every part is in order; what needs somebody is said below.</>
    ) : (
      <>Nothing that exposures rely on needs somebody.</>
    );
  }
  return (
    <a href={`#${partId(cluster, first)}`} className={styles.inPage}>
      {others.length === 0
        ? '1 part needs somebody.'
        : `${others.length + 1} parts need somebody.`}
    </a>
  );
}

function Cluster(props: { cluster: PlatformHealth; isOnly: boolean }) {
  const { cluster, isOnly } = props;
  const id = `networking-cluster-${cluster.cluster}`;
  return (
    <section aria-labelledby={id}>
      <Card>
        <CardBody>
          <div className={styles.cluster}>
            <div className={styles.title}>
              <div>
                <Text as="h2" id={id} variant="title-x-small" weight="bold">
                  Cluster {cluster.cluster}
                </Text>
                <Text as="p" color="secondary">
                  <Summary cluster={cluster} />
                </Text>
              </div>
              <TrustCa cluster={cluster.cluster} />
            </div>
            <ClusterNotices clusters={[cluster]} hasRemedies />
            {cluster.findings
              .filter(({ severity }) => severity === 'info')
              .map(finding => (
                <FindingView
                  key={`${finding.reason} ${finding.subject.name}`}
                  finding={finding}
                />
              ))}
            <HostCounts cluster={cluster.cluster} isOnly={isOnly} />
            <ul className={styles.parts}>
              {cluster.parts.map(part => (
                <Part
                  key={`${part.part}/${part.namespace ?? ''}/${part.name}`}
                  id={partId(cluster.cluster, part)}
                  part={part}
                />
              ))}
            </ul>
            <Kinds cluster={cluster.cluster} kinds={cluster.kinds} />
          </div>
        </CardBody>
      </Card>
    </section>
  );
}

function Health() {
  return (
    <Polled view={usePlatform()} what="the platform's health" height={420}>
      {({ clusters }) => (
        <>
          {clusters.length === 0 && <NoCluster heading />}
          {clusters.map(cluster => (
            <Cluster
              key={cluster.cluster}
              cluster={cluster}
              isOnly={clusters.length === 1}
            />
          ))}
        </>
      )}
    </Polled>
  );
}

/** Is the platform healthy: one line for each part, the good ones quiet, the bad ones with finding and remedy. */
export function PlatformPage() {
  return (
    <Container>
      <div className={styles.page}>
        <PermissionGate
          permission={platformReadPermission}
          what="the platform's health"
        >
          <Health />
        </PermissionGate>
      </div>
    </Container>
  );
}
