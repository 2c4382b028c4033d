import { useRouteRef } from '@backstage/core-plugin-api';
import { Card, CardBody, Container, Link, Text } from '@backstage/ui';
import {
  platformReadPermission,
  type PlatformHealth,
  type PlatformPart,
} from 'backstage-plugin-networking-common';
import { usePlatform } from '../../hooks/usePlatform';
import { healthTone, partHealth } from '../../lib/health';
import { rootRouteRef } from '../../routes';
import { platformFact } from '../../translation/messages/platform';
import { useT } from '../../translation';
import { ClusterNotices } from '../EntityNetworking/Notices';
import { FindingView } from '../FindingView';
import { Hidden } from '../Hidden';
import { NoCluster } from '../NoCluster';
import { PermissionGate } from '../PermissionGate';
import { Polled } from '../Polled';
import { StatusIcon, toneClass } from '../StatusIcon';
import { Moment } from '../Time';
import { TrustCa } from '../TrustCa';
import { HostCounts } from './HostCounts';
import { Kinds } from './Kinds';
import styles from './PlatformPage.module.css';

type FactName = keyof typeof platformFact;

const isNamed = (name: string): name is FactName =>
  Object.hasOwn(platformFact, name);

const TIMES: ReadonlySet<string> = new Set<FactName>([
  'notBefore',
  'notAfter',
  'renewalTime',
]);

function Part(props: { part: PlatformPart; id: string }) {
  const t = useT();
  const { part, id } = props;
  const page = useRouteRef(rootRouteRef)();
  const object = part.namespace ? `${part.namespace}/${part.name}` : part.name;
  const health = partHealth(part);
  const tone = healthTone(health);
  const facts = Object.entries(part.facts);
  const quiet = health === 'healthy';
  return (
    <li id={id} className={`${styles.part} ${quiet ? '' : styles.loud}`}>
      <div className={styles.head}>
        <StatusIcon tone={tone} />
        <span className={`${styles.word} ${toneClass(tone)}`}>
          {t(`health.${health}`)}
        </span>
        <span className={styles.name}>
          {part.part === 'certificate' ? (
            <Link
              href={`${page}/certificates?search=${encodeURIComponent(
                part.name,
              )}`}
              aria-label={t('platform.certificateOf', { name: object })}
            >
              {t('platform.certificate')}
            </Link>
          ) : (
            t(`platform.${part.part}`)
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
              {t('platform.details')}
              <Hidden> {t('platform.detailsOf', { name: part.name })}</Hidden>
            </summary>
            <dl>
              {facts.map(([name, value]) => (
                <div key={name} className={styles.fact}>
                  <dt>{isNamed(name) ? t(`platformFact.${name}`) : name}</dt>
                  <dd>{TIMES.has(name) ? <Moment iso={value} /> : value}</dd>
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
  const t = useT();
  const { cluster, parts, findings } = props.cluster;
  const [first, ...others] = parts.filter(
    part => partHealth(part) !== 'healthy',
  );
  if (parts.length === 0) return <>{t('platform.nothing')}</>;
  if (!first) {
    return findings.some(({ severity }) => severity !== 'info') ? (
      <>{t('platform.seeBelow')}</>
    ) : (
      <>{t('platform.healthy')}</>
    );
  }
  return (
    <a href={`#${partId(cluster, first)}`} className={styles.inPage}>
      {t('platform.problems', { count: others.length + 1 })}
    </a>
  );
}

function Cluster(props: { cluster: PlatformHealth; isOnly: boolean }) {
  const t = useT();
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
                  {t('common.cluster', { cluster: cluster.cluster })}
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
    <Polled view={usePlatform()} what="platform" height={420}>
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
        <PermissionGate permission={platformReadPermission} what="platform">
          <Health />
        </PermissionGate>
      </div>
    </Container>
  );
}
