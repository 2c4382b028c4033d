import type {
  CertificateSummary,
  Exposure,
  ExposureHost,
  ProbeFacts,
  TlsStatus,
  Verdict,
  WayStop,
} from 'backstage-plugin-networking-common';
import { HTTPS_PORT, SUFFIX, daysAhead, finding, secondsAgo } from './basics';
import { ca } from './certificates/ca';
import { leafOf } from './certificates/facts';

export * from './basics';

const wildcard = (days: number): CertificateSummary =>
  leafOf('idp-wildcard', 3, {
    subject: `CN=*.${SUFFIX}`,
    dnsNames: [`*.${SUFFIX}`, SUFFIX],
    notBefore: daysAhead(days - 365),
    notAfter: daysAhead(days),
  });

/** TLS that every client with the CA verifies. */
export const goodTls = (days = 341): TlsStatus => ({
  word: 'Good',
  finding: finding(
    'CertificateVerified',
    'Clients that trust idp-demo-ca verify this host.',
  ),
  issuer: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
  coversHost: true,
  validFrom: daysAhead(days - 365),
  validUntil: daysAhead(days),
  daysLeft: days,
  renewalTime: daysAhead(days - 30),
  trustedBy: {
    subject: ca.subject,
    fingerprintSha256: ca.fingerprintSha256,
  },
  certificate: wildcard(days),
  chain: [wildcard(days), ca],
});

/** TLS that will hurt soon. */
export const expiringTls = (): TlsStatus => ({
  ...goodTls(6),
  word: 'Degraded',
  finding: finding(
    'CertificateExpiresSoon',
    'Browsers refuse this host in 6 days: the certificate was due for renewal 24 days ago.',
    {
      severity: 'warning',
      remedy:
        'Ask the platform admins to look at Certificate kube-system/idp-wildcard-cert.',
      details: { 'Ready.reason': 'Renewing', 'Ready.message': 'Issuing' },
    },
  ),
});

/** TLS that browsers refuse. */
export const badTls = (): TlsStatus => ({
  ...goodTls(200),
  word: 'Bad',
  finding: finding(
    'SignedByReplacedCa',
    'Browsers refuse this certificate: it was signed by a CA key that was replaced on 3 March.',
    {
      severity: 'error',
      remedy: 'Renew Certificate kube-system/idp-wildcard-cert.',
    },
  ),
  trustedBy: undefined,
});

const STOPS: WayStop['kind'][] = [
  'client',
  'address',
  'listener',
  'route',
  'service',
  'endpoints',
];

/** What is known of the stops behind one that is not passed. */
const BEHIND = {
  failing: 'unknown',
  refused: 'ok',
  waiting: 'waiting',
  unknown: 'unknown',
} as const;

/** The way, passed up to `until`; what comes after is waited for, or unknown behind a failing stop. */
export function way(
  labels: { namespace: string; name: string; service: string; ready?: string },
  until:
    | {
        stop: WayStop['kind'];
        state: 'failing' | 'refused' | 'waiting' | 'unknown';
        note?: string;
      }
    | 'end' = 'end',
): WayStop[] {
  const text: Record<WayStop['kind'], string> = {
    client: 'you',
    address: `192.0.2.20:${HTTPS_PORT}`,
    listener: 'https',
    route: `${labels.namespace}/${labels.name}`,
    service: labels.service,
    endpoints: labels.ready ?? '2 of 2 ready',
  };
  const end = until === 'end' ? STOPS.length : STOPS.indexOf(until.stop);
  return STOPS.map((kind, index): WayStop => {
    if (until === 'end' || index < end) {
      return { kind, label: text[kind], state: 'ok' };
    }
    if (index === end) {
      return { kind, label: text[kind], state: until.state, note: until.note };
    }
    return { kind, label: text[kind], state: BEHIND[until.state] };
  });
}

const probe = (host: string, status: number): ProbeFacts => ({
  host,
  address: '192.0.2.20',
  port: HTTPS_PORT,
  path: '/',
  at: secondsAgo(12),
  durationMs: 14,
  tls: {
    verified: true,
    protocol: 'TLSv1.3',
    leaf: wildcard(341),
    chain: [wildcard(341), ca],
  },
  http: { status, server: 'demo' },
});

/** Answers, proved. */
export const live = (): Verdict => ({
  word: 'Live',
  finding: finding('Answers', 'Answered 200.'),
});

