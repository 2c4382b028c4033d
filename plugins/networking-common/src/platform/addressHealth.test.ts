import { resolveSettings } from '../settings';
import type { ProbeFacts } from '../verdicts/types';
import { addressFindings } from './addressHealth';

const settings = resolveSettings({
  clusters: ['local'],
  computed: { lanIp: '192.0.2.1' },
}).byCluster.local;

const probe = (rest: Partial<ProbeFacts> = {}): ProbeFacts => ({
  host: 'shop.example.test',
  address: '192.0.2.1',
  port: 443,
  path: '/',
  at: '2026-01-01T00:00:00Z',
  durationMs: 1,
  ...rest,
});
const refused = {
  stage: 'connect' as const,
  code: 'ECONNREFUSED',
  message: '',
};

describe('what all hosts share of the address', () => {
  it.each<[string, ProbeFacts[], string[]]>([
    ['is nothing where no host was asked', [], []],
    [
      'is told once where the Gateway has not shown itself, however many hosts there are',
      [
        probe({ notShown: { found: 'refused' }, failure: refused }),
        probe({ host: 'b', notShown: { found: 'refused' }, failure: refused }),
      ],
      ['GatewayNotShown'],
    ],
    [
      'is told where another certificate is served',
      [probe({ notShown: { found: 'otherCertificate', subject: 'CN=x' } })],
      ['GatewayNotShown'],
    ],
    [
      'is told once where a shown or configured address refuses every host',
      [probe({ failure: refused }), probe({ host: 'b', failure: refused })],
      ['GatewayUnreachable'],
    ],
    [
      'is nothing where one host gets through',
      [
        probe({ failure: refused }),
        probe({ host: 'b', http: { status: 200 } }),
      ],
      [],
    ],
  ])('%s', (_, probes, reasons) => {
    const found = addressFindings(settings, probes);
    expect(found.map(({ reason }) => reason)).toEqual(reasons);
    for (const { subject } of found) {
      expect(subject).toMatchObject({ kind: 'Gateway', cluster: 'local' });
    }
  });
});
