import type {
  CertificateFacts,
  CertificateRow,
  CertificatesView,
  Exposure,
  ProbeFacts,
  TlsStatus,
  Verdict,
  VerdictWord,
} from 'backstage-plugin-networking-common';
import { HTTPS_PORT, SUFFIX, finding, secondsAgo } from '../basics';
import { exposure, live } from '../exposures';
import { ca } from './ca';
import { caStatus, demoIssuer, factsOf, leafOf, statusOf } from './facts';
import { certificateStates, type CertificateState } from './states';

const DAY = 86_400_000;
/** Namespace of the exposures of which each has a certificate in another state. */
export const CERTIFICATES = 'certificates';

const leafServed = ({ served, facts }: CertificateState) =>
  served === undefined ? facts.leaf : served ?? undefined;

function tlsOf(state: CertificateState): TlsStatus {
  const { facts, word, coversHost = true } = state;
  const leaf = leafServed(state);
  const until = leaf?.notAfter;
  const isOther =
    leaf &&
    facts.leaf &&
    leaf.fingerprintSha256 !== facts.leaf.fingerprintSha256;
  return {
    word,
    finding: state.finding,
    ...(facts.issuer && {
      issuer: { kind: facts.issuer.kind, name: facts.issuer.name },
    }),
    ...(leaf && {
      coversHost,
      validFrom: leaf.notBefore,
      validUntil: until,
      daysLeft: Math.floor((Date.parse(until ?? '') - Date.now()) / DAY),
      certificate: leaf,
      chain: [leaf, ...(facts.chain ?? [])],
    }),
    renewalTime: facts.certificate?.renewalTime,
    ...(facts.verified &&
      facts.signer && {
        trustedBy: {
          subject: facts.signer.subject,
          fingerprintSha256: facts.signer.fingerprintSha256,
        },
      }),
    ...(isOther && { issued: facts.leaf }),
  };
}

function probeOf(state: CertificateState): ProbeFacts {
  const leaf = leafServed(state);
  const { facts, failure, dns, coversHost = true } = state;
  const host = `${state.label}.${SUFFIX}`;
  return {
    host,
    address: '192.0.2.20',
    port: HTTPS_PORT,
    path: '/',
    at: secondsAgo(12),
    durationMs: 23,
    ...(dns && { dns }),
    ...(leaf && {
      tls: {
        verified: coversHost && facts.verified === true,
        verificationError: coversHost
          ? facts.verificationError
          : 'ERR_TLS_CERT_ALTNAME_INVALID',
        protocol: 'TLSv1.3',
        leaf,
        chain: [leaf, ...(facts.chain ?? [])],
      },
      http: { status: 200, server: 'demo' },
    }),
    ...(failure && { failure }),
  };
}

const VERDICTS: Record<TlsStatus['word'], VerdictWord> = {
  Good: 'Live',
  Degraded: 'Degraded',
  Bad: 'Broken',
  Unknown: 'Unknown',
  None: 'Degraded',
};

function exposureOf(state: CertificateState): Exposure {
  const verdict: Verdict =
    state.word === 'Good'
      ? live()
      : { word: VERDICTS[state.word], finding: state.finding };
  const made = exposure(state.label, {
    namespace: CERTIFICATES,
    service: state.label,
    verdict,
    tls: tlsOf(state),
  });
  made.hosts[0].probe =
    leafServed(state) || state.failure ? probeOf(state) : undefined;
  return made;
}

/** An exposure for each state that a certificate can be in. */
export const certificateExposures = (): Exposure[] =>
  certificateStates().map(exposureOf);

const WILDCARD = { dnsNames: [`*.${SUFFIX}`, SUFFIX] };

/** Of the certificate of most hosts of the imaginary platform. */
export const wildcardFacts = (): CertificateFacts =>
  factsOf('idp-wildcard', {
    certificate: statusOf('idp-wildcard', WILDCARD),
    leaf: leafOf('idp-wildcard', 3, { ...WILDCARD, subject: `CN=*.${SUFFIX}` }),
  });

