import type { X509Certificate } from 'node:crypto';
import {
  TAKE_UP_MS,
  TAKEN_UP,
  VERDICT_REASONS,
  caNamed,
  commonName,
  issuedAt,
  remedyFor,
  type CaBundle,
  type CertificateFacts,
  type Finding,
  type ProbeFacts,
} from 'backstage-plugin-networking-common';
import {
  pathUp,
  summarize,
  type CertificateMaterial,
} from '../../io/certificates';

/** A certificate that a listener of the gateway may serve. */
export interface Servable {
  facts: CertificateFacts;
  material: CertificateMaterial;
}

type Chain = CertificateMaterial['earlier'][number];

const includes = (
  certificates: readonly X509Certificate[],
  { fingerprint256 }: X509Certificate,
) =>
  certificates.some(
    certificate => certificate.fingerprint256 === fingerprint256,
  );

const distinct = (findings: readonly Finding[]) =>
  findings.filter(
    ({ message }, index) =>
      findings.findIndex(other => other.message === message) === index,
  );

/**
 * The CAs that verify what a gateway serves and, where others sign today, those
 * too, with the finding; every CA that the settings give, where it is they that
 * tell of several. Undefined where none is known.
 *
 * What was seen on the wire only chooses among certificates that the cluster tells
 * of: no server can put a CA into the bundle.
 *
 * @param input - `servable`: of the gateway's own listeners, the one of the settings first; `others`: of listeners that
 *   teams add; `served`: what probes found last; `mayName`: may the reader know of a host? Default: of none;
 *   `owners`: whom the reader has to ask, as in a CertificateQuestion;
 *   `isPublic`: is it one of the CAs that every browser trusts?
 */
export function caBundleOf(input: {
  cluster: string;
  servable: readonly Servable[];
  others?: readonly Servable[];
  served?: readonly ProbeFacts[];
  mayName?: (host: string) => boolean;
  owners?: string;
  isPublic?: (certificate: X509Certificate) => boolean;
}): CaBundle | undefined {
  const { cluster, servable, others = [], served = [], owners } = input;
  const { isPublic = () => false, mayName = () => false } = input;
  const seen = new Map(
    served.flatMap(probe => {
      const leaf = probe.tls?.leaf?.fingerprintSha256;
      return leaf === undefined ? [] : [[leaf, probe] as const];
    }),
  );
  const anchors: X509Certificate[] = [];
  const signers: X509Certificate[] = [];
  const paths: X509Certificate[] = [];
  const findings: Finding[] = [];
  for (const one of servable) {
    const { facts, material } = one;
    // A chain of a public issuer that nobody trusts: its root is nothing to trust either, as that of a test service.
    if (facts.trust === 'system' && facts.verified === false) continue;
    const found = chainsOf(material).filter(({ leaf }) =>
      seen.has(leaf.fingerprint256),
    );
    const chains =
      found.length > 0 || !material.leaf
        ? found
        : [{ leaf: material.leaf, chain: material.chain }];
    const { trusted } = material;
    const tops = chains.map(chain => {
      const path = pathUp(chain.leaf, [...trusted, ...chain.chain]);
      const isReplaced =
        path.length > 0 &&
        trusted.length > 0 &&
        !trusted.some(certificate => includes(path, certificate));
      return { chain, path, isReplaced };
    });
    paths.push(...tops.flatMap(({ path }) => path));
    anchors.push(...tops.flatMap(({ path }) => path.slice(-1)));
    signers.push(
      ...trusted.filter(
        certificate =>
          trusted.length > 1 ||
          !tops.some(({ path }) => includes(path, certificate)),
      ),
    );
    const replaced = tops.find(({ isReplaced }) => isReplaced);
    if (replaced) {
      const { chain } = replaced;
      const at = seen.get(chain.leaf.fingerprint256)?.at;
      findings.push(replacedFinding(one, chain, { cluster, owners, at }));
    }
    findings.push(
      ...systemFindings(one, cluster, isPublic),
      ...signerFindings(one, cluster),
      ...rootFindings(one, cluster, owners),
    );
  }
  const strangers = strangersAmong(seen, [...servable, ...others]);
  anchors.push(...strangers.flatMap(probe => knownCaOf(probe, servable)));
  const bundle = [...anchors, ...signers].filter(
    (certificate, index, all) => !includes(all.slice(0, index), certificate),
  );
  if (bundle.length === 0) return undefined;
  return {
    pem: bundle.map(certificate => certificate.toString()).join(''),
    fingerprintsSha256: bundle.map(({ fingerprint256 }) => fingerprint256),
    findings: [
      ...distinct(findings),
      ...strangerFindings(
        strangers.filter(({ tls }) => tls?.verified !== true),
        { cluster, served, mayName },
      ),
    ],
    certificates: bundle.map(certificate => ({
      certificate: summarize(certificate),
      pem: certificate.toString(),
      verifiesServed: includes([...paths, ...anchors], certificate),
      signsToday: servable.some(
        ({ facts: { trust }, material: { signer, root } }) =>
          trust !== 'issued' &&
          [signer, root].some(
            one => one?.fingerprint256 === certificate.fingerprint256,
          ),
      ),
    })),
    ...trustOf(servable, isPublic),
  };
}

