import { findCondition } from '../gateway-api/conditions';
import { attachments } from '../gateway-api/attachments';
import { objectKey } from '../gateway-api/indexes';
import type { Snapshot } from '../gateway-api/snapshot';
import { authoritiesOf } from '../certificates/authorities';
import { certificateFor, isNeverIssued, namesOf } from '../certificates/choose';
import { factsAt } from '../certificates/facts';
import { ofOldKeys } from '../certificates/oldKeys';
import { issuedAt, judgeCertificate, TAKE_UP_MS } from '../certificates/judge';
import { timeOf } from '../certificates/judge/input';
import {
  listenerKey,
  listenerRefOf,
  tlsListeners,
} from '../certificates/listeners';
import type {
  CertificateFacts,
  CertificateLookup,
  CertificateRow,
  CertificateSummary,
  ListenerRef,
  ObjectRef,
} from '../certificates/types';
import type { Exposure } from '../exposures/types';
import { sortFindings } from '../findings/sort';
import { coversHost } from '../hostnames';
import type { ClusterSettings } from '../settings/types';
import { hasPublicPort, isNamed, isOurs, isServing } from '../verdicts/reach';
import type { Finding, TlsWord } from '../verdicts/types';

const keyOf = ({ namespace, name }: ObjectRef) => objectKey(namespace, name);

type Served = Omit<CertificateRow['served'][number], 'hosts'> & {
  hosts: ReadonlySet<string>;
  verified?: boolean;
  verificationError?: string;
  chain?: CertificateSummary[];
};

/** What is gathered for one row. */
interface Gathered {
  role: CertificateRow['role'];
  facts: CertificateFacts;
  listeners: ListenerRef[];
  served: Map<string, Served>;
  hosts: Map<string, CertificateRow['hosts'][number]>;
}

const gathered = (
  role: Gathered['role'],
  facts: CertificateFacts,
): Gathered => ({
  role,
  facts,
  listeners: [],
  served: new Map(),
  hosts: new Map(),
});

function lookUp(
  lookup: CertificateLookup,
  listeners: ReturnType<typeof tlsListeners>,
  snapshot: Snapshot,
  settings: ClusterSettings,
) {
  return new Map(
    listeners.map(
      ({ ref, holder, listener }) =>
        [
          listenerKey(ref),
          factsAt(holder, listener, snapshot, settings, lookup),
        ] as const,
    ),
  );
}

function noteProbe(row: Gathered, { host, probe }: Exposure['hosts'][number]) {
  if (!probe?.tls?.leaf) return;
  const { leaf, chain, verified, verificationError } = probe.tls;
  const known = row.served.get(leaf.fingerprintSha256);
  const hosts = new Set(known?.hosts).add(host);
  const isNewer =
    !known ||
    probe.at > known.at ||
    (probe.at === known.at && host < known.host);
  row.served.set(
    leaf.fingerprintSha256,
    isNewer
      ? { leaf, at: probe.at, hosts, host, verified, verificationError, chain }
      : { ...known, hosts },
  );
}

/** What a gateway serves for a host that a certificate is not for says nothing of that certificate. */
function mayBeFor(host: string, facts: CertificateFacts): boolean {
  const names = namesOf(facts);
  return names.length === 0 || coversHost(names, host);
}

/** Which certificate each host of the exposures hangs on, at each listener that serves it over TLS. */
function noteExposures(
  rows: ReadonlyMap<string, Gathered>,
  byListener: ReadonlyMap<string, readonly CertificateFacts[]>,
  exposures: readonly Exposure[],
  snapshot: Snapshot,
  settings: ClusterSettings,
) {
  for (const exposure of exposures) {
    const { cluster, namespace, name, hosts, entities } = exposure;
    const route =
      exposure.kind === 'HTTPRoute' && cluster === settings.cluster
        ? snapshot.get('HTTPRoute', namespace, name)
        : undefined;
    if (!route) continue;
    const serving = attachments(route, snapshot)
      .filter(isServing)
      .filter(({ listener }) => listener.protocol === 'HTTPS');
    for (const evaluated of hosts) {
      const { host, probe } = evaluated;
      const here = serving.filter(one => one.hosts.includes(host));
      const ours = here.filter(one => isOurs(one, settings));
      const dialled =
        ours.find(one => isNamed(one, settings)) ??
        ours.find(one => hasPublicPort(one, settings));
      for (const one of here) {
        const ref = listenerRefOf(one.listenerSet ?? one.gateway, one.listener);
        const facts = certificateFor(
          host,
          byListener.get(listenerKey(ref)) ?? [],
          one === dialled ? probe?.tls?.leaf?.fingerprintSha256 : undefined,
        );
        const row = facts && rows.get(keyOf(facts.secret));
        if (!row) continue;
        row.hosts.set([host, namespace, name].join('/'), {
          host,
          exposure: { cluster, namespace, name },
          entities: entities.map(({ entityRef }) => entityRef),
        });
        if (one === dialled && mayBeFor(host, facts)) noteProbe(row, evaluated);
      }
    }
  }
}

function authoritiesAbove(
  rows: ReadonlyMap<string, Gathered>,
  snapshot: Snapshot,
  settings: ClusterSettings,
): Gathered[] {
  const authorities = new Map<string, Gathered>();
  for (const row of rows.values()) {
    for (const facts of authoritiesOf(row.facts, snapshot, settings)) {
      const key = keyOf(facts.secret);
      const authority = authorities.get(key) ?? gathered('ca', facts);
      authorities.set(key, authority);
      for (const [host, breaks] of row.hosts) authority.hosts.set(host, breaks);
    }
  }
  return [...authorities.values()];
}

