import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createExposeComponentAction } from '../expose';
import type { ExposeInput } from '../expose/request';
import type { FakeBackend } from './fakeBackend';

/** A clock that a wait moves on at once. */
const instantClock = () => {
  let time = 0;
  return {
    now: () => time,
    sleep: async (ms: number) => {
      time += ms;
    },
  };
};

/** The action against a fake backend, with a log and outputs to look at. */
export function runner(backend: FakeBackend) {
  const action = createExposeComponentAction({
    auth: mockServices.auth(),
    discovery: mockServices.discovery.mock({
      getBaseUrl: async () => backend.baseUrl,
    }),
    wait: instantClock(),
  });
  const log: string[] = [];
  const record = (level: string) => (message: string) => {
    log.push(`${level}: ${message}`);
  };
  const logger = mockServices.logger.mock({
    info: record('info'),
    warn: record('warn'),
  });
  const outputs: Record<string, unknown> = {};
  const checkpoints: Record<string, unknown> = {};
  const saved: string[] = [];

  const run = (
    input: ExposeInput,
    options: { isDryRun?: boolean; signal?: AbortSignal } = {},
  ) =>
    action.handler({
      ...createMockActionContext<ExposeInput & Record<string, never>>({
        input: input as ExposeInput & Record<string, never>,
        workspacePath: '/not/used',
      }),
      ...options,
      logger,
      output: (name: string, value: unknown) => {
        outputs[name] = value;
      },
      checkpoint: async <T>({
        key,
        fn,
      }: {
        key: string;
        fn: () => Promise<T> | T;
      }): Promise<T> => {
        saved.push(key);
        if (!(key in checkpoints)) {
          checkpoints[key] = JSON.parse(JSON.stringify(await fn()));
        }
        return checkpoints[key] as T;
      },
    } as Parameters<typeof action.handler>[0]);

  return { action, run, log, outputs, checkpointKeys: saved };
}