/** `system` alone where nobody has to install anything. */
function trustOf(
  servable: readonly Servable[],
  isPublic: (certificate: X509Certificate) => boolean,
): Pick<CaBundle, 'trust'> {
  const own = servable.find(
    ({ facts }) => facts.trust !== undefined && facts.trust !== 'system',
  );
  if (own) return { trust: own.facts.trust };
  const isAllPublic = servable.every(
    ({ material: { signer } }) => signer && isPublic(signer),
  );
  return isAllPublic ? { trust: 'system' } : {};
}

/** What was issued, this time and before. */
function chainsOf({ leaf, chain, earlier }: CertificateMaterial): Chain[] {
  return [...(leaf ? [{ leaf, chain }] : []), ...earlier];
}

/** Probes that saw a leaf which nothing known was issued as. */
function strangersAmong(
  seen: ReadonlyMap<string, ProbeFacts>,
  all: readonly Servable[],
): ProbeFacts[] {
  const known = new Set(
    all.flatMap(({ material }) =>
      chainsOf(material).map(({ leaf }) => leaf.fingerprint256),
    ),
  );
  return [...seen].flatMap(([leaf, probe]) => (known.has(leaf) ? [] : probe));
}

/**
 * The CA behind a leaf that is not known itself: of those that the cluster tells of, one that was served with it, or
 * whose name and key the leaf says it was signed with.
 */
function knownCaOf(
  { tls }: ProbeFacts,
  servable: readonly Servable[],
): X509Certificate[] {
  const [leaf, ...above] = tls?.chain ?? (tls?.leaf ? [tls.leaf] : []);
  if (!leaf) return [];
  for (const { material } of servable) {
    const known = [
      ...material.trusted,
      ...chainsOf(material).flatMap(({ chain }) => chain),
    ].filter(({ ca }) => ca);
    const found = known.find(certificate => {
      const { fingerprintSha256, subject, subjectKeyId } =
        summarize(certificate);
      return (
        above.some(one => one.fingerprintSha256 === fingerprintSha256) ||
        (subject === leaf.issuer &&
          subjectKeyId !== undefined &&
          subjectKeyId === leaf.authorityKeyId)
      );
    });
    if (found) return [pathUp(found, known).pop() ?? found];
  }
  return [];
}

function replacedFinding(
  { facts, material }: Servable,
  { leaf }: Chain,
  // `at`: when it was seen
  known: { cluster: string; owners?: string; at?: string },
): Finding {
  const { cluster, owners, at } = known;
  const { certificate, secret } = facts;
  const { namespace, name } = certificate ?? secret;
  const isOld =
    material.leaf !== undefined &&
    leaf.fingerprint256 !== material.leaf.fingerprint256;
  // It has been renewed already, and the gateway has not taken it up.
  const what = isOld
    ? `find out why the gateway does not serve what is in Secret ${secret.namespace}/${secret.name}`
    : `renew Certificate ${namespace}/${name}`;
  const isBeingTakenUp =
    isOld && Date.parse(at ?? '') < (issuedAt(facts) ?? NaN) + TAKE_UP_MS;
  return {
    reason: 'CaReplaced',
    severity: 'error',
    message: `Clients that trust only the CA that signs today refuse what the gateway of cluster ${cluster} serves: it was signed with a CA key that was replaced. Whoever trusts both CAs accepts it before and after it is renewed.`,
    remedy: isBeingTakenUp ? TAKEN_UP : remedyFor(owners, what),
    subject: { kind: 'Certificate', namespace, name, cluster },
  };
}