function renewable({ facts }: Gathered): CertificateRow['renewable'] {
  const { certificate, issuer, secret } = facts;
  const no = (why: string) => ({ possible: false as const, why });
  if (!certificate) {
    return no(
      `No Certificate of cert-manager fills Secret ${secret.namespace}/${secret.name}.`,
    );
  }
  const issuing = findCondition(certificate.conditions, 'Issuing');
  if (issuing?.status === 'True')
    return no('It is being issued at this moment.');
  if (issuer?.exists === false) {
    return no(
      `${issuer.kind} ${issuer.name}, which is to sign it, does not exist.`,
    );
  }
  return certificate.uid === undefined
    ? no('Its Certificate is not known well enough.')
    : { possible: true };
}

const RANK: Record<TlsWord, number> = {
  Bad: 0,
  Degraded: 1,
  Unknown: 2,
  None: 3,
  Good: 4,
};

/**
 * What tells of the certificate, and of the present: where the gateway has been seen with the certificate that was issued last, an older one that was
 * seen before it could be taken up is of the past.
 */
function present({ served, facts }: Gathered): Served[] {
  const seen = [...served.values()].filter(
    ({ verified }) => verified === true || !isNeverIssued(facts),
  );
  const issued = served.get(facts.leaf?.fingerprintSha256 ?? '');
  const takenUp = (issuedAt(facts) ?? -Infinity) + TAKE_UP_MS;
  return seen.filter(
    one => !issued || one === issued || (timeOf(one.at) ?? 0) >= takenUp,
  );
}

function judged(
  row: Gathered,
  settings: ClusterSettings,
  now: string,
  ofOldKey?: readonly string[],
) {
  const seen = present(row);
  const questions = seen.length > 0 ? seen : [undefined];
  const judgements = questions.map(served =>
    judgeCertificate({
      facts: row.facts,
      served,
      settings,
      now,
      role: row.role,
      ofOldKey,
    }),
  );
  const worst = judgements.reduce((a, b) =>
    RANK[b.word] < RANK[a.word] ? b : a,
  );
  const findings = new Map<string, Finding>();
  for (const finding of judgements.flatMap(one => one.findings)) {
    findings.set(finding.message, finding);
  }
  return { ...worst, findings: sortFindings([...findings.values()]) };
}

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function rowOf(
  row: Gathered,
  settings: ClusterSettings,
  judgement: ReturnType<typeof judged>,
): CertificateRow {
  return {
    cluster: settings.cluster,
    role: row.role,
    secret: row.facts.secret,
    listeners: row.listeners,
    ...judgement,
    facts: row.facts,
    served: [...row.served.values()]
      .map(({ leaf, at, hosts, host }) => ({
        leaf,
        at,
        hosts: hosts.size,
        host,
      }))
      .sort(
        (a, b) =>
          byText(b.at, a.at) ||
          byText(a.leaf.fingerprintSha256, b.leaf.fingerprintSha256),
      ),
    hosts: [...row.hosts.entries()]
      .sort(([a], [b]) => byText(a, b))
      .map(([, host]) => host),
    renewable: renewable(row),
  };
}

const endOf = ({ facts }: CertificateRow) =>
  timeOf(
    facts.chainNotAfter ?? facts.leaf?.notAfter ?? facts.certificate?.notAfter,
  ) ?? Infinity;

/**
 * Every certificate that a listener of any Gateway or ListenerSet names, by Secret, and the CAs that sign them, in the order of
 * trouble: bad before degraded, and of equals the one that ends first.
 *
 * @param input - `exposures` are those that the caller may read, judged with their probes; they give the hosts and entities
 * that a row names, and what was served. `now` is ISO 8601.
 * @public
 */
export function certificateRows(input: {
  snapshot: Snapshot;
  settings: ClusterSettings;
  certificates: CertificateLookup;
  exposures: readonly Exposure[];
  now: string;
}): CertificateRow[] {
  const { snapshot, settings, certificates, exposures, now } = input;
  const listeners = tlsListeners(snapshot);
  const byListener = lookUp(certificates, listeners, snapshot, settings);
  const rows = new Map<string, Gathered>();
  for (const { ref } of listeners) {
    for (const facts of byListener.get(listenerKey(ref)) ?? []) {
      const key = keyOf(facts.secret);
      const row = rows.get(key) ?? gathered('served', facts);
      rows.set(key, row);
      row.listeners.push(ref);
    }
  }
  noteExposures(rows, byListener, exposures, snapshot, settings);
  const served = [...rows.values()].map(
    row => [row, judged(row, settings, now)] as const,
  );
  const oldKeys = ofOldKeys(
    served.map(([{ facts }, { findings }]) => ({ facts, findings })),
  );
  const authorities = authoritiesAbove(rows, snapshot, settings).map(
    row =>
      [
        row,
        judged(row, settings, now, oldKeys.get(keyOf(row.facts.secret))),
      ] as const,
  );
  return [...served, ...authorities]
    .map(([row, judgement]) => rowOf(row, settings, judgement))
    .sort(
      (a, b) =>
        RANK[a.word] - RANK[b.word] ||
        endOf(a) - endOf(b) ||
        byText(keyOf(a.secret), keyOf(b.secret)) ||
        byText(a.role, b.role),
    );
}
