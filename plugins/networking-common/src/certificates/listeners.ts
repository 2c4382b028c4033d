import { isAdmitted } from '../gateway-api/attachments';
import { objectsOf, textOf } from '../gateway-api/lenient';
import type { Snapshot } from '../gateway-api/snapshot';
import type { Gateway, Listener, ListenerSet } from '../gateway-api/types';
import type { CertificateLookup, ListenerRef, ObjectRef } from './types';

/** A listener that names certificates, with what has it. @public */
export interface TlsListener {
  ref: ListenerRef;
  holder: Gateway | ListenerSet;
  listener: Listener;
  /** One for each certificateRef, in their order. Namespaces are filled in. */
  secrets: ObjectRef[];
}

/** The address of a listener of a Gateway or of a ListenerSet. @public */
export function listenerRefOf(
  holder: Gateway | ListenerSet,
  listener: Listener,
): ListenerRef {
  return {
    kind: holder.kind === 'ListenerSet' ? 'ListenerSet' : 'Gateway',
    namespace: textOf(holder.metadata?.namespace) ?? '',
    name: textOf(holder.metadata?.name) ?? '',
    section: textOf(listener.name) ?? '',
  };
}

/** No two listeners of a cluster share it. @public */
export const listenerKey = (ref: ListenerRef): string =>
  [ref.kind, ref.namespace, ref.name, ref.section].join('/');

/** The Secrets that a listener names: its certificateRefs that are Secrets, each once. @public */
export function secretsOf(
  holder: Gateway | ListenerSet,
  listener: Listener,
): ObjectRef[] {
  const found = objectsOf(listener.tls?.certificateRefs).flatMap(
    (ref): ObjectRef[] => {
      const name = textOf(ref.name);
      const isSecret = (textOf(ref.kind) ?? 'Secret') === 'Secret';
      if (name === undefined || !isSecret || textOf(ref.group)) return [];
      const namespace =
        textOf(ref.namespace) ?? textOf(holder.metadata?.namespace) ?? '';
      return [{ namespace, name }];
    },
  );
  return found.filter(
    (one, index) =>
      found.findIndex(
        ({ namespace, name }) =>
          namespace === one.namespace && name === one.name,
      ) === index,
  );
}

/**
 * Every listener that names a Secret with a certificate, in a certain order: of every Gateway, and of every ListenerSet that its
 * Gateway has admitted. The others serve nothing.
 * @public
 */
export function tlsListeners(snapshot: Snapshot): TlsListener[] {
  const holders: (Gateway | ListenerSet)[] = [
    ...snapshot.list('Gateway'),
    ...snapshot.list('ListenerSet').filter(set => isAdmitted(set, snapshot)),
  ];
  return holders
    .flatMap(holder =>
      objectsOf(holder.spec?.listeners).flatMap((listener): TlsListener[] => {
        const secrets = secretsOf(holder, listener);
        const ref = listenerRefOf(holder, listener);
        return secrets.length > 0 ? [{ ref, holder, listener, secrets }] : [];
      }),
    )
    .map(found => ({ found, key: listenerKey(found.ref) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ found }) => found);
}

/** A lookup over what is known of each listener. @public */
export function certificateLookup(
  entries: Iterable<{
    listener: ListenerRef;
    facts: ReturnType<CertificateLookup>;
  }>,
): CertificateLookup {
  const byListener = new Map<string, ReturnType<CertificateLookup>>();
  for (const { listener, facts } of entries) {
    byListener.set(listenerKey(listener), facts);
  }
  return listener => byListener.get(listenerKey(listener)) ?? [];
}
