import { Writable } from 'node:stream';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { oneLineLogger } from './oneLineLogger';

const FORGED = '2026-12-01T00:00:00.000Z catalog error all entities deleted';

/** The lines that Backstage's own logger of plain text writes. */
function linesOf(write: (logger: ReturnType<typeof oneLineLogger>) => void) {
  let written = '';
  const stream = new Writable({
    objectMode: true,
    write(entry, _encoding, done) {
      written += `${entry[Symbol.for('message')]}\n`;
      done();
    },
  });
  // winston takes every stream of objects for one of its transports that has this.
  const transport = Object.assign(stream, { log: (_entry: object) => {} });
  type Options = Parameters<typeof WinstonLogger.create>[0];
  write(
    oneLineLogger(
      WinstonLogger.create({
        level: 'debug',
        format: WinstonLogger.colorFormat(),
        transports: [transport] as unknown as Options['transports'],
      }),
    ),
  );
  return written.trimEnd().split('\n');
}

const text = `Lock a\n${FORGED}\r${FORGED}`;

it.each<[string, Parameters<typeof linesOf>[0]]>([
  ['a message', logger => logger.error(text)],
  ['a warning', logger => logger.warn(text)],
  ['news', logger => logger.info(text)],
  ['a detail', logger => logger.debug(text)],
  ['an error', logger => logger.warn('It failed', new Error(text))],
  ['a field', logger => logger.info('It failed', { host: text })],
  ['a message among fields', logger => logger.info('A', { message: text })],
  ['a child', logger => logger.child({ host: text }).info(text)],
])('%s is one line of the log', (_, write) => {
  const lines = linesOf(write);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(FORGED);
  expect(lines[0]).not.toContain('\r');
});

it('an error keeps its name and its stack', () => {
  const error = Object.assign(new Error('a\nb'), { name: 'ConflictError' });
  const [line] = linesOf(logger => logger.warn('It failed', error));
  expect(line).toContain('It failed a\\nb');
  expect(line).toContain('oneLineLogger.test');
});
