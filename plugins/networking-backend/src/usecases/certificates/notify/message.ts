import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  notificationState,
  type CertificateRow,
  type Finding,
  type NotificationState,
} from 'backstage-plugin-networking-common';

type NotificationPayload = NotificationSendOptions['payload'];

/** What is said, to whomever. */
export type CertificateMessage = Pick<
  NotificationPayload,
  'title' | 'description' | 'link' | 'severity'
>;

/** Owners see their own hosts alone. */
export type Audience = 'owner' | 'admin';

/** The column of the notifications' titles holds no more. */
const MAX_TITLE = 255;
/** How many hosts are named before the rest is counted. */
const MAX_HOSTS = 10;

const SEVERITY: Record<
  NotificationState,
  NonNullable<NotificationPayload['severity']>
> = {
  expired: 'critical',
  untrusted: 'critical',
  failing: 'high',
  overdue: 'high',
  due: 'normal',
};

const TITLES: Record<NotificationState, (subject: string) => string> = {
  expired: subject => `${subject} has expired`,
  untrusted: subject => `${subject} is not trusted`,
  failing: subject => `${subject} cannot be issued`,
  overdue: subject => `${subject} was not issued in time`,
  due: subject => `${subject} is due for renewal`,
};

/** What is said of a state that is over. */
const OVER: typeof TITLES = {
  expired: subject => `${subject} is valid again`,
  untrusted: subject => `${subject} is trusted again`,
  failing: subject => `${subject} has been issued`,
  overdue: subject => `${subject} has been issued`,
  due: subject => `${subject} is not due for renewal any more`,
};

const plural = (count: number, one: string) =>
  `${count} ${one}${count === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and 7 more`. */
function listOf(values: readonly string[], max: number): string {
  const named = values.slice(0, max);
  const left = values.length - named.length;
  if (left > 0) return `${named.join(', ')} and ${left} more`;
  const last = named.pop() ?? '';
  return named.length > 0 ? `${named.join(', ')} and ${last}` : last;
}

/** The hosts of a row, each once. */
export const hostsOf = ({ hosts }: CertificateRow): string[] => [
  ...new Set(hosts.map(({ host }) => host)),
];

function titleOf(row: CertificateRow, isOwner: boolean): string {
  if (isOwner) {
    const hosts = hostsOf(row);
    const named =
      hosts.length <= 2
        ? listOf(hosts, 2)
        : `${hosts[0]} and ${plural(hosts.length - 1, 'more host')}`;
    return `The certificate of ${named}`;
  }
  const { certificate } = row.facts;
  if (!certificate) {
    return `The certificate in Secret ${row.secret.namespace}/${row.secret.name}`;
  }
  const kind = row.role === 'ca' ? 'CA certificate' : 'Certificate';
  return `${kind} ${certificate.namespace}/${certificate.name}`;
}

/** The tab of the first of the entities that are concerned. */
function tabOf({ hosts }: CertificateRow): string | undefined {
  const [ref] = hosts.flatMap(({ entities }) => entities).sort();
  if (ref === undefined) return undefined;
  const { kind, namespace, name } = parseEntityRef(ref);
  const path = [namespace, kind, name].map(encodeURIComponent).join('/');
  return `/catalog/${path}/networking`;
}

/**
 * What is said of a certificate in trouble.
 *
 * @param row - as the recipient may see it: with the recipient's own hosts and entities alone, where it is an owner
 * @returns without `scope` and `topic`; undefined where the row is in another state
 */
export function messageOf(
  row: CertificateRow,
  state: NotificationState,
  audience: Audience,
): CertificateMessage | undefined {
  const finding = row.findings.find(one => notificationState([one]) === state);
  return (
    finding &&
    messageAbout({
      row,
      finding,
      audience,
      title: TITLES[state],
      severity: SEVERITY[state],
    })
  );
}

/**
 * What is said of a certificate of which nobody needs to be told any more, in the place of what was told last.
 *
 * @param row - as for {@link messageOf}
 * @param state - that is over
 */
export const overMessageOf = (
  row: CertificateRow,
  state: NotificationState,
  audience: Audience,
): CertificateMessage | undefined =>
  messageAbout({
    row,
    finding: row.finding,
    audience,
    title: OVER[state],
    severity: 'low',
  });

function messageAbout(input: {
  row: CertificateRow;
  finding: Finding;
  audience: Audience;
  title: (subject: string) => string;
  severity: CertificateMessage['severity'];
}): CertificateMessage | undefined {
  const { row, finding, audience, severity } = input;
  const isOwner = audience === 'owner';
  const hosts = hostsOf(row);
  if (isOwner && hosts.length === 0) return undefined;
  const title = input.title(titleOf(row, isOwner));
  const concerned =
    hosts.length > 0
      ? `It concerns ${listOf(hosts, MAX_HOSTS)}.`
      : 'No host that is exposed hangs on it.';
  const link = isOwner ? tabOf(row) : '/networking/certificates';
  return {
    title:
      title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title,
    description: [
      finding.message,
      finding.remedy,
      ...(isOwner && hosts.length <= 2 ? [] : [concerned]),
      ...(isOwner ? [] : [`Cluster: ${row.cluster}.`]),
    ]
      .filter(Boolean)
      .join(' '),
    severity,
    ...(link !== undefined && { link }),
  };
}
