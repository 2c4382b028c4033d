import { ServiceUnavailableError } from '@backstage/errors';
import type { Finding } from 'backstage-plugin-networking-common';

/** Why a database did not do what it was asked. Programs may rely on them. */
export type DatabaseFailure =
  | 'DatabaseBusy'
  | 'DatabaseUnreachable'
  | 'DatabaseFull'
  | 'DatabaseReadOnly'
  | 'DatabaseFailed';

/** By code, the first that matches: result codes of SQLite, SQLSTATEs of PostgreSQL (appendix A of its manual), errno of Node. */
const BY_CODE: readonly (readonly [RegExp, DatabaseFailure])[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'DatabaseBusy'],
  [/^SQLITE_FULL/, 'DatabaseFull'],
  [/^SQLITE_(READONLY|PERM)/, 'DatabaseReadOnly'],
  [/^SQLITE_CANTOPEN/, 'DatabaseUnreachable'],
  [/^(53100|ENOSPC|EDQUOT)$/, 'DatabaseFull'],
  [/^(25006|EROFS)$/, 'DatabaseReadOnly'],
  // Too many connections or no memory left; deadlock, lock or statement timeout.
  [/^(53|40)...$|^(55P03|57014)$/, 'DatabaseBusy'],
  // Gone, starting up or shutting down; not accepted, also as a user or a database.
  [/^(08|28|57)...$|^(3D000|55000)$/, 'DatabaseUnreachable'],
  [
    /^E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|NOENT|ACCES)$/,
    'DatabaseUnreachable',
  ],
];

/** What pg, better-sqlite3, knex and its pool say without a code where there is no connection. */
const NO_CONNECTION =
  /connection (terminated|is not open|error|ended|closed)|not queryable|trying to connect|acquire a connection|^aborted$/i;

const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
};

export function failureOf(error: unknown): DatabaseFailure {
  const code = codeOf(error);
  const known = BY_CODE.find(([pattern]) => pattern.test(code))?.[1];
  if (known) return known;
  const { name, message } = (error ?? {}) as Partial<Error>;
  if (name === 'KnexTimeoutError') return 'DatabaseBusy';
  return code === '' && NO_CONNECTION.test(message ?? '')
    ? 'DatabaseUnreachable'
    : 'DatabaseFailed';
}

/**
 * What a driver said, for the log: without the statement that knex puts before it, whose values may be secrets, and without
 * messages of PostgreSQL that quote values (SQLSTATE classes 22 and 23).
 */
export function driverWords(error: unknown): string {
  const code = codeOf(error);
  const { errors, message = '' } = (error ?? {}) as Partial<AggregateError>;
  const own = message || String(errors?.[0]?.message ?? '');
  const said = /^2[23]...$/.test(code) ? '' : own.split(' - ').at(-1);
  return [code, said].filter(Boolean).join(': ') || 'no reason given';
}

const STATES: Record<DatabaseFailure, string> = {
  DatabaseBusy: 'is busy',
  DatabaseUnreachable: "can't be reached",
  DatabaseFull: 'has no space left',
  DatabaseReadOnly: 'is read-only',
  DatabaseFailed: 'reports an error',
};

const REMEDIES: Record<DatabaseFailure, string> = {
  DatabaseBusy:
    'Try again in a minute. If it stays busy, ask an admin of Backstage what holds the database of plugin networking.',
  DatabaseUnreachable:
    'Ask an admin of Backstage to bring the database of plugin networking back.',
  DatabaseFull:
    'Ask an admin of Backstage to free space for the database of plugin networking.',
  DatabaseReadOnly:
    'Ask an admin of Backstage to make the database of plugin networking writable.',
  DatabaseFailed:
    "Ask an admin of Backstage to look for the database of plugin networking in the backend's log.",
};

const SUBJECT = { kind: 'Database', name: 'networking' };

/** @param consequence - the fact first, such as "Nothing was written" */
export function databaseRefusal(
  reason: DatabaseFailure,
  consequence: string,
): Finding {
  return {
    reason,
    severity: 'blocking',
    message: `${consequence}: Backstage's database ${STATES[reason]}.`,
    remedy: REMEDIES[reason],
    subject: SUBJECT,
  };
}

/** What readers are told while the database fails. */
export function databaseNotice(reason: DatabaseFailure): Finding {
  return {
    reason,
    severity: 'warning',
    message: `URLs can't be checked or changed while Backstage's database ${STATES[reason]}. What is shown may be out of date.`,
    remedy: REMEDIES[reason],
    subject: SUBJECT,
  };
}

/**
 * That a database did not do what it was asked: 503 with a finding for clients, without a word of the driver. Those are in the
 * log. Not named DatabaseError, which Backstage answers 500.
 */
export class DatabaseUnavailableError extends ServiceUnavailableError {
  readonly reason: DatabaseFailure;
  readonly findings: readonly Finding[];

  constructor(reason: DatabaseFailure) {
    const finding = databaseRefusal(reason, 'The request was not carried out');
    super(`${finding.message} ${finding.remedy}`);
    this.reason = reason;
    this.findings = [finding];
  }
}
