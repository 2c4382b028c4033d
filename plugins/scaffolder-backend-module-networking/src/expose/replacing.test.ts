import type {
  ApplyResult,
  ExposureRequest,
} from 'backstage-plugin-networking-common';
import {
  errorAnswer,
  exposureOf,
  FakeBackend,
  finding,
  planOf,
  verdict,
} from '../__testUtils__/fakeBackend';
import { runner } from '../__testUtils__/run';

const input = { entityRef: 'component:default/docs' };
const moves = finding({
  reason: 'LiveTrafficMoves',
  severity: 'confirm',
  message:
    'Requests to https://docs.127-0-0-1.nip.io now go to Service docs port 8080. After this change they go to Service docs-v2 port 8080',
  remedy: 'Confirm that they may go there',
  params: {
    host: 'docs.127-0-0-1.nip.io',
    url: 'https://docs.127-0-0-1.nip.io',
    from: [{ to: 'backend', kind: 'Service', name: 'docs', port: 8080 }],
    to: [{ to: 'backend', kind: 'Service', name: 'docs-v2', port: 8080 }],
  },
});

describe('networking:component:expose onto a URL that another Service answers', () => {
  let backend: FakeBackend;
  beforeEach(async () => {
    backend = await FakeBackend.start();
  });
  afterEach(() => backend.stop());

  /** As the backend does: applied only where the request says `replace`. */
  const moving = (request: ExposureRequest) =>
    planOf(request, {
      action: 'update',
      findings: [moves],
      freeHostLabel: 'docs-2',
    });
  beforeEach(() => {
    backend.plan = request => [200, moving(request)];
    const first = backend.apply;
    backend.apply = request => {
      const plan = moving(request);
      if (!request.replace) {
        const [status, body] = errorAnswer(409, 'ConflictError', 'Refused', [
          moves,
        ]);
        const { error } = body as { error: object };
        return [status, { ...(body as object), error: { ...error, plan } }];
      }
      const [, body] = first(request) as [number, ApplyResult];
      return [200, { ...body, action: 'update', plan }];
    };
  });

  it.each([
    ['by default', undefined],
    ['with replace false', false],
  ])(
    'fails %s, also in a dry run, and says how to add and how to replace',
    async (_, replace) => {
      for (const isDryRun of [false, true]) {
        const { run, outputs } = runner(backend);
        const failed = run(
          { ...input, ...(replace !== undefined && { replace }) },
          { isDryRun },
        );
        await expect(failed).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringMatching(/set input replace to true\..*docs-2/),
        });
        expect(outputs).toEqual({});
      }
    },
  );

  it('replaces where it is asked to, and says so in the log and in an output', async () => {
    const { run, log, outputs } = runner(backend);
    await run({ ...input, replace: true });
    expect(backend.seen[0].body).toMatchObject({ replace: true });
    expect(log[0]).toMatch(
      /^warn: Live traffic was redirected\..*went to Service docs port 8080.*Now they go to Service docs-v2 port 8080/,
    );
    expect(outputs.replaced).toContain('Service docs-v2 port 8080');
  });

  it('says so again when it is retried with what a checkpoint holds', async () => {
    const { run, outputs } = runner(backend);
    await run({ ...input, replace: true });
    delete outputs.replaced;
    await run({ ...input, replace: true });
    expect(outputs.replaced).toContain('Service docs-v2 port 8080');
    expect(backend.calls.filter(call => call.startsWith('POST'))).toHaveLength(
      1,
    );
  });

  it('says in a dry run what it would replace', async () => {
    const { run, log, outputs } = runner(backend);
    await run({ ...input, replace: true }, { isDryRun: true });
    expect(log[0]).toMatch(/^warn: Applying it redirects live traffic\./);
    expect(outputs).not.toHaveProperty('replaced');
  });

  it('says nothing of it where the cluster holds it already', async () => {
    backend.apply = request => {
      const plan = planOf(request, { action: 'unchanged' });
      return [
        200,
        {
          action: 'unchanged',
          plan,
          exposure: exposureOf(plan, verdict('Live')),
        },
      ];
    };
    const { run, log, outputs } = runner(backend);
    await run({ ...input, replace: true });
    expect(log[0]).toContain('nothing was changed');
    expect(outputs).not.toHaveProperty('replaced');
  });
});
