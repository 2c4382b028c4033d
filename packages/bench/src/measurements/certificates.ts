import { X509Certificate } from 'node:crypto';
/* eslint-disable @backstage/no-forbidden-package-imports, @backstage/no-mixed-plugin-imports -- the reader of certificates, which the plugin does not export */
import { ObjectStore } from 'backstage-plugin-networking-backend/src/cache';
import { createCertificateReader } from 'backstage-plugin-networking-backend/src/io/certificates';
import { SNAPSHOT_KINDS } from 'backstage-plugin-networking-backend/src/io/cluster';
/* eslint-enable */
import {
  judgeCertificate,
  tlsListeners,
  type ClusterSettings,
  type KubernetesObject,
  type Snapshot,
  type SnapshotKind,
} from 'backstage-plugin-networking-common';
import { handMade, type HandMade } from 'integration-tests';
import { goalsTable, ms, table, type Report } from '../report';
import { median } from '../statistics';
import type { Bench } from '../world/bench';

const CHAINS = 1_000;
const WARM_UP = 2;
const ROUNDS = 10;
const SHORTEST_LINE = 16;
/** As many as the Gateway API lets one Gateway have. */
const LISTENERS = 64;
const NAMESPACE = 'bench';
const CERT_MANAGER = 'cert-manager.io/v1';
const GATEWAY_API = 'gateway.networking.k8s.io/v1';

type Pem = Pick<HandMade, 'cert'>;

interface Chain {
  leaf: Pem;
  ca: Pem;
}

/** The same certificate as another text: what is parsed once is remembered by its text. */
function rewrapped({ cert }: Pem, width: number): Pem {
  const [begin, ...lines] = cert.trim().split('\n');
  const end = lines.pop();
  const body = lines.join('').match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
  return { cert: `${[begin, ...body, end].join('\n')}\n` };
}