/** What is known of the certificate of a host; the wildcard's where it has none of its own. */
export function factsOfHost(host: string): CertificateFacts {
  const [label] = host.split('.');
  const state = certificateStates().find(known => known.label === label);
  return state?.facts ?? wildcardFacts();
}

const listenersOf = (section: string): CertificateRow['listeners'] => [
  { kind: 'Gateway', namespace: 'kube-system', name: 'idp-gateway', section },
];

const hostsOf = (exposures: readonly Exposure[]): CertificateRow['hosts'] =>
  exposures.flatMap(({ cluster, namespace, name, hosts, entities }) =>
    hosts.map(({ host }) => ({
      host,
      exposure: { cluster, namespace, name },
      entities: entities.map(({ entityRef }) => entityRef),
    })),
  );

function rowOf(state: CertificateState): CertificateRow {
  const made = exposureOf(state);
  const leaf = leafServed(state);
  return {
    cluster: 'local',
    role: 'served',
    secret: state.facts.secret,
    listeners: listenersOf(state.label),
    word: state.word,
    finding: state.finding,
    findings:
      state.word === 'Good' && !state.finding.remedy ? [] : [state.finding],
    facts: state.facts,
    served: leaf
      ? [{ leaf, at: secondsAgo(12), hosts: 1, host: made.hosts[0].host }]
      : [],
    hosts: hostsOf([made]),
    renewable: state.renewable ?? { possible: true },
  };
}

/** The certificate of most hosts, and the CA that signed all of them. */
function platformRows(exposures: readonly Exposure[]): CertificateRow[] {
  const facts = wildcardFacts();
  const hosts = hostsOf(exposures);
  const subject = {
    kind: 'Certificate',
    namespace: 'kube-system',
    name: 'idp-wildcard-cert',
    cluster: 'local',
  };
  return [
    {
      cluster: 'local',
      role: 'served',
      secret: facts.secret,
      listeners: listenersOf('https'),
      word: 'Good',
      finding: finding(
        'CertificateGood',
        'Signed by idp-demo-ca, 341 days left.',
        { subject },
      ),
      findings: [],
      facts,
      served: facts.leaf
        ? [
            {
              leaf: facts.leaf,
              at: secondsAgo(31),
              hosts: hosts.length,
              host: hosts[0]?.host ?? '',
            },
          ]
        : [],
      hosts,
      renewable: { possible: true },
    },
    {
      cluster: 'local',
      role: 'ca',
      secret: { namespace: 'cert-manager', name: 'idp-demo-ca' },
      listeners: [],
      word: 'Good',
      finding: finding(
        'CertificateGood',
        'Signs certificates, 3649 days left.',
        {
          subject: {
            kind: 'Certificate',
            namespace: 'cert-manager',
            name: 'idp-demo-ca',
            cluster: 'local',
          },
        },
      ),
      findings: [],
      facts: {
        secret: { namespace: 'cert-manager', name: 'idp-demo-ca' },
        certificate: caStatus(),
        issuer: demoIssuer({ name: 'self-signed', type: 'selfSigned' }),
        leaf: ca,
        chain: [],
        chainNotAfter: ca.notAfter,
        trust: 'cluster',
        verified: true,
      },
      served: [],
      hosts: [...hosts, ...hostsOf(certificateExposures())],
      renewable: { possible: true },
    },
  ];
}

/** Every certificate of the imaginary platform, the worst first. `exposures` hang on the wildcard certificate. */
export const certificatesView = (
  exposures: readonly Exposure[] = [],
): CertificatesView => ({
  certificates: [...certificateStates().map(rowOf), ...platformRows(exposures)],
  clusters: [
    {
      cluster: 'local',
      reachable: true,
      observedAt: secondsAgo(1),
      findings: [],
    },
  ],
  permissions: { renew: true },
});