function systemFindings(
  { facts, material: { signer } }: Servable,
  cluster: string,
  isPublic: (certificate: X509Certificate) => boolean,
): Finding[] {
  if (facts.trust !== 'system' || !signer) return [];
  const { namespace, name } = facts.certificate ?? facts.secret;
  const root = summarize(signer).subject;
  const subject = { kind: 'Certificate', namespace, name, cluster };
  return [
    isPublic(signer)
      ? {
          reason: 'CaPublic',
          severity: 'info',
          message: `Nothing needs to be trusted for what ${namespace}/${name} holds: browsers and systems trust its root already (${root}).`,
          subject,
        }
      : {
          reason: 'CaOfSystem',
          severity: 'info',
          message: `The machine that Backstage runs on trusts the root of what ${namespace}/${name} holds already (${root}). Clients that do not need the file.`,
          subject,
        },
  ];
}

/** The file holds a CA of before, and it may not be the one that signs what is served tomorrow. */
function signerFindings({ facts }: Servable, cluster: string): Finding[] {
  const { certificate, secret, signer, trust, unknown = '' } = facts;
  if (trust !== 'issued' || !signer) return [];
  const { namespace, name } = certificate ?? secret;
  return [
    {
      reason: 'CaNotFollowed',
      severity: 'info',
      message: `Which CA signs today is not known: the file holds ${caNamed(
        signer.subject,
      )}, which signed ${namespace}/${name}. ${unknown}`.trim(),
      subject: { kind: 'Certificate', namespace, name, cluster },
    },
  ];
}

/** Of an intermediate alone many programs make nothing, and the file has no more. */
function rootFindings(
  { facts, material: { signer, root } }: Servable,
  cluster: string,
  owners: string | undefined,
): Finding[] {
  if (!signer || root || facts.trust === 'system') return [];
  // A leaf that is trusted itself has nothing above.
  if (signer.fingerprint256 === facts.leaf?.fingerprintSha256) return [];
  const { namespace, name } = facts.certificate ?? facts.secret;
  const { subject, issuer } = summarize(signer);
  return [
    {
      reason: VERDICT_REASONS.caRootNotKnown,
      severity: 'warning',
      message: `Many programs refuse what the gateway serves even with this file: it holds ${caNamed(
        subject,
      )}, an intermediate, and the root above it, ${caNamed(
        issuer,
      )}, is not known.`,
      remedy: remedyFor(
        owners,
        `give the certificate of ${caNamed(issuer)} in [certificates] ca_pem`,
      ),
      subject: { kind: 'Certificate', namespace, name, cluster },
    },
  ];
}

/** One finding for all of them, which names a host that the reader may know of. */
function strangerFindings(
  strangers: readonly ProbeFacts[],
  known: {
    cluster: string;
    served: readonly ProbeFacts[];
    mayName: (host: string) => boolean;
  },
): Finding[] {
  const { cluster, served, mayName } = known;
  if (strangers.length === 0) return [];
  const leaves = new Set(
    strangers.map(({ tls }) => tls?.leaf?.fingerprintSha256),
  );
  const named = served.find(
    ({ host, tls }) =>
      mayName(host) &&
      tls?.leaf !== undefined &&
      leaves.has(tls.leaf.fingerprintSha256),
  );
  const rest = { reason: 'ServedNotKnown', severity: 'warning' as const };
  if (!named) {
    return [
      {
        ...rest,
        message: `The gateway of cluster ${cluster} serves a certificate that nothing known was issued as, so the file may not hold its CA.`,
        remedy:
          'Compare the fingerprint of the CA that your host serves with those of the file.',
        subject: { kind: 'Cluster', name: cluster, cluster },
      },
    ];
  }
  const { host, tls } = named;
  return [
    {
      ...rest,
      message: `For ${host} the gateway of cluster ${cluster} serves a certificate that nothing known was issued as (signed by ${commonName(
        tls?.leaf?.issuer ?? 'nobody',
      )}), so the file may not hold its CA.`,
      remedy: `Compare the fingerprint of the CA that ${host} serves with those of the file.`,
      subject: { kind: 'Host', name: host, cluster },
    },
  ];
}
