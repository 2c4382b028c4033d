import { objectsOf, textOf } from '../../gateway-api/lenient';
import type { KubernetesObject } from '../../gateway-api/types';
import { shownText, timeText } from './texts';
import type {
  AcmeChallenge,
  AcmeChallengeStatus,
  AcmeOrder,
  AcmeOrderStatus,
} from './types';

/** What owns an object that is looked for: by its uid, and where that is not known by its name. */
export interface Owner {
  kind: string;
  name: string;
  uid?: string;
}

/** Those of some objects that one of the owners has made. */
export function ownedBy<T extends KubernetesObject>(
  objects: readonly T[],
  owners: readonly Owner[],
): T[] {
  return objectsOf(objects).filter(({ metadata }) =>
    objectsOf(metadata?.ownerReferences).some(reference =>
      owners.some(
        ({ kind, name, uid }) =>
          reference.kind === kind &&
          (uid === undefined ? reference.name === name : reference.uid === uid),
      ),
    ),
  );
}

/** What is to be kept from everybody: tokens and keys. */
export const secretsOf = (challenges: readonly AcmeChallenge[]): string[] =>
  challenges.flatMap(({ spec }) =>
    [spec?.token, spec?.key].map(textOf).filter(text => text !== undefined),
  );

function challengeStatus(
  { spec, status }: AcmeChallenge,
  secrets: readonly string[],
): AcmeChallengeStatus {
  const state = textOf(status?.state);
  const reason = textOf(status?.reason);
  return {
    dnsName: textOf(spec?.dnsName) ?? '',
    type: textOf(spec?.type) ?? '',
    wildcard: spec?.wildcard === true,
    ...(state !== undefined && { state }),
    ...(reason !== undefined && { reason: shownText(reason, secrets) }),
    ...(typeof status?.presented === 'boolean' && {
      presented: status.presented,
    }),
    ...(typeof status?.processing === 'boolean' && {
      processing: status.processing,
    }),
  };
}

/** Undefined for one that does not say when it was made. */
export function orderStatus(
  order: AcmeOrder,
  challenges: readonly AcmeChallenge[],
  secrets: readonly string[],
): AcmeOrderStatus | undefined {
  const { metadata, status } = order;
  const createdAt = timeText(metadata?.creationTimestamp);
  const name = textOf(metadata?.name);
  if (createdAt === undefined || name === undefined) return undefined;
  const state = textOf(status?.state);
  const reason = textOf(status?.reason);
  const failedAt = timeText(status?.failureTime);
  return {
    name,
    createdAt,
    ...(state !== undefined && { state }),
    ...(reason !== undefined && { reason: shownText(reason, secrets) }),
    ...(failedAt !== undefined && { failedAt }),
    challenges: ownedBy(challenges, [
      { kind: 'Order', name, uid: textOf(metadata.uid) },
    ]).map(challenge => challengeStatus(challenge, secrets)),
  };
}
