import { resolveSettings } from '../settings';
import type { ClusterSettings } from '../settings';
import type { Finding, ProbeFacts } from '../verdicts/types';
import {
  addressFinding,
  isSaidOfCluster,
  isSharedCause,
  mayBeShared,
} from './addressHealth';

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

const withProbe = (address: string) =>
  resolveSettings({ clusters: ['local'], appConfig: { probe: { address } } })
    .byCluster.local;
const withoutAddress = resolveSettings({ clusters: ['local'] }).byCluster.local;

describe('what all hosts share of the address', () => {
  it.each<[string, ProbeFacts[], string | undefined, ClusterSettings?]>([
    ['is nothing where no host was asked', [], undefined],
    [
      'is that none is known, with no setting and no default route',
      [],
      'ProbeAddressUnknown',
      withoutAddress,
    ],
    ['is that nothing is dialled', [], 'ProbeOff', withProbe('none')],
    [
      'is nothing where an address is set and no host was asked',
      [],
      undefined,
      withProbe('192.0.2.9'),
    ],
    [
      'is told once where the Gateway has not shown itself, however many hosts there are',
      [
        probe({ notShown: { found: 'refused' }, failure: refused }),
        probe({ host: 'b', notShown: { found: 'refused' }, failure: refused }),
      ],
      'GatewayNotShown',
    ],
    [
      'is told where another certificate is served',
      [probe({ notShown: { found: 'otherCertificate', subject: 'CN=x' } })],
      'GatewayNotShown',
    ],
    [
      'is told once where a shown or configured address refuses every host',
      [probe({ failure: refused }), probe({ host: 'b', failure: refused })],
      'GatewayUnreachable',
    ],
    [
      'is nothing where one host gets through',
      [
        probe({ failure: refused }),
        probe({ host: 'b', http: { status: 200 } }),
      ],
      undefined,
    ],
  ])('%s', (_, probes, reason, of = settings) => {
    for (const audience of ['admins', 'readers'] as const) {
      const found = addressFinding(of, probes, audience);
      expect(found?.reason).toBe(reason);
      if (!found) continue;
      expect(found.remedy).toBeTruthy();
      expect(found.subject).toMatchObject({
        kind: 'Gateway',
        cluster: 'local',
      });
      expect(isSharedCause(found)).toBe(true);
    }
  });

  it('tells only admins what answers at the address', () => {
    const probes = [
      probe({ notShown: { found: 'otherCertificate', subject: 'CN=x' } }),
    ];
    const wordsFor = (audience: 'admins' | 'readers') =>
      addressFinding(settings, probes, audience)!.message;
    expect(wordsFor('admins')).toContain('CN=x');
    expect(wordsFor('readers')).not.toContain('CN=x');
  });
});

describe('what a host does not say again', () => {
  it.each<[string, string, string | undefined, boolean]>([
    ['that checks are off', 'ProbeOff', 'ProbeOff', true],
    [
      'that no address is known',
      'ProbeAddressUnknown',
      'ProbeAddressUnknown',
      true,
    ],
    [
      'that the Gateway has not shown itself',
      'GatewayNotShown',
      'GatewayNotShown',
      true,
    ],
    [
      'that it is refused as all are',
      'ProbeRefused',
      'GatewayUnreachable',
      true,
    ],
    [
      'that it waits in vain as all do',
      'ProbeTimedOut',
      'GatewayUnreachable',
      true,
    ],
    [
      'that it is not reached as all are not',
      'ProbeUnreachable',
      'GatewayUnreachable',
      true,
    ],
    ['unless its cluster has not said it', 'ProbeRefused', undefined, false],
    [
      'unless it has a cause of its own',
      'ListenerMissing',
      'GatewayUnreachable',
      false,
    ],
    ['unless its cluster says another', 'ProbeOff', 'GatewayNotShown', false],
  ])('%s', (_, reason, said, expected) => {
    const findings = said
      ? [{ reason: said } as Finding]
      : [{ reason: 'constructor' } as Finding];
    expect(isSaidOfCluster({ reason }, { reachable: true, findings })).toBe(
      expected,
    );
  });

  it.each([
    ['ProbeOff', true],
    ['ProbeAddressUnknown', true],
    ['GatewayNotShown', true],
    ['ProbeRefused', true],
    ['ProbeTimedOut', true],
    ['ProbeUnreachable', true],
    ['TlsHandshakeFailed', false],
    ['ListenerMissing', false],
  ])('may be %s: %s', (reason, expected) => {
    expect(mayBeShared({ reason })).toBe(expected);
  });

  it('is also that its cluster does not answer', () => {
    const away = { reachable: false, findings: [] };
    expect(isSaidOfCluster({ reason: 'ClusterUnreachable' }, away)).toBe(true);
    expect(isSaidOfCluster({ reason: 'ProbeRefused' }, away)).toBe(false);
    expect(isSaidOfCluster({ reason: 'ProbeRefused' }, undefined)).toBe(false);
  });
});
