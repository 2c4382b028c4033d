import type { LoggerService } from '@backstage/backend-plugin-api';
import { oneLine } from 'backstage-plugin-networking-common';

type Meta = Parameters<LoggerService['info']>[1];

/** winston appends the message of what is logged with it to the line. */
function withOneLine(meta: Meta): Meta {
  if (meta === undefined || typeof meta.message !== 'string') return meta;
  const message = oneLine(meta.message);
  if (message === meta.message) return meta;
  if (!(meta instanceof Error)) return { ...meta, message };
  return Object.assign(new Error(message), {
    name: meta.name,
    stack: meta.stack,
  });
}

/**
 * A logger that writes each message as one line, so that nothing of a request, a cluster or a file begins a line of the log:
 * Backstage's log of plain text writes messages as they are.
 */
export function oneLineLogger(logger: LoggerService): LoggerService {
  return {
    error: (message, meta) => logger.error(oneLine(message), withOneLine(meta)),
    warn: (message, meta) => logger.warn(oneLine(message), withOneLine(meta)),
    info: (message, meta) => logger.info(oneLine(message), withOneLine(meta)),
    debug: (message, meta) => logger.debug(oneLine(message), withOneLine(meta)),
    child: meta => oneLineLogger(logger.child(meta)),
  };
}
