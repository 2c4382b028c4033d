import type {
  CertificateSummary,
  Exposure,
  ExposureHost,
  Finding,
  ProbeFacts,
  TlsStatus,
  Verdict,
  WayStop,
} from 'backstage-plugin-networking-common';

const DAY = 24 * 60 * 60 * 1000;

/** Suffix and port of the imaginary platform: the documentation range of RFC 5737. */
export const SUFFIX = '192-0-2-20.nip.io';
export const HTTPS_PORT = 30443;

/** ISO time so many seconds before the present. */
export const secondsAgo = (seconds: number, now = Date.now()): string =>
  new Date(now - seconds * 1000).toISOString();

/** ISO time so many days after the present, and an hour, so that whole days are left. */
export const daysAhead = (days: number, now = Date.now()): string =>
  new Date(now + days * DAY + DAY / 24).toISOString();

/** A finding about a route unless something else is said. */
export const finding = (
  reason: string,
  message: string,
  more: Partial<Finding> = {},
): Finding => ({
  reason,
  severity: 'info',
  message,
  subject: { kind: 'HTTPRoute', namespace: 'shop', name: 'shop' },
  ...more,
});

const FINGERPRINT =
  '5D:7A:11:0C:93:E2:4B:60:AF:3E:19:88:C1:02:D4:77:6B:F5:20:9A:EE:31:48:07:BC:56:82:D9:14:60:A3:FE';

const wildcard = (days: number): CertificateSummary => ({
  subject: `CN=*.${SUFFIX}`,
  issuer: 'CN=idp-demo-ca',
  dnsNames: [`*.${SUFFIX}`, SUFFIX],
  serialNumber: '3F9A0C7712',
  notBefore: daysAhead(days - 365),
  notAfter: daysAhead(days),
  fingerprintSha256: FINGERPRINT,
  isCa: false,
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
  trustedBy: { subject: 'CN=idp-demo-ca', fingerprintSha256: FINGERPRINT },
  certificate: wildcard(days),
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

/** The way, passed up to `until`; what comes after is waited for, or unknown behind a failing stop. */
export function way(
  labels: { namespace: string; name: string; service: string; ready?: string },
  until:
    | {
        stop: WayStop['kind'];
        state: 'failing' | 'waiting' | 'unknown';
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
    if (index < end) return { kind, label: text[kind], state: 'ok' };
    if (until !== 'end' && index === end) {
      return { kind, label: text[kind], state: until.state, note: until.note };
    }
    return {
      kind,
      label: text[kind],
      state:
        until !== 'end' && until.state === 'waiting' ? 'waiting' : 'unknown',
    };
  });
}

const probe = (host: string, status: number): ProbeFacts => ({
  host,
  address: '192.0.2.20',
  port: HTTPS_PORT,
  path: '/',
  at: secondsAgo(12),
  durationMs: 14,
  http: { status },
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
