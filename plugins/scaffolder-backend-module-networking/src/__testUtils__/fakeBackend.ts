import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type {
  ApplyResult,
  Exposure,
  ExposureDetail,
  ExposurePlan,
  ExposureRequest,
  Finding,
  HttpRoute,
  Verdict,
} from 'backstage-plugin-networking-common';

/** A request that the fake backend got. */
export interface Seen {
  method: string;
  path: string;
  authorization?: string;
  body?: ExposureRequest;
}

/** An answer: a status and a body. */
export type Answer = [status: number, body: unknown];

export const finding = (changes: Partial<Finding> = {}): Finding => ({
  reason: 'Answered',
  severity: 'info',
  message: 'It answered 200',
  subject: { kind: 'HTTPRoute', name: 'docs-1a2b3c4d', namespace: 'docs' },
  ...changes,
});

export const verdict = (
  word: Verdict['word'],
  changes: Partial<Finding> = {},
): Verdict => ({ word, finding: finding(changes) });

/** The plan that a backend with one Service for each component, on port 8080, would make. */
export function planOf(
  request: ExposureRequest,
  changes: Partial<ExposurePlan> = {},
): ExposurePlan {
  const name = request.entityRef.split('/')[1];
  const hostLabel = request.hostLabel ?? name;
  const namespace = request.namespace ?? name;
  const host = `${hostLabel}.127-0-0-1.nip.io`;
  const manifest: HttpRoute = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: `${hostLabel}-1a2b3c4d`, namespace },
    spec: { hostnames: [host] },
  };
  return {
    action: 'create',
    request: {
      ...request,
      cluster: request.cluster ?? 'local',
      namespace,
      service: {
        name: request.service?.name ?? name,
        port: request.service?.port ?? 8080,
      },
      hostLabel,
    },
    host,
    url: `https://${host}:30443`,
    name: manifest.metadata.name,
    objects: [manifest],
    yaml: `kind: HTTPRoute\nmetadata:\n  name: ${manifest.metadata.name}\n`,
    diff: [],
    findings: [],
    digest: 'digest',
    ...changes,
  };
}

/** The exposure of a plan, with a verdict. */
export function exposureOf(
  plan: ExposurePlan,
  summary: Verdict,
  options: { verified?: boolean; generation?: number } = {},
): ExposureDetail {
  const { verified = summary.word === 'Live', generation = 1 } = options;
  const host = plan.host ?? '';
  const tls: Exposure['tls'] = {
    word: verified ? 'Good' : 'Unknown',
    finding: finding(),
  };
  return {
    cluster: plan.request.cluster ?? '',
    namespace: plan.request.namespace ?? '',
    name: plan.name ?? '',
    uid: 'uid',
    generation,
    kind: 'HTTPRoute',
    managed: true,
    entities: [{ entityRef: plan.request.entityRef, reason: 'annotation' }],
    hosts: [
      {
        host,
        url: plan.url,
        verdict: summary,
        tls,
        way: [],
        probe: {
          host,
          address: '127.0.0.1',
          port: 30443,
          path: '/',
          at: '2026-01-01T00:00:00Z',
          durationMs: 5,
          tls: { verified },
        },
      },
    ],
    services: [],
    verdict: summary,
    tls,
    findings: [],
    manifest: plan.objects[0],
    yaml: plan.yaml,
  };
}

export const errorAnswer = (
  status: number,
  name: string,
  message: string,
  findings?: Finding[],
): Answer => [
  status,
  { error: { name, message, findings }, response: { statusCode: status } },
];

/**
 * The backend's API on loopback. By default it plans and applies every request, and says Live at the first look.
 */
export class FakeBackend {
  readonly seen: Seen[] = [];
  plan: (request: ExposureRequest) => Answer = request => [
    200,
    planOf(request),
  ];
  apply: (request: ExposureRequest) => Answer = request => {
    const plan = planOf(request);
    const result: ApplyResult = {
      action: 'create',
      plan,
      exposure: exposureOf(plan, verdict('Pending')),
    };
    return [201, result];
  };
  /** One answer for each look; the last one stays. */
  looks: (() => Answer)[] = [];

  readonly #server: Server;
  #lastPlan?: ExposurePlan;

  private constructor() {
    this.#server = createServer(async (req, res) => {
      const body = await text(req);
      const seen: Seen = {
        method: req.method ?? '',
        path: req.url ?? '',
        authorization: req.headers.authorization,
        body: body ? JSON.parse(body) : undefined,
      };
      this.seen.push(seen);
      const [status, answer] = this.#answer(seen);
      res.writeHead(status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(answer));
    });
  }

  static async start(): Promise<FakeBackend> {
    const backend = new FakeBackend();
    await new Promise<void>(resolve =>
      backend.#server.listen(0, '127.0.0.1', resolve),
    );
    return backend;
  }

  get baseUrl() {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/networking`;
  }

  get calls() {
    return this.seen.map(({ method, path }) => `${method} ${path}`);
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #answer({ method, path, body }: Seen): Answer {
    if (method === 'POST' && path === '/api/networking/v1/plans' && body) {
      return this.plan(body);
    }
    if (method === 'POST' && path === '/api/networking/v1/exposures' && body) {
      const answer = this.apply(body);
      this.#lastPlan = (answer[1] as Partial<ApplyResult>).plan;
      return answer;
    }
    if (method === 'GET' && path.startsWith('/api/networking/v1/exposures/')) {
      const look = this.looks.length > 1 ? this.looks.shift() : this.looks[0];
      return look ? look() : [200, this.exposure(verdict('Live'))];
    }
    return errorAnswer(404, 'NotFoundError', `No such operation: ${path}`);
  }

  /** What was applied last, with a verdict. */
  exposure(
    summary: Verdict,
    options?: Parameters<typeof exposureOf>[2],
  ): ExposureDetail {
    if (!this.#lastPlan) throw new Error('Nothing was applied');
    return exposureOf(this.#lastPlan, summary, options);
  }
}