function rewrappedAll(chains: readonly Chain[], width: number): Chain[] {
  const ca = rewrapped(chains[0].ca, width);
  return chains.map(({ leaf }) => ({ ca, leaf: rewrapped(leaf, width) }));
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const ready = { type: 'Ready', status: 'True', reason: 'Ready' };
const nameOf = (index: number) => `chain-${index}`;

/** A Certificate with the request that its first revision came from, as cert-manager leaves them. */
function issued(
  at: { namespace: string; name: string },
  chain: string,
  ca: string,
  spec: object,
): object[] {
  const uid = `uid-${at.namespace}-${at.name}`;
  return [
    {
      apiVersion: CERT_MANAGER,
      kind: 'Certificate',
      metadata: { ...at, uid, generation: 1 },
      spec: { secretName: at.name, ...spec },
      status: {
        conditions: [ready],
        revision: 1,
        renewalTime: new Date(Date.now() + 20 * 86_400_000).toISOString(),
      },
    },
    {
      apiVersion: CERT_MANAGER,
      kind: 'CertificateRequest',
      metadata: {
        namespace: at.namespace,
        name: `${at.name}-1`,
        annotations: {
          'cert-manager.io/certificate-name': at.name,
          'cert-manager.io/certificate-revision': '1',
        },
        ownerReferences: [{ kind: 'Certificate', name: at.name, uid }],
      },
      status: {
        conditions: [ready],
        certificate: base64(chain),
        ca: base64(ca),
      },
    },
  ];
}

/** A cluster of as many listeners as chains, each with a certificate of its own, all signed by one CA. */
function clusterOf(chains: readonly Chain[], settings: ClusterSettings) {
  const [{ ca }] = chains;
  const caNamespace = settings.certificates.clusterResourceNamespace;
  const objects: object[] = [
    {
      apiVersion: CERT_MANAGER,
      kind: 'ClusterIssuer',
      metadata: { name: 'bench-ca' },
      spec: { ca: { secretName: 'bench-ca' } },
      status: { conditions: [ready] },
    },
    ...issued({ namespace: caNamespace, name: 'bench-ca' }, ca.cert, ca.cert, {
      isCA: true,
      privateKey: { rotationPolicy: 'Never' },
      issuerRef: { kind: 'ClusterIssuer', name: 'self-signed-issuer' },
    }),
    ...chains.flatMap(({ leaf }, index) =>
      issued(
        { namespace: NAMESPACE, name: nameOf(index) },
        leaf.cert + ca.cert,
        ca.cert,
        {
          dnsNames: [`${nameOf(index)}.example.org`],
          issuerRef: { kind: 'ClusterIssuer', name: 'bench-ca' },
        },
      ),
    ),
  ];
  for (let first = 0; first < chains.length; first += LISTENERS) {
    objects.push({
      apiVersion: GATEWAY_API,
      kind: 'Gateway',
      metadata: { namespace: NAMESPACE, name: `gateway-${first}` },
      spec: {
        gatewayClassName: 'bench',
        listeners: chains
          .slice(first, first + LISTENERS)
          .map((_, index) => nameOf(first + index))
          .map(name => ({
            name,
            port: 443,
            protocol: 'HTTPS',
            hostname: `${name}.example.org`,
            tls: { certificateRefs: [{ name }] },
          })),
      },
    });
  }
  const store = new ObjectStore(SNAPSHOT_KINDS);
  for (const object of objects as KubernetesObject[]) {
    store.apply(object.kind as SnapshotKind, { type: 'ADDED', object });
  }
  return store.snapshot({
    cluster: settings.cluster,
    observedAt: new Date().toISOString(),
    gaps: [],
  });
}

/** Milliseconds for all chains. Throws where what was measured is not worth it. */
type Way = () => number;

function bareParse(chains: readonly Chain[]): Way {
  return () => {
    const start = performance.now();
    let parsed = 0;
    for (const { leaf, ca } of chains) {
      for (const { cert } of [leaf, ca]) {
        if (new X509Certificate(cert).validTo) parsed += 1;
      }
    }
    const took = performance.now() - start;
    if (parsed !== 2 * chains.length) throw new Error('Not all were parsed.');
    return took;
  };
}

function judging(
  snapshot: Snapshot,
  settings: ClusterSettings,
  readerOf: () => ReturnType<typeof createCertificateReader>,
): Way {
  return () => {
    const reader = readerOf();
    const now = snapshot.observedAt;
    const start = performance.now();
    const lookup = reader.lookup({ snapshot, settings });
    const words = tlsListeners(snapshot)
      .flatMap(({ ref }) => lookup(ref))
      .map(facts => judgeCertificate({ facts, settings, now }).word);
    const took = performance.now() - start;
    if (words.length !== CHAINS || words.some(word => word !== 'Good')) {
      throw new Error(
        `${words.length} were judged, as ${[...new Set(words)].join(', ')}.`,
      );
    }
    return took;
  };
}

/**
 * Following, parsing, verifying and judging the certificates of many listeners, beside Node's bare parse of the same chains,
 * in turns. In this process, without IO.
 */
export async function measureCertificates(bench: Bench): Promise<Report> {
  const { settings } = bench.platform;
  bench.say(`Making ${CHAINS} chains`);
  const ca = await handMade({ name: 'bench-ca', isCa: true, days: 3650 });
  const chains: Chain[] = [];
  for (let index = 0; index < CHAINS; index++) {
    const dnsNames = [`${nameOf(index)}.example.org`];
    chains.push({
      ca,
      leaf: await handMade({
        name: nameOf(index),
        dnsNames,
        issuer: ca,
        days: 365,
      }),
    });
  }
  const snapshot = clusterOf(chains, settings);
  const fresh = () => createCertificateReader({ now: () => new Date() });
  const kept = fresh();
  const bare = bareParse(chains);
  const warm = judging(snapshot, settings, () => kept);
  const names = ['bare', 'cold', 'warm'] as const;
  const took: Record<(typeof names)[number], number[]> = {
    bare: [],
    cold: [],
    warm: [],
  };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const unseen = clusterOf(
      rewrappedAll(chains, SHORTEST_LINE + 4 * round),
      settings,
    );
    const ways = { bare, warm, cold: judging(unseen, settings, fresh) };
    for (let step = 0; step < names.length; step++) {
      const name = names[(round + step) % names.length];
      const milliseconds = ways[name]();
      if (round >= WARM_UP) took[name].push(milliseconds);
    }
  }
  const row = (what: string, name: (typeof names)[number]) => [
    what,
    ms(median(took[name])),
    `${((1_000 * median(took[name])) / CHAINS).toFixed(0)} µs`,
    (median(took[name]) / median(took.bare)).toFixed(2),
  ];
  return {
    name: 'certificates',
    markdown: [
      ...table([
        [
          `${CHAINS} chains of two`,
          'median',
          'each',
          'ratio to the bare parse',
        ],
        row("Node's bare parse, `new X509Certificate`", 'bare'),
        row('followed, parsed, verified and judged', 'cold'),
        row('judged again, where nothing has changed', 'warm'),
      ]),
      '',
      ...goalsTable([
        {
          what: `${CHAINS} chains followed, parsed, verified and judged`,
          measured: median(took.cold) / 1_000,
          unit: 's',
          wanted: { atMost: 1 },
        },
        {
          what: 'judged again to the bare parse',
          measured: median(took.warm) / median(took.bare),
          unit: 'times',
          wanted: { atMost: 1 },
        },
      ]),
      '',
      `${ROUNDS} rounds. ${bench.environment}`,
    ].join('\n'),
  };
}
