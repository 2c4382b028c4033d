import { ServiceUnavailableError } from '@backstage/errors';
import {
  writeFinding,
  type Consequence,
  type Finding,
} from 'backstage-plugin-networking-common';

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

const about = (consequence: Consequence) =>
  ({
    params: { consequence },
    actor: { is: 'platform' },
    subject: { kind: 'Database', name: 'networking' },
  } as const);

export const databaseRefusal = (
  reason: DatabaseFailure,
  consequence: Consequence,
): Finding => ({
  ...writeFinding(reason, about(consequence)),
  severity: 'blocking',
});

/** What readers are told while the database fails. */
export const databaseNotice = (reason: DatabaseFailure): Finding => ({
  ...writeFinding(reason, about('shownMayBeOld')),
  severity: 'warning',
});

/**
 * That a database did not do what it was asked: 503 with a finding for clients, without a word of the driver. Those are in the
 * log. Not named DatabaseError, which Backstage answers 500.
 */
export class DatabaseUnavailableError extends ServiceUnavailableError {
  readonly reason: DatabaseFailure;
  readonly findings: readonly Finding[];

  constructor(reason: DatabaseFailure) {
    const finding = databaseRefusal(reason, 'notCarriedOut');
    super(`${finding.message} ${finding.remedy}`);
    this.reason = reason;
    this.findings = [finding];
  }
}
