import type { Finding } from '../verdicts/types';
import { NetworkingClient } from './NetworkingClient';
import type { NetworkingApi } from './types';

interface Call {
  method: string;
  url: string;
  headers: Headers;
  body: unknown;
  signal: AbortSignal | null | undefined;
}

function clientWith(
  response: Response,
  baseUrl?: ConstructorParameters<typeof NetworkingClient>[0]['baseUrl'],
) {
  const calls: Call[] = [];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    calls.push({
      method: init.method ?? 'GET',
      url: String(input),
      headers: new Headers(init.headers),
      body: init.body ? JSON.parse(String(init.body)) : undefined,
      signal: init.signal,
    });
    return response;
  };
  return {
    calls,
    client: new NetworkingClient({ fetchApi: { fetch }, baseUrl }),
  };
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });

const address = { cluster: 'local', namespace: 'shop', name: 'a/b' };
const request = { entityRef: 'component:default/shop', hostLabel: 'shop' };

const OPERATIONS: Record<
  string,
  [(client: NetworkingApi) => Promise<unknown>, string, unknown?]
> = {
  'the exposures of an entity': [
    client => client.getEntityExposures('component:default/shop'),
    'GET /exposures?entityRef=component%3Adefault%2Fshop',
  ],
  'rows of an entity': [
    client =>
      client.getEntityExposures('component:default/shop', {
        query: { search: 'a&b', id: ['x', 'y'] },
      }),
    'GET /exposures?entityRef=component%3Adefault%2Fshop&search=a%26b&id=x&id=y',
  ],
  'every exposure': [client => client.getExposures(), 'GET /exposures'],
  'a page of exposures': [
    client =>
      client.getExposures({
        verdict: 'Broken',
        search: 'a&b',
        limit: 10,
        cursor: undefined,
      }),
    'GET /exposures?verdict=Broken&search=a%26b&limit=10',
  ],
  'one exposure': [
    client => client.getExposure(address),
    'GET /exposures/local/shop/a%2Fb',
  ],
  'a plan': [client => client.plan(request), 'POST /plans', request],
  'an apply': [
    client => client.apply({ ...request, digest: 'd' }),
    'POST /exposures',
    { ...request, digest: 'd' },
  ],
  'a removal': [
    client => client.remove({ ...address, uid: 'u 1' }),
    'DELETE /exposures/local/shop/a%2Fb?uid=u+1',
  ],
  'the Services of an entity': [
    client => client.getServices('component:default/shop'),
    'GET /services?entityRef=component%3Adefault%2Fshop',
  ],
  'the platform': [client => client.getPlatform(), 'GET /platform'],
  'the platform of a cluster': [
    client => client.getPlatform('local'),
    'GET /platform?cluster=local',
  ],
  'the settings': [client => client.getSettings(), 'GET /settings'],
};

describe('NetworkingClient', () => {
  it.each(Object.entries(OPERATIONS))(
    'asks for %s',
    async (_, [operation, expected, body]) => {
      const { client, calls } = clientWith(json({ some: 'answer' }));
      const answer = await operation(client);
      const [call] = calls;
      expect(
        `${call.method} ${call.url.replace('plugin://networking/v1', '')}`,
      ).toBe(expected);
      expect(call.body).toEqual(body);
      expect(call.headers.get('Content-Type')).toBe(
        body ? 'application/json' : null,
      );
      expect(call.headers.has('Authorization')).toBe(false);
      expect(answer).toEqual(
        call.method === 'DELETE' ? undefined : { some: 'answer' },
      );
    },
  );

  it.each<[string, string | (() => Promise<string>)]>([
    ['a text', 'http://127.0.0.1:7007/api/networking'],
    ['a text that ends in a slash', 'http://127.0.0.1:7007/api/networking/'],
    ['a discovery', async () => 'http://127.0.0.1:7007/api/networking'],
  ])('takes its base URL from %s', async (_, baseUrl) => {
    const { client, calls } = clientWith(json({}), baseUrl);
    await client.getSettings();
    expect(calls[0].url).toBe(
      'http://127.0.0.1:7007/api/networking/v1/settings',
    );
  });

  it('passes token and signal on', async () => {
    const { client, calls } = clientWith(json({}));
    const { signal } = new AbortController();
    await client.getSettings({ token: 't', signal });
    expect(calls[0].headers.get('Authorization')).toBe('Bearer t');
    expect(calls[0].signal).toBe(signal);
  });

  it('throws what the backend said, with the findings of a refused plan', async () => {
    const error = { name: 'ConflictError', message: 'no', findings: [{}] };
    const { client } = clientWith(
      json({ error, response: { statusCode: 409 } }, 409),
    );
    await expect(client.apply(request)).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 409,
      body: { error },
      cause: { name: 'ConflictError', message: 'no' },
    });
  });

  it('removes without reading an answer that has no body', async () => {
    const { client } = clientWith(new Response(null, { status: 204 }));
    const removed = client.remove({ ...address, uid: 'u' });
    await expect(removed).resolves.toBeUndefined();
  });
});

describe('NetworkingClient.getCa', () => {
  const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
  const finding: Finding = {
    reason: 'CaReplaced',
    severity: 'warning',
    message: 'Signé par une autre clé → ✓ ÿÿÿ',
    subject: { kind: 'Certificate', name: 'idp-demo-ca' },
  };
  const read = (headers: Record<string, string>) =>
    clientWith(new Response(PEM, { headers })).client.getCa();
  const header = 'X-Networking-CA-Findings';

  it('reads the certificates, their fingerprints and findings in any script', async () => {
    const bundle = await read({
      'X-Networking-CA-Fingerprint-Sha256': 'AA:BB, CC:DD',
      [header]: Buffer.from(JSON.stringify([finding])).toString('base64url'),
    });
    expect(bundle).toEqual({
      pem: PEM,
      fingerprintsSha256: ['AA:BB', 'CC:DD'],
      findings: [finding],
    });
  });

  it.each([
    ['missing headers', undefined],
    ['no base64', '%%%'],
    ['no JSON', 'AAAA'],
    ['no list', Buffer.from('{}').toString('base64url')],
  ])('still gives the certificate with %s', async (_, value) => {
    const bundle = await read(value === undefined ? {} : { [header]: value });
    expect(bundle).toEqual({ pem: PEM, fingerprintsSha256: [], findings: [] });
  });

  it('asks for JSON, and takes it as it is', async () => {
    const bundle = { pem: PEM, fingerprintsSha256: ['AA:BB'], findings: [] };
    const { client, calls } = clientWith(json(bundle));
    expect(await client.getCa()).toEqual(bundle);
    expect(calls[0].headers.get('Accept')).toBe('application/json');
  });

  it('names the cluster', async () => {
    const { client, calls } = clientWith(new Response(PEM));
    await client.getCa('local');
    expect(calls[0].url).toBe('plugin://networking/v1/ca?cluster=local');
  });
});
