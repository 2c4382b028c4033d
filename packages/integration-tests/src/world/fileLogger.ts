import { appendFileSync, writeFileSync } from 'node:fs';
import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';

/** The backend's log as lines of a file, which is emptied first: what to read when a test fails with a 500. */
export function fileLogger(file: string) {
  writeFileSync(file, '');
  const at = (fields: object): RootLoggerService => {
    const write =
      (level: string): RootLoggerService['info'] =>
      (message, meta) => {
        const details =
          meta instanceof Error ? { error: meta.stack ?? meta.message } : meta;
        appendFileSync(
          file,
          `${JSON.stringify({ level, message, ...fields, ...details })}\n`,
        );
      };
    return {
      error: write('error'),
      warn: write('warn'),
      info: write('info'),
      debug: write('debug'),
      child: more => at({ ...fields, ...more }),
    };
  };
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: {},
    factory: () => at({}),
  });
}
