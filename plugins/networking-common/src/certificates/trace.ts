import { findCondition } from '../gateway-api/conditions';
import { isRecord, objectsOf, textOf } from '../gateway-api/lenient';
import type { Snapshot, SnapshotKind } from '../gateway-api/snapshot';
import type {
  Certificate,
  CertificateRequest,
  Gateway,
  Issuer,
  Listener,
  ListenerSet,
} from '../gateway-api/types';
import type { ClusterSettings } from '../settings/types';
import { issuerSecrets } from './issuerSecrets';
import { secretsOf } from './listeners';
import {
  currentIssue,
  earlierIssues,
  pemBlocks,
  type IssuedRevision,
  type KeptRevisions,
} from './revisions';
import { certificatesOf, rivalsOf } from './rivals';
import { unsolvedNames } from './solvers';
import { conditionsOf, issuerType } from './status';
import type { CertificateFacts, IssuerStatus, ObjectRef } from './types';

/**
 * What the cluster tells about the certificate of a listener without any Secret being read. PEM texts hold one
 * certificate each, unparsed and unverified.
 * @public
 */
export interface CertificateTrace {
  /** Name is empty where the listener names no Secret. */
  secret: ObjectRef;
  /** The Certificate that fills the Secret. */
  certificate?: Certificate;
  /** Whatever else fills it. */
  rivals?: CertificateFacts['rivals'];
  /** The request that the current revision came from. */
  request?: CertificateRequest;
  issuer?: IssuerStatus;
  leafPem?: string;
  /** What cert-manager gave with the leaf: first the certificate that signed it. */
  chainPem?: string[];
  /** The CA that signs today, which need not be the one that signed the leaf. */
  signerPem?: string;
  /** Set where the request is gone: when it was last seen. */
  keptAt?: string;
  /** Revisions before the current one that are still known, newest first. */
  earlier?: IssuedRevision[];
  /** Who tells of `trustedPem`. */
  trust?: 'cluster' | 'settings';
  /** What clients are to trust: the CA that signs today or, where the cluster does not tell it, all that the settings give. */
  trustedPem?: string[];
  /** The Certificate of the CA that signs today; where the issuer leads to none, of the one that signed the leaf. */
  caCertificate?: Certificate;
  /** The request that its current revision came from. */
  caRequest?: CertificateRequest;
  /** A sentence: what could not be learned, and why. */
  unknown?: string;
}

const isGap = (snapshot: Snapshot, kind: SnapshotKind) =>
  snapshot.gaps.some(gap => gap.kind === kind);

/** The issuer that a Certificate names, with the namespace in which its Secret lies. */
export function issuerOf(
  snapshot: Snapshot,
  certificate: Certificate,
  settings: ClusterSettings,
) {
  const ref = certificate.spec?.issuerRef;
  if (!isRecord(ref)) return undefined;
  const name = textOf(ref.name);
  if (name === undefined) return undefined;
  const kind = textOf(ref.kind) ?? 'Issuer';
  const group = textOf(ref.group) ?? 'cert-manager.io';
  const { namespace } = certificate.metadata;
  if (group !== 'cert-manager.io') {
    return {
      kind,
      name,
      group,
      secretNamespace: namespace ?? '',
      external: true,
    };
  }
  if (kind === 'ClusterIssuer') {
    return {
      kind,
      name,
      group,
      namespace: undefined,
      object: snapshot.get('ClusterIssuer', undefined, name),
      secretNamespace: settings.certificates.clusterResourceNamespace,
    };
  }
  return {
    kind,
    name,
    group,
    namespace,
    object: snapshot.get('Issuer', namespace, name),
    secretNamespace: namespace ?? '',
  };
}

/**
 * How an issuer stands; of one that is not ready also where it looks for its Secrets.
 *
 * @param certificate - for which an ACME issuer needs solvers; default: none is asked for
 */
