import type {
  CertificateRow,
  NotificationState,
} from 'backstage-plugin-networking-common';
import type { OwnedExposure } from '../../exposures';
import { messageOf, type CertificateMessage } from './message';

/** The messages to those who were not told yet: to admins with everything, to owners with their own. */
export function messagesFor(input: {
  row: CertificateRow;
  state: NotificationState;
  admins: readonly string[];
  exposures: readonly OwnedExposure[];
  told: readonly string[];
  rowOf(exposures: readonly OwnedExposure[]): CertificateRow | undefined;
}): { to: string; message: CertificateMessage }[] {
  const { row, state, admins, exposures, told, rowOf } = input;
  const isNew = (ref: string) => !told.includes(ref);
  const toAdmins = admins.filter(isNew).flatMap(to => {
    const message = messageOf(row, state, 'admin');
    return message ? [{ to, message }] : [];
  });
  // What is wrong with a CA tells on what it has signed, and is not the owners' to repair.
  if (row.role === 'ca') return toAdmins;
  const exposed = new Set(
    row.hosts.map(
      ({ exposure: { namespace, name } }) => `${namespace}/${name}`,
    ),
  );
  const concerned = exposures.filter(({ exposure: { namespace, name } }) =>
    exposed.has(`${namespace}/${name}`),
  );
  const owners = new Set(concerned.flatMap(one => one.owners));
  const toOwners = [...owners]
    .filter(owner => isNew(owner) && !admins.includes(owner))
    .sort()
    .flatMap(to => {
      const own = rowOf(concerned.flatMap(one => one.ownedBy(to) ?? []));
      const message = own && messageOf(own, state, 'owner');
      return message ? [{ to, message }] : [];
    });
  return [...toAdmins, ...toOwners];
}
