import type {
  CertificateFacts,
  CertificateRow,
  CertificatesView,
  DnsFacts,
  DnsStatus,
  Exposure,
  ProbeFacts,
  TlsStatus,
  Verdict,
  VerdictWord,
} from 'backstage-plugin-networking-common';
import { HTTPS_PORT, SUFFIX, finding, secondsAgo } from '../basics';
import { exposure, live, way } from '../exposures';
import { ca } from './ca';
import { caStatus, demoIssuer, factsOf, leafOf, statusOf } from './facts';
import { judge } from './judge';
import { certificateStates, type CertificateState } from './states';

const DAY = 86_400_000;
/** Namespace of the exposures of which each has a certificate in another state. */
export const CERTIFICATES = 'certificates';

const leafServed = ({ served, facts }: CertificateState) =>
  served === undefined ? facts.leaf : served ?? undefined;

/** As developers read it, who have to ask for what is not theirs. */
const judgedForOwner = (state: CertificateState) =>
  state.ofHost ??
  judge(state.facts, {
    served: leafServed(state),
    owners: "the platform's admins",
  });

function tlsOf(state: CertificateState): TlsStatus {
  const { facts, coversHost = true } = state;
  const leaf = leafServed(state);
  const { word, finding: said } = judgedForOwner(state);
  const until = leaf?.notAfter;
  const isOther =
    leaf &&
    facts.leaf &&
    leaf.fingerprintSha256 !== facts.leaf.fingerprintSha256;
  return {
    word,
    finding: said,
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

/** Where a name leads, as the backend says it. */
function dnsOf(host: string, facts: DnsFacts | undefined): DnsStatus {
  const say = (reason: string, message: string, remedy?: string) =>
    finding(reason, message, {
      ...(facts && facts.state !== 'expected' && { severity: 'warning' }),
      ...(remedy && { remedy }),
      subject: { kind: 'Host', name: host, cluster: 'local' },
    });
  switch (facts?.state) {
    case undefined:
      return {
        state: 'notChecked',
        finding: say(
          'DnsNotChecked',
          `Where ${host} leads is not checked: [probe] resolver is off.`,
        ),
      };
    case 'expected':
      return {
        state: 'expected',
        facts,
        finding: say(
          'DnsExpected',
          `${host} leads to 192.0.2.20, where the gateway is.`,
        ),
      };
    case 'empty':
      return {
        state: 'empty',
        facts,
        finding: say(
          'DnsFiltered',
          `People may not reach ${host}: resolver 192.0.2.1 filters private addresses such as 192.0.2.20 out of what it answers.`,
          `Allow-list nip.io in the rebinding protection of the resolver. Where that cannot be: use another resolver, answer for nip.io on the own network, add "192.0.2.20 ${host}" to the hosts file, or set a dns_suffix of your own in config.toml.`,
        ),
      };
    default:
      return {
        state: facts?.state ?? 'failed',
        facts,
        finding: say(
          'DnsElsewhere',
          `People get to somewhere else: ${host} leads to 198.51.100.7, and the gateway is at 192.0.2.20.`,
          `Ask whoever runs the DNS of ${host} to have it lead to 192.0.2.20 alone.`,
        ),
      };
  }
}

const VERDICTS: Record<TlsStatus['word'], VerdictWord> = {
  Good: 'Live',
  Degraded: 'Degraded',
  Bad: 'Broken',
  Unknown: 'Unknown',
  None: 'Degraded',
};

function exposureOf(state: CertificateState): Exposure {
  const { word, finding: said } = judgedForOwner(state);
  const verdict: Verdict =
    word === 'Good' ? live() : { word: VERDICTS[word], finding: said };
  const labels = {
    namespace: CERTIFICATES,
    name: state.label,
    service: `${state.label}:8080`,
  };
  const made = exposure(state.label, {
    namespace: CERTIFICATES,
    service: state.label,
    verdict,
    tls: tlsOf(state),
    ...(verdict.word === 'Broken' && {
      stops: way(labels, {
        stop: 'listener',
        state: leafServed(state) ? 'refused' : 'failing',
        note: said.message,
      }),
    }),
  });
  const [host] = made.hosts;
  host.probe = leafServed(state) || state.failure ? probeOf(state) : undefined;
  host.dns = dnsOf(host.host, state.dns);
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
    ...judge(state.facts, { served: leaf }),
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
  const authority: CertificateFacts = {
    secret: { namespace: 'cert-manager', name: 'idp-demo-ca' },
    certificate: caStatus(),
    issuer: demoIssuer({ name: 'self-signed', type: 'selfSigned' }),
    leaf: ca,
    chain: [],
    chainNotAfter: ca.notAfter,
    trust: 'cluster',
    verified: true,
  };
  return [
    {
      cluster: 'local',
      role: 'served',
      secret: facts.secret,
      listeners: listenersOf('https'),
      ...judge(facts, { served: facts.leaf }),
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
      ...judge(authority, { role: 'ca' }),
      facts: authority,
      served: [],
      hosts: [...hosts, ...hostsOf(certificateExposures())],
      renewable: { possible: true },
    },
  ];
}

const RANK: Record<TlsStatus['word'], number> = {
  Bad: 0,
  Degraded: 1,
  Unknown: 2,
  None: 3,
  Good: 4,
};

/** Every certificate of the imaginary platform, the worst first. `exposures` hang on the wildcard certificate. */
export const certificatesView = (
  exposures: readonly Exposure[] = [],
): CertificatesView => ({
  certificates: [
    ...certificateStates().map(rowOf),
    ...platformRows(exposures),
  ].sort((a, b) => RANK[a.word] - RANK[b.word]),
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
