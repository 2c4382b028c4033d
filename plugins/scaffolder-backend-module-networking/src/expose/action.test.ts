import { mockCredentials } from '@backstage/backend-test-utils';
import type { ApplyResult } from 'backstage-plugin-networking-common';
import {
  errorAnswer,
  FakeBackend,
  finding,
  planOf,
  verdict,
} from '../__testUtils__/fakeBackend';
import { runner } from '../__testUtils__/run';

const input = { entityRef: 'component:default/docs' };
const taken = finding({
  reason: 'HostTaken',
  severity: 'blocking',
  message: 'docs.127-0-0-1.nip.io is taken by a route of another team',
  remedy: 'Choose another host label',
});
const warning = finding({
  reason: 'BackendProtocolHttps',
  severity: 'warning',
  message: 'Service docs expects HTTPS and gets HTTP',
  remedy: 'Choose its HTTP port.',
});

describe('networking:component:expose', () => {
  let backend: FakeBackend;
  beforeEach(async () => {
    backend = await FakeBackend.start();
  });
  afterEach(() => backend.stop());

  it('applies the request, waits until it answers, and says where', async () => {
    const { run, log, outputs } = runner(backend);
    await run(input);
    expect(outputs).toEqual({
      url: 'https://docs.127-0-0-1.nip.io:30443',
      host: 'docs.127-0-0-1.nip.io',
      namespace: 'docs',
      name: 'docs-1a2b3c4d',
      manifest: 'kind: HTTPRoute\nmetadata:\n  name: docs-1a2b3c4d\n',
      tlsReady: true,
    });
    expect(backend.calls).toEqual([
      'POST /api/networking/v1/exposures',
      'GET /api/networking/v1/exposures/local/docs/docs-1a2b3c4d',
    ]);
    expect(log).toEqual([
      'info: HTTPRoute docs/docs-1a2b3c4d was created to expose component:default/docs at https://docs.127-0-0-1.nip.io:30443',
      'info: Live: It answered 200.',
    ]);
  });

  it('acts as the person who runs the template', async () => {
    const { run } = runner(backend);
    await run(input);
    const onBehalf = mockCredentials.service.header({
      onBehalfOf: mockCredentials.user(),
      targetPluginId: 'networking',
    });
    expect(backend.seen.map(({ authorization }) => authorization)).toEqual([
      onBehalf,
      onBehalf,
    ]);
  });

  it.each([
    ['entityRef', 'component:default/docs\0'],
    ['service', 'docs\n'],
    ['hostLabel', 'a\r\nb'],
    ['cluster', '\u001b[2J'],
    ['namespace', 'a\u2028b'],
  ])(
    'refuses a line break or another control character in %s before it asks anybody',
    async (field, value) => {
      const { run, log } = runner(backend);
      for (const isDryRun of [false, true]) {
        const refused = run({ ...input, [field]: value }, { isDryRun });
        await expect(refused).rejects.toMatchObject({
          name: 'InputError',
          message: expect.stringContaining(`Set ${field} to`),
        });
        await expect(refused).rejects.toMatchObject({
          message: expect.not.stringContaining(value),
        });
      }
      expect(backend.calls).toEqual([]);
      expect(log).toEqual([]);
    },
  );

  it('writes one line for what a controller says in several', async () => {
    backend.looks = [
      () => [
        200,
        backend.exposure(
          verdict('Live', { message: 'It answered 200\ninfo: Live: forged' }),
        ),
      ],
    ];
    const { run, log } = runner(backend);
    await run(input);
    expect(log.join('\n').split('\n')).toHaveLength(log.length);
    expect(log.some(line => line.includes('\\ninfo'))).toBe(true);
  });

  it('writes one line for each change of the verdict', async () => {
    const pending = () =>
      verdict('Pending', { message: 'The gateway has not answered yet' });
    const broken = () =>
      verdict('Broken', {
        reason: 'NoReadyEndpoints',
        message: 'Requests get 503',
        remedy: 'Check the labels of the deployment',
        subject: { kind: 'Service', name: 'docs' },
      });
    backend.looks = [
      pending,
      pending,
      broken,
      broken,
      () => verdict('Live'),
    ].map(next => () => [200, backend.exposure(next())]);
    const { run, log, outputs } = runner(backend);
    await run(input);
    expect(log.slice(1)).toEqual([
      'info: Pending: The gateway has not answered yet.',
      'info: Broken: Requests get 503. Check the labels of the deployment.',
      'info: Live: It answered 200.',
    ]);
    expect(outputs.tlsReady).toBe(true);
  });

  it('waits for the generation that it applied', async () => {
    const first = backend.apply;
    backend.apply = request => {
      const [status, body] = first(request) as [number, ApplyResult];
      return [
        status,
        { ...body, exposure: { ...body.exposure, generation: 3 } },
      ];
    };
    backend.looks = [2, 3].map(generation => () => [
      200,
      backend.exposure(verdict('Live'), { generation }),
    ]);
    const { run } = runner(backend);
    await run(input);
    expect(backend.calls).toHaveLength(3);
  });

  it('passes warnings of the plan on', async () => {
    const first = backend.apply;
    backend.apply = request => {
      const [status, body] = first(request) as [number, ApplyResult];
      return [status, { ...body, plan: { ...body.plan, findings: [warning] } }];
    };
    const { run, log } = runner(backend);
    await run(input);
    expect(log[0]).toBe(
      'warn: Service docs expects HTTPS and gets HTTP. Choose its HTTP port.',
    );
  });

  describe('retried', () => {
    it('does not apply again what a checkpoint holds, and waits again', async () => {
      const { run, outputs } = runner(backend);
      await run(input);
      delete outputs.url;
      await run(input);
      expect(backend.calls.map(call => call.split(' ')[0])).toEqual([
        'POST',
        'GET',
        'GET',
      ]);
      expect(outputs.url).toBe('https://docs.127-0-0-1.nip.io:30443');
    });

    it('applies again where the input has changed', async () => {
      const { run, checkpointKeys } = runner(backend);
      await run(input);
      await run({ ...input, hostLabel: 'handbook' });
      expect(new Set(checkpointKeys).size).toBe(2);
      expect(
        backend.calls.filter(call => call.startsWith('POST')),
      ).toHaveLength(2);
    });

    it('says that nothing was changed where the cluster holds it already', async () => {
      const first = backend.apply;
      backend.apply = request => {
        const [, body] = first(request) as [number, ApplyResult];
        return [200, { ...body, action: 'unchanged' }];
      };
      const { run, log } = runner(backend);
      await run(input);
      expect(log[0]).toBe(
        'info: HTTPRoute docs/docs-1a2b3c4d already exposes component:default/docs at https://docs.127-0-0-1.nip.io:30443; nothing was changed',
      );
    });
  });

  describe('in a dry run', () => {
    it('plans, writes nothing and keeps no checkpoint', async () => {
      const { run, log, outputs, checkpointKeys } = runner(backend);
      await run(input, { isDryRun: true });
      expect(backend.calls).toEqual(['POST /api/networking/v1/plans']);
      expect(checkpointKeys).toEqual([]);
      expect(outputs).toEqual({
        url: 'https://docs.127-0-0-1.nip.io:30443',
        host: 'docs.127-0-0-1.nip.io',
        namespace: 'docs',
        name: 'docs-1a2b3c4d',
        manifest: 'kind: HTTPRoute\nmetadata:\n  name: docs-1a2b3c4d\n',
        tlsReady: false,
      });
      expect(log).toEqual([
        'info: Dry run, nothing was written. Applying it would create docs-1a2b3c4d for https://docs.127-0-0-1.nip.io:30443',
      ]);
    });

    it('says that it would change nothing where the cluster holds it already', async () => {
      backend.plan = request => [200, planOf(request, { action: 'unchanged' })];
      const { run, log } = runner(backend);
      await run(input, { isDryRun: true });
      expect(log).toEqual([
        'info: Dry run, nothing was written. Applying it would change nothing: docs-1a2b3c4d already exposes https://docs.127-0-0-1.nip.io:30443',
      ]);
    });

    it('fails where the plan is refused, and says what to do', async () => {
      backend.plan = request => [
        200,
        planOf(request, { action: 'refused', findings: [taken, warning] }),
      ];
      const { run, outputs } = runner(backend);
      await expect(run(input, { isDryRun: true })).rejects.toThrow(
        'component:default/docs was not exposed. docs.127-0-0-1.nip.io is taken by a route of another team. Choose another host label.',
      );
      expect(outputs).toEqual({});
    });
  });

  describe('refused', () => {
    it.each<[string, ReturnType<typeof errorAnswer>, string, string]>([
      [
        'a plan with blocking findings',
        errorAnswer(409, 'ConflictError', 'Refused', [warning, taken]),
        'ConflictError',
        'component:default/docs was not exposed. docs.127-0-0-1.nip.io is taken by a route of another team. Choose another host label.',
      ],
      [
        'a component of others',
        errorAnswer(
          403,
          'NotAllowedError',
          'You may not expose component:default/docs. Ask team-docs.',
        ),
        'NotAllowedError',
        'component:default/docs was not exposed. You may not expose component:default/docs. Ask team-docs.',
      ],
      [
        'a component that is not there',
        errorAnswer(404, 'NotFoundError', 'No component docs.'),
        'NotFoundError',
        'component:default/docs was not exposed. No component docs.',
      ],
      [
        'a request that makes no sense',
        errorAnswer(400, 'InputError', 'hostLabel is no DNS label.', []),
        'InputError',
        'component:default/docs was not exposed. hostLabel is no DNS label.',
      ],
      [
        'a backend that fails',
        errorAnswer(503, 'ServiceUnavailableError', 'No database.'),
        'ResponseError',
        'Request failed with 503 Service Unavailable',
      ],
    ])('fails on %s', async (_, answer, name, message) => {
      backend.apply = () => answer;
      const { run, outputs } = runner(backend);
      const failed = run(input);
      await expect(failed).rejects.toThrow(message);
      await expect(failed).rejects.toMatchObject({ name });
      expect(outputs).toEqual({});
    });

    it('fails where the name is none', async () => {
      const { run } = runner(backend);
      await expect(run({ entityRef: 'component:' })).rejects.toThrow(
        /^entityRef is 'component:', which names no component/,
      );
      expect(backend.calls).toEqual([]);
    });
  });

  it('fails where the gateway refuses the route as it is', async () => {
    backend.looks = [
      () => [
        200,
        backend.exposure(
          verdict('Broken', {
            reason: 'NotAllowedByListeners',
            message: 'The gateway does not take routes from namespace docs',
            remedy: 'Ask its owners to allow it',
          }),
        ),
      ],
    ];
    const { run, outputs } = runner(backend);
    await expect(run(input)).rejects.toThrow(
      'The route for https://docs.127-0-0-1.nip.io:30443 was applied, but does not work. The gateway does not take routes from namespace docs. Ask its owners to allow it.',
    );
    expect(outputs).toMatchObject({
      url: 'https://docs.127-0-0-1.nip.io:30443',
      tlsReady: false,
    });
  });

  it('ends with a warning where the time is up', async () => {
    backend.looks = [
      () => [
        200,
        backend.exposure(
          verdict('Pending', { message: 'The gateway has not answered yet' }),
        ),
      ],
    ];
    const { run, log, outputs } = runner(backend);
    await run(input);
    expect(outputs.tlsReady).toBe(false);
    expect(log.at(-1)).toBe(
      'warn: https://docs.127-0-0-1.nip.io:30443 does not answer yet; this step waited 60 s. Pending: The gateway has not answered yet. The Networking tab of the component shows when it does.',
    );
  });

  it('stops waiting when the task is cancelled', async () => {
    const controller = new AbortController();
    backend.looks = [
      () => {
        controller.abort(new Error('cancelled'));
        return [200, backend.exposure(verdict('Pending'))];
      },
    ];
    const { run } = runner(backend);
    await expect(run(input, { signal: controller.signal })).rejects.toThrow();
    expect(backend.calls).toHaveLength(2);
  });
});
