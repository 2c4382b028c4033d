import { entryOf, objectsOf, textOf } from '../gateway-api/lenient';
import { objectKey } from '../gateway-api/indexes';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Certificate, Gateway, ListenerSet } from '../gateway-api/types';
import { secretsOf } from './listeners';
import type { CertificateFacts, ObjectRef } from './types';

/** Annotations by which cert-manager's shim makes a Certificate for each Secret that a Gateway names. */
const ISSUER_ANNOTATIONS = [
  'cert-manager.io/issuer',
  'cert-manager.io/cluster-issuer',
];
/** Names of listeners, separated by commas, that the shim leaves alone. */
const IGNORED_LISTENERS = 'cert-manager.io/ignore-tls-listeners';

const createdAt = ({ metadata }: Certificate) =>
  textOf(metadata.creationTimestamp) ?? '';

/**
 * Certificates that fill a Secret, by `spec.secretName`: neither name nor owner needs to match. Of several the one that was
 * created first fills it, then the first by name (cert-manager, `CertificateOwnsSecret`).
 */
export function certificatesOf(
  snapshot: Snapshot,
  namespace: string,
  secretName: string,
): Certificate[] {
  return [
    ...snapshot.find('certificatesBySecret', objectKey(namespace, secretName)),
  ].sort((a, b) => {
    const [first, second] = [createdAt(a), createdAt(b)];
    if (first !== second) return first < second ? -1 : 1;
    return a.metadata.name < b.metadata.name ? -1 : 1;
  });
}

/** Does this holder of listeners ask cert-manager's shim to fill the Secret? */
function asksForOne(holder: Gateway | ListenerSet, secret: ObjectRef): boolean {
  const { annotations } = holder.metadata;
  if (!ISSUER_ANNOTATIONS.some(name => textOf(entryOf(annotations, name)))) {
    return false;
  }
  const ignored = (entryOf(annotations, IGNORED_LISTENERS) ?? '')
    .split(',')
    .map(name => name.trim());
  return objectsOf(holder.spec?.listeners).some(
    listener =>
      listener.tls?.mode !== 'Passthrough' &&
      !ignored.includes(listener.name) &&
      secretsOf(holder, listener).some(
        ({ namespace, name }) =>
          namespace === secret.namespace && name === secret.name,
      ),
  );
}

const owns = (holder: Gateway | ListenerSet, certificate: Certificate) =>
  objectsOf(certificate.metadata.ownerReferences).some(
    owner =>
      owner.kind === holder.kind &&
      owner.name === holder.metadata.name &&
      (!holder.metadata.uid || !owner.uid || owner.uid === holder.metadata.uid),
  );

/** Whatever fills the Secret beside `certificate`, in a certain order. */
export function rivalsOf(
  snapshot: Snapshot,
  secret: ObjectRef,
  certificate: Certificate,
): NonNullable<CertificateFacts['rivals']> {
  const certificates = certificatesOf(snapshot, secret.namespace, secret.name);
  const holders: (Gateway | ListenerSet)[] = [
    ...snapshot.list('Gateway', secret.namespace),
    ...snapshot.list('ListenerSet', secret.namespace),
  ];
  const shims = holders.filter(
    holder =>
      // One that owns a Certificate of the Secret is in the list by that one.
      !certificates.some(one => owns(holder, one)) &&
      asksForOne(holder, secret),
  );
  return [
    ...certificates
      .filter(one => one !== certificate)
      .map(({ metadata: { name } }) => ({
        kind: 'Certificate' as const,
        namespace: secret.namespace,
        name,
      })),
    ...shims
      .map(({ kind, metadata: { name } }) => ({
        kind:
          kind === 'ListenerSet'
            ? ('ListenerSet' as const)
            : ('Gateway' as const),
        namespace: secret.namespace,
        name,
      }))
      .sort((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1)),
  ];
}
