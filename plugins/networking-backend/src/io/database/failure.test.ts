import { driverWords, failureOf } from './failure';

const coded = (code: string) => Object.assign(new Error('x'), { code });
const named = (name: string, message = 'x') =>
  Object.assign(new Error(message), { name });

const ROWS: Record<string, [unknown, string]> = {
  'SQLite locked by another process': [coded('SQLITE_BUSY'), 'DatabaseBusy'],
  'SQLite with a snapshot that is behind': [
    coded('SQLITE_BUSY_SNAPSHOT'),
    'DatabaseBusy',
  ],
  'SQLite locked by the same process': [coded('SQLITE_LOCKED'), 'DatabaseBusy'],
  'a disk that is full, by SQLite': [coded('SQLITE_FULL'), 'DatabaseFull'],
  'a file that may not be written': [
    coded('SQLITE_READONLY_DBMOVED'),
    'DatabaseReadOnly',
  ],
  'a file that is gone': [coded('SQLITE_CANTOPEN'), 'DatabaseUnreachable'],
  'a disk with errors': [coded('SQLITE_IOERR_WRITE'), 'DatabaseFailed'],
  'a file that is no database': [coded('SQLITE_NOTADB'), 'DatabaseFailed'],
  'a table that is missing, by SQLite': [
    coded('SQLITE_ERROR'),
    'DatabaseFailed',
  ],
  'a SQLite that was closed': [
    new TypeError('The database connection is not open'),
    'DatabaseUnreachable',
  ],
  'a PostgreSQL that refuses connections': [
    coded('ECONNREFUSED'),
    'DatabaseUnreachable',
  ],
  'a PostgreSQL that was shut down': [coded('57P01'), 'DatabaseUnreachable'],
  'a PostgreSQL that starts': [coded('57P03'), 'DatabaseUnreachable'],
  'a password that was changed': [coded('28P01'), 'DatabaseUnreachable'],
  'a connection that broke': [
    new Error('Connection terminated unexpectedly'),
    'DatabaseUnreachable',
  ],
  'a connection that does not come': [
    new Error('timeout exceeded when trying to connect'),
    'DatabaseUnreachable',
  ],
  'a pool that was closed': [
    new Error('Unable to acquire a connection'),
    'DatabaseUnreachable',
  ],
  'a pool that is used up': [named('KnexTimeoutError'), 'DatabaseBusy'],
  'too many connections': [coded('53300'), 'DatabaseBusy'],
  'a disk that is full, by PostgreSQL': [coded('53100'), 'DatabaseFull'],
  'a standby': [coded('25006'), 'DatabaseReadOnly'],
  'a deadlock': [coded('40P01'), 'DatabaseBusy'],
  'a statement that took too long': [coded('57014'), 'DatabaseBusy'],
  'a table that is missing, by PostgreSQL': [coded('42P01'), 'DatabaseFailed'],
  'something without a reason': [undefined, 'DatabaseFailed'],
};

it.each(Object.entries(ROWS))('%s has its reason', (_, [error, reason]) => {
  expect(failureOf(error)).toBe(reason);
});

it.each([
  [
    'the statement and its values',
    Object.assign(
      new Error("insert into `secrets` values ('k - s3cret') - disk is full"),
      { code: 'SQLITE_FULL' },
    ),
    'SQLITE_FULL: disk is full',
  ],
  [
    'values that PostgreSQL quotes',
    Object.assign(new Error('$1 - invalid input for bigint: "s3cret"'), {
      code: '22P02',
    }),
    '22P02',
  ],
  [
    'nothing of a connection that both families refuse',
    Object.assign(new AggregateError([new Error('connect ECONNREFUSED')]), {
      code: 'ECONNREFUSED',
    }),
    'ECONNREFUSED: connect ECONNREFUSED',
  ],
])('the log is told what the driver said, without %s', (_, error, words) => {
  expect(driverWords(error)).toBe(words);
});
