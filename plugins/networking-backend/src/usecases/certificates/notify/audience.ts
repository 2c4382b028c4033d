import type {
  CertificateRow,
  NotificationState,
} from 'backstage-plugin-networking-common';
import type { OwnedExposure } from '../../exposures';
import { messageOf, type CertificateMessage } from './message';

/** A message and the ref of the group, user or entity that it is for. */
export interface Addressed {
  to: string;
  message: CertificateMessage;
}

/**
 * The messages to those who were not told yet: to admins with everything, to owners with their own. One at a time: a
 * certificate may serve hundreds of teams, and each is judged for itself.
 */
export async function* messagesFor(input: {
  row: CertificateRow;
  state: NotificationState;
  admins: readonly string[];
  exposures: readonly OwnedExposure[];
  told: readonly string[];
  rowOf(
    exposures: readonly OwnedExposure[],
  ): Promise<CertificateRow | undefined>;
}): AsyncGenerator<Addressed> {
  const { row, state, admins, exposures, told, rowOf } = input;
  for (const to of admins) {
    const message = messageOf(row, state, 'admin');
    if (message && !told.includes(to)) yield { to, message };
  }
  // What is wrong with a CA tells on what it has signed, and is not the owners' to repair.
  if (row.role === 'ca') return;
  const exposed = new Set(
    row.hosts.map(
      ({ exposure: { namespace, name } }) => `${namespace}/${name}`,
    ),
  );
  const byOwner = new Map<string, OwnedExposure[]>();
  for (const one of exposures) {
    const { namespace, name } = one.exposure;
    if (!exposed.has(`${namespace}/${name}`)) continue;
    for (const owner of one.owners) {
      const own = one.ownedBy(owner);
      if (!own) continue;
      const known = byOwner.get(owner);
      if (known) known.push(own);
      else byOwner.set(owner, [own]);
    }
  }
  for (const [to, owned] of [...byOwner].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (told.includes(to) || admins.includes(to)) continue;
    const own = await rowOf(owned);
    const message = own && messageOf(own, state, 'owner');
    if (message) yield { to, message };
  }
}
