import { ResponseError } from '@backstage/errors';
import type { ExposureDetail } from '../exposures/types';
import type { ProbeFacts, VerdictWord } from '../verdicts/types';
import { waitForVerdict } from './waitForVerdict';

const address = { cluster: 'local', namespace: 'shop', name: 'shop' };

const seen = (generation: number, ...words: VerdictWord[]) =>
  ({
    ...address,
    generation,
    hosts: words.map((word, index) => ({
      host: `h${index}`,
      verdict: { word, finding: { reason: `Reason${word}` } },
    })),
  } as unknown as ExposureDetail);

const failed = (status: number) =>
  ResponseError.fromResponse(new Response('{}', { status }));

/** A clock that moves when somebody sleeps, and a backend that gives one answer after the other, then the last one. */
function setup(...answers: (ExposureDetail | Promise<Error> | Error)[]) {
  let time = 0;
  const asked: number[] = [];
  const changes: string[] = [];
  return {
    asked,
    changes,
    options: {
      address,
      generation: 2,
      now: () => time,
      sleep: async (ms: number) => {
        time += ms;
      },
      onChange: (exposure: ExposureDetail) =>
        changes.push(
          exposure.hosts.map(({ verdict }) => verdict.word).join(' '),
        ),
      client: {
        getExposure: async () => {
          const answer = await answers[
            Math.min(asked.length, answers.length - 1)
          ];
          asked.push(time);
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
    },
  };
}

describe('waitForVerdict', () => {
  it('looks at once and returns at once what is already good', async () => {
    const good = seen(2, 'Live');
    const { options, asked } = setup(good);
    await expect(waitForVerdict(options)).resolves.toBe(good);
    expect(asked).toEqual([0]);
  });

  it('looks every two seconds until every host is Live or Degraded', async () => {
    const good = seen(2, 'Live', 'Degraded');
    const { options, asked, changes } = setup(
      seen(2, 'Pending', 'Pending'),
      seen(2, 'Pending', 'Pending'),
      seen(2, 'Live', 'Broken'),
      good,
    );
    await expect(waitForVerdict(options)).resolves.toBe(good);
    expect(asked).toEqual([0, 2000, 4000, 6000]);
    expect(changes).toEqual([
      'Pending Pending',
      'Live Broken',
      'Live Degraded',
    ]);
  });

  it("goes on looking while 404 may be the gateway's, though its certificate ends soon besides", async () => {
    const early = seen(2, 'Degraded');
    early.hosts[0].verdict.finding.reason = 'CertificateExpiresSoon';
    early.hosts[0].probe = { http: { status: 404 } } as ProbeFacts;
    const good = structuredClone(early);
    good.hosts[0].probe!.http = { status: 404, fromService: true };
    const { options, asked } = setup(early, good);
    await expect(waitForVerdict(options)).resolves.toBe(good);
    expect(asked).toEqual([0, 2000]);
  });

  it.each(['ProbeOff', 'ProbeAddressUnknown', 'GatewayNotShown'])(
    'waits no longer than for the acceptance where hosts are not checked: %s',
    async reason => {
      const accepted = seen(2, 'Unknown');
      accepted.hosts[0].verdict.finding.reason = reason;
      const { options, asked } = setup(seen(2, 'Pending'), accepted);
      await expect(waitForVerdict(options)).resolves.toBe(accepted);
      expect(asked).toEqual([0, 2000]);
    },
  );

  it('waits out an answer that may be of a gateway that does not serve the route yet', async () => {
    const ambiguous = seen(2, 'Degraded');
    ambiguous.hosts[0].verdict.finding.reason = 'AnswerAmbiguous';
    const { options, asked } = setup(ambiguous, ambiguous, seen(2, 'Live'));
    await expect(waitForVerdict(options)).resolves.toMatchObject({
      hosts: [{ verdict: { word: 'Live' } }],
    });
    expect(asked).toEqual([0, 2000, 4000]);
  });

  it('returns such an answer when it stays until the time is up', async () => {
    const ambiguous = seen(2, 'Degraded');
    ambiguous.hosts[0].verdict.finding.reason = 'AnswerAmbiguous';
    const { options, asked } = setup(ambiguous);
    await expect(waitForVerdict(options)).resolves.toBe(ambiguous);
    expect(asked[asked.length - 1]).toBe(60_000);
  });

  it('does not take the verdict of an older generation', async () => {
    const { options, asked } = setup(seen(1, 'Live'), seen(3, 'Live'));
    await expect(waitForVerdict(options)).resolves.toMatchObject({
      generation: 3,
    });
    expect(asked).toEqual([0, 2000]);
  });

  it('does not take an exposure without hosts for a good one', async () => {
    const { options } = setup(seen(2), seen(2, 'Live'));
    await expect(waitForVerdict(options)).resolves.toMatchObject({
      hosts: [{ host: 'h0' }],
    });
  });

  it('returns what it saw last when the time is up, and looks once more then', async () => {
    const { options, asked } = setup(seen(2, 'Pending'));
    const last = await waitForVerdict({ ...options, timeoutMs: 5000 });
    expect(last.hosts[0].verdict.word).toBe('Pending');
    expect(asked).toEqual([0, 2000, 4000, 5000]);
  });

  it('waits a minute if nothing else is said', async () => {
    const { options, asked } = setup(seen(2, 'Pending'));
    await waitForVerdict(options);
    expect(asked[asked.length - 1]).toBe(60_000);
  });

  it.each<[string, Promise<Error> | Error]>([
    ['no connection', new TypeError('fetch failed')],
    ['503', failed(503)],
    ['500', failed(500)],
    ['429', failed(429)],
    ['404 before it was seen', failed(404)],
  ])('waits out %s', async (_, error) => {
    const { options } = setup(error, error, seen(2, 'Live'));
    await expect(waitForVerdict(options)).resolves.toMatchObject({
      generation: 2,
    });
  });

  it.each([400, 401, 403])('throws %i at once', async status => {
    const { options, asked } = setup(failed(status), seen(2, 'Live'));
    await expect(waitForVerdict(options)).rejects.toMatchObject({
      statusCode: status,
    });
    expect(asked).toHaveLength(1);
  });

  it('throws 404 where the exposure was there and is no more', async () => {
    const { options } = setup(seen(2, 'Pending'), failed(404));
    await expect(waitForVerdict(options)).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('returns what it saw although the end was without connection', async () => {
    const { options } = setup(
      seen(2, 'Pending'),
      new TypeError('fetch failed'),
    );
    await expect(
      waitForVerdict({ ...options, timeoutMs: 4000 }),
    ).resolves.toMatchObject({ generation: 2 });
  });

  it('throws the last error where nothing was seen until the end', async () => {
    const { options, asked } = setup(new TypeError('fetch failed'));
    await expect(
      waitForVerdict({ ...options, timeoutMs: 4000 }),
    ).rejects.toThrow('fetch failed');
    expect(asked).toEqual([0, 2000, 4000]);
  });

  it('stops when it is told to, before asking', async () => {
    const { options, asked } = setup(seen(2, 'Live'));
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(
      waitForVerdict({ ...options, signal: controller.signal }),
    ).rejects.toThrow('enough');
    expect(asked).toEqual([]);
  });

  it('stops a request and the sleep when it is told to', async () => {
    const controller = new AbortController();
    const hanging = waitForVerdict({
      address,
      generation: 1,
      signal: controller.signal,
      client: {
        getExposure: (_, request) =>
          new Promise((_resolve, reject) => {
            request?.signal?.addEventListener('abort', () =>
              reject(new TypeError('aborted')),
            );
          }),
      },
    });
    const { client } = setup(seen(1, 'Pending')).options;
    const sleeping = waitForVerdict({
      address,
      generation: 1,
      signal: controller.signal,
      client,
      onChange: () =>
        queueMicrotask(() => controller.abort(new Error('enough'))),
    });
    await expect(hanging).rejects.toThrow('enough');
    await expect(sleeping).rejects.toThrow('enough');
  });

  it('passes what every request needs on', async () => {
    const { options } = setup(seen(2, 'Live'));
    const getExposure = jest.fn(options.client.getExposure);
    await waitForVerdict({
      ...options,
      client: { getExposure },
      request: { token: 't' },
    });
    expect(getExposure).toHaveBeenCalledWith(
      address,
      expect.objectContaining({ token: 't' }),
    );
  });

  it('lets an error of the listener through', async () => {
    const { options } = setup(seen(2, 'Live'));
    const onChange = () => {
      throw new Error('mine');
    };
    await expect(waitForVerdict({ ...options, onChange })).rejects.toThrow(
      'mine',
    );
  });
});