/** Written, and the controller has said nothing yet. */
export const pending = (): Verdict => ({
  word: 'Pending',
  finding: finding(
    'ControllerSilent',
    'The gateway has not taken this route yet; it has been waiting for 8 seconds.',
    { remedy: 'Wait a moment: the gateway usually answers within 10 seconds.' },
  ),
});

/** Answers, but something will hurt. */
export const degraded = (): Verdict => ({
  word: 'Degraded',
  finding: finding(
    'CertificateExpiresSoon',
    'It answers, but browsers refuse this host in 6 days.',
    {
      severity: 'warning',
      remedy:
        'Ask the platform admins to look at Certificate kube-system/idp-wildcard-cert.',
    },
  ),
});

/** Fails at the Service. */
export const broken = (service = 'shop-beta'): Verdict => ({
  word: 'Broken',
  finding: finding(
    'NoReadyEndpoints',
    `The gateway answers 503: Service ${service} has no ready endpoints.`,
    {
      severity: 'error',
      remedy: `Check the labels of the deployment behind Service ${service}, or choose another Service.`,
      subject: { kind: 'Service', namespace: 'shop', name: service },
      details: {
        'ResolvedRefs.status': 'True',
        'ResolvedRefs.reason': 'ResolvedRefs',
        'EndpointSlice shop-beta-x7k2p': '0 of 1 ready',
      },
    },
  ),
});

/** Cannot be seen. */
export const unknown = (): Verdict => ({
  word: 'Unknown',
  finding: finding(
    'ClusterUnreachable',
    'Whether it answers cannot be seen: cluster attic does not answer.',
    { remedy: 'Ask the platform admins to look at the API server of attic.' },
  ),
});

/** The gateway has not shown itself at the address that is dialled, as its cluster says for all hosts. */
export const notShown = (host: string): Verdict => ({
  word: 'Unknown',
  finding: finding(
    'GatewayNotShown',
    `${host} is not checked from here: Backstage has not found the gateway's address.`,
    {
      remedy: `Open https://${host} yourself, and ask the platform's admins to set [probe] address.`,
    },
  ),
});

/** One exposure with one host; what is not said is well. */
export function exposure(
  label: string,
  more: Partial<Exposure> & {
    verdict?: Verdict;
    tls?: TlsStatus;
    status?: number;
    service?: string;
    stops?: WayStop[];
    suffix?: string;
  } = {},
): Exposure {
  const {
    verdict = live(),
    tls = goodTls(),
    status = 200,
    namespace = 'shop',
    service = label,
    stops,
    suffix = SUFFIX,
    ...rest
  } = more;
  const name = rest.name ?? `${label}-k3v9q2mx`;
  const host = `${label}.${suffix}`;
  const labels = { namespace, name, service: `${service}:8080` };
  const ofHost: ExposureHost = {
    host,
    url: `https://${host}:${HTTPS_PORT}`,
    listener: 'https',
    verdict,
    tls,
    way: stops ?? way(labels),
    probe:
      verdict.word === 'Pending' || verdict.word === 'Unknown'
        ? undefined
        : probe(host, status),
  };
  return {
    cluster: 'local',
    namespace,
    name,
    uid: `uid-${namespace}-${label}`,
    generation: 1,
    kind: 'HTTPRoute',
    managed: true,
    entities: [
      { entityRef: `component:default/${namespace}`, reason: 'annotation' },
    ],
    hosts: [ofHost],
    services: [
      { namespace, name: service, port: 8080, weight: 1, ready: 2, total: 2 },
    ],
    verdict,
    tls,
    findings: verdict.word === 'Live' ? [] : [verdict.finding],
    ...rest,
  };
}

/** An exposure whose Service has no endpoints. */
export const brokenExposure = (): Exposure =>
  exposure('beta', {
    verdict: broken(),
    status: 503,
    service: 'shop-beta',
    stops: way(
      {
        namespace: 'shop',
        name: 'beta-k3v9q2mx',
        service: 'shop-beta:8080',
        ready: '0 of 1 ready',
      },
      {
        stop: 'endpoints',
        state: 'failing',
        note: 'Its selector app=shop-beta matches no ready pod.',
      },
    ),
    services: [
      { namespace: 'shop', name: 'shop-beta', port: 8080, ready: 0, total: 1 },
    ],
  });