export function issuerStatus(
  snapshot: Snapshot,
  issuer: NonNullable<ReturnType<typeof issuerOf>>,
  certificate?: Certificate,
): IssuerStatus {
  const { kind, name, group, secretNamespace } = issuer;
  if ('external' in issuer) {
    return { kind, name, group, type: 'external', conditions: [] };
  }
  const { object, namespace } = issuer;
  const isUnreadable =
    !object &&
    isGap(snapshot, kind === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer');
  const conditions = conditionsOf(object);
  const isReady = findCondition(conditions, 'Ready')?.status === 'True';
  const unsolved = certificate ? unsolvedNames(certificate, object) : [];
  return {
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    group,
    type: issuerType(object),
    ...(!isUnreadable && { exists: object !== undefined }),
    conditions,
    ...(object &&
      !isReady && {
        secrets: issuerSecrets(snapshot, object, secretNamespace),
      }),
    ...(unsolved.length > 0 && { unsolved }),
  };
}

interface Signer {
  signerPem?: string;
  caCertificate?: Certificate;
  caRequest?: CertificateRequest;
  unknown?: string;
}

/** The Certificate whose current issue is among these, where an issuer keeps its CA. */
function issuedAmong(
  snapshot: Snapshot,
  namespace: string,
  chainPem: readonly string[],
  kept: KeptRevisions | undefined,
): Pick<Signer, 'caCertificate' | 'caRequest'> {
  for (const certificate of snapshot.list('Certificate', namespace)) {
    if (certificate.spec?.isCA !== true) continue;
    const { leafPem, request } = currentIssue(snapshot, certificate, kept);
    if (leafPem === undefined || !chainPem.includes(leafPem)) continue;
    return {
      caCertificate: certificate,
      ...(request && { caRequest: request }),
    };
  }
  return {};
}

function signerOf(
  snapshot: Snapshot,
  issuer: NonNullable<ReturnType<typeof issuerOf>>,
  { leafPem, chainPem = [] }: Pick<CertificateTrace, 'leafPem' | 'chainPem'>,
  kept: KeptRevisions | undefined,
): Signer {
  const title = `${issuer.kind} ${issuer.name}`;
  if ('external' in issuer) {
    return {
      unknown: `${title} is not one of cert-manager's own, so its CA cannot be read.`,
    };
  }
  const object: Issuer | undefined = issuer.object;
  const known = () =>
    issuedAmong(snapshot, issuer.secretNamespace, chainPem, kept);
  if (!object) {
    return {
      ...known(),
      unknown: isGap(
        snapshot,
        issuer.kind === 'ClusterIssuer' ? 'ClusterIssuer' : 'Issuer',
      )
        ? `${title} cannot be read.`
        : `${title} does not exist.`,
    };
  }
  if (isRecord(object.spec?.selfSigned)) return { signerPem: leafPem };
  const secretName = textOf(object.spec?.ca?.secretName);
  if (secretName === undefined) {
    return {
      unknown: `${title} keeps its CA outside the cluster, so it cannot be read.`,
    };
  }
  const [caCertificate] = certificatesOf(
    snapshot,
    issuer.secretNamespace,
    secretName,
  );
  if (!caCertificate) {
    return {
      ...known(),
      unknown: `No Certificate fills Secret ${issuer.secretNamespace}/${secretName}, in which ${title} keeps its CA.`,
    };
  }
  const { request, leafPem: signerPem } = currentIssue(
    snapshot,
    caCertificate,
    kept,
  );
  const ca = { caCertificate, ...(request && { caRequest: request }) };
  return signerPem !== undefined
    ? { ...ca, signerPem }
    : {
        ...ca,
        unknown: `The request behind Certificate ${issuer.secretNamespace}/${caCertificate.metadata.name} is not kept, so the CA that signs today is not known.`,
      };
}

function missingLeaf(snapshot: Snapshot, certificate: Certificate): string {
  const title = `Certificate ${certificate.metadata.namespace}/${certificate.metadata.name}`;
  if (isGap(snapshot, 'CertificateRequest')) {
    return `The requests of ${title} cannot be read.`;
  }
  const ready = findCondition(certificate.status?.conditions, 'Ready');
  return ready?.status === 'True'
    ? `The request behind ${title} is not kept, so what it holds is not known.`
    : `${title} has not been issued yet.`;
}

/**
 * Follows a Secret to the certificate in it, whatever else may fill it. Reads no Secret; parses nothing.
 *
 * @param input - `kept`: what was seen before; never put before what the cluster says
 * @public
 */
export function followSecret(input: {
  secret: ObjectRef;
  snapshot: Snapshot;
  settings: ClusterSettings;
  kept?: KeptRevisions;
}): CertificateTrace {
  const { secret, snapshot, settings, kept } = input;
  const [certificate] = certificatesOf(snapshot, secret.namespace, secret.name);
  if (!certificate) {
    return withGiven(settings, {
      secret,
      unknown: isGap(snapshot, 'Certificate')
        ? 'Certificates of this cluster cannot be read.'
        : `No Certificate fills Secret ${secret.namespace}/${secret.name}, so what is in it is not known.`,
    });
  }
  const { leafPem, ...current } = currentIssue(snapshot, certificate, kept);
  const earlier = earlierIssues(snapshot, certificate, kept);
  const issuer = issuerOf(snapshot, certificate, settings);
  const signer: Signer = issuer
    ? signerOf(snapshot, issuer, { leafPem, ...current }, kept)
    : { unknown: 'The Certificate names no issuer.' };
  return withGiven(settings, {
    secret,
    certificate,
    ...(issuer && { issuer: issuerStatus(snapshot, issuer, certificate) }),
    ...current,
    ...(leafPem !== undefined && { leafPem }),
    ...(earlier.length > 0 && { earlier }),
    ...signer,
    unknown:
      leafPem === undefined
        ? missingLeaf(snapshot, certificate)
        : signer.unknown,
  });
}

/** As {@link followSecret}, with whatever else fills the Secret. @public */
export function traceSecret(
  input: Parameters<typeof followSecret>[0],
): CertificateTrace {
  const trace = followSecret(input);
  const { secret, certificate } = trace;
  const rivals = certificate && rivalsOf(input.snapshot, secret, certificate);
  return rivals && rivals.length > 0 ? { ...trace, rivals } : trace;
}

/** Where the cluster does not tell the CA, that of the settings. */
function withGiven(
  settings: ClusterSettings,
  trace: CertificateTrace,
): CertificateTrace {
  if (trace.signerPem !== undefined) {
    return { ...trace, trust: 'cluster', trustedPem: [trace.signerPem] };
  }
  const given = pemBlocks(settings.certificates.caPem);
  if (given.length === 0) return trace;
  return {
    ...trace,
    signerPem: given[0],
    trust: 'settings',
    trustedPem: given,
    ...(trace.leafPem !== undefined && { unknown: undefined }),
  };
}

/**
 * Follows a listener to the certificates that it may serve and to the CA that signs today: listener → Certificate by Secret
 * → its current request → issuer → the CA's Certificate → its current request. One for each Secret that it names; where it
 * names none, one that says so.
 * @public
 */
export function traceCertificates(input: {
  /** The Gateway or ListenerSet that has the listener. */
  holder: Gateway | ListenerSet;
  listener: Listener;
  snapshot: Snapshot;
  settings: ClusterSettings;
  kept?: KeptRevisions;
}): CertificateTrace[] {
  const { holder, listener, ...rest } = input;
  const secrets = secretsOf(holder, listener);
  if (secrets.length > 0) {
    return secrets.map(secret => traceSecret({ secret, ...rest }));
  }
  const [other] = objectsOf(listener.tls?.certificateRefs);
  return [
    withGiven(rest.settings, {
      secret: {
        namespace: textOf(holder.metadata?.namespace) ?? '',
        name: textOf(other?.name) ?? '',
      },
      unknown: other
        ? `Listener ${listener.name} has its certificate from another kind of object than a Secret, which is not followed.`
        : `Listener ${listener.name} names no certificate.`,
    }),
  ];
}
