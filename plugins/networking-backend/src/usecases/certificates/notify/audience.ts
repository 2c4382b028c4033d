import type { CertificateRow } from 'backstage-plugin-networking-common';
import type { OwnedExposure } from '../../exposures';
import type { Audience, CertificateMessage } from './message';

/** A message and the ref of the group, user or entity that it is for. */
export interface Addressed {
  to: string;
  message: CertificateMessage;
}

/**
 * The messages to admins with everything, and to owners with their own. One at a time: a certificate may serve hundreds of
 * teams, and each is judged for itself.
 *
 * @param input - `isFor`: is there anything to tell this one? `say`: what, if anything, of the row as that one may see it
 */
export async function* messagesFor(input: {
  row: CertificateRow;
  admins: readonly string[];
  exposures: readonly OwnedExposure[];
  isFor(to: string): boolean;
  say(
    row: CertificateRow,
    audience: Audience,
    to: string,
  ): CertificateMessage | undefined;
  rowOf(
    exposures: readonly OwnedExposure[],
  ): Promise<CertificateRow | undefined>;
}): AsyncGenerator<Addressed> {
  const { row, admins, exposures, isFor, say, rowOf } = input;
  for (const to of admins) {
    const message = isFor(to) ? say(row, 'admin', to) : undefined;
    if (message) yield { to, message };
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
    if (!isFor(to) || admins.includes(to)) continue;
    const own = await rowOf(owned);
    const message = own && say(own, 'owner', to);
    if (message) yield { to, message };
  }
}
