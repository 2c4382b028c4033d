import { judge, type World } from './__testUtils__/world';
import type { DnsFacts, DnsStatus } from './types';

const leading = (rest: Partial<DnsFacts>) => (world: World) => {
  world.settings.probe.resolver = 'system';
  world.probe!.dns = {
    state: 'expected',
    expected: '127.0.0.1',
    addresses: ['127.0.0.1'],
    resolver: 'system',
    ...rest,
  };
};

/** A suffix of one's own, with records of one's own. */
const own = (change: (world: World) => void) => (world: World) => {
  const host = 'shop.apps.example.org';
  world.settings.network.dnsSuffix = 'apps.example.org';
  change(world);
  world.route.spec!.hostnames = [host];
  for (const object of world.objects) {
    const { spec } = object as {
      spec?: { listeners?: { hostname: string }[] };
    };
    for (const listener of spec?.listeners ?? []) {
      listener.hostname = '*.apps.example.org';
    }
  }
  world.probe!.host = host;
  for (const leaf of [world.certificate!.leaf!, world.probe!.tls!.leaf!]) {
    leaf.dnsNames = ['*.apps.example.org'];
  }
};

/** A host of another label under the suffix of the settings. */
const under = (label: string) => (world: World) => {
  const host = `${label}.127-0-0-1.nip.io`;
  world.route.metadata.annotations = {};
  world.route.spec!.hostnames = [host];
  world.probe!.host = host;
};

describe('where the name of a host leads', () => {
  const cases: Record<
    string,
    {
      change: (world: World) => void;
      state: DnsStatus['state'];
      reason: string;
      word: 'Live' | 'Degraded';
      params?: object;
      actor?: string;
    }
  > = {
    'to the gateway is good': {
      change: leading({}),
      state: 'expected',
      reason: 'DnsLeadsToGateway',
      word: 'Live',
    },
    'elsewhere is degraded: the label may hold an address': {
      change: leading({ state: 'other', addresses: ['1.2.3.4'] }),
      state: 'other',
      reason: 'DnsLeadsElsewhere',
      word: 'Degraded',
      params: {
        addresses: ['1.2.3.4'],
        expected: '127.0.0.1',
        embedded: { dnsSuffix: '127-0-0-1.nip.io' },
      },
      actor: 'reader',
    },
    'to the gateway and elsewhere is degraded': {
      change: own(
        leading({ state: 'other', addresses: ['127.0.0.1', '1.2.3.4'] }),
      ),
      state: 'other',
      reason: 'DnsLeadsElsewhere',
      word: 'Degraded',
      params: { addresses: ['127.0.0.1', '1.2.3.4'], expected: '127.0.0.1' },
      actor: 'platform',
    },
    'to nothing is a resolver that filters private addresses, with what helps':
      {
        change: leading({ state: 'empty', addresses: [], code: 'ENOTFOUND' }),
        state: 'empty',
        reason: 'DnsFiltersPrivateAddresses',
        word: 'Degraded',
        params: {
          host: 'shop.127-0-0-1.nip.io',
          resolver: 'system',
          expected: '127.0.0.1',
          domain: 'nip.io',
        },
        actor: 'reader',
      },
    "to nothing under a suffix of one's own is a filter, too, where the name is there":
      {
        change: own(
          leading({ state: 'empty', addresses: [], code: 'ENODATA' }),
        ),
        state: 'empty',
        reason: 'DnsFiltersPrivateAddresses',
        word: 'Degraded',
        params: { domain: 'apps.example.org' },
      },
    "to nothing under a suffix of one's own is a missing record where the name is not":
      {
        change: own(
          leading({ state: 'empty', addresses: [], code: 'ENOTFOUND' }),
        ),
        state: 'empty',
        reason: 'DnsLeadsNowhere',
        word: 'Degraded',
        params: { expected: '127.0.0.1' },
        actor: 'platform',
      },
    'to nothing where the address is public is a missing record': {
      change: own(
        leading({
          state: 'empty',
          addresses: [],
          expected: '203.0.113.7',
          code: 'ENODATA',
        }),
      ),
      state: 'empty',
      reason: 'DnsLeadsNowhere',
      word: 'Degraded',
    },
    'is not known where the resolver does not answer, and that is no worse': {
      change: leading({
        state: 'failed',
        addresses: [],
        resolver: '192.0.2.53',
        code: 'ETIMEOUT',
      }),
      state: 'failed',
      reason: 'DnsFailed',
      word: 'Live',
      params: { resolver: '192.0.2.53', code: 'ETIMEOUT' },
      actor: 'platform',
    },
    'is not checked where no resolver is set': {
      change: () => {},
      state: 'notChecked',
      reason: 'DnsNotChecked',
      word: 'Live',
      // Nothing is wrong with the host, and nothing is to be done.
      params: { isOff: true },
      actor: 'nobody',
    },
    'is elsewhere where the label spells an address, though nobody has asked': {
      change: under('release-10-0-0-5'),
      state: 'notChecked',
      reason: 'HostEmbedsAddress',
      word: 'Degraded',
      params: { address: '10.0.0.5', family: 4 },
      actor: 'reader',
    },
    'is elsewhere for IPv6 where the label is 32 hex digits': {
      change: under('d41d8cd98f00b204e9800998ecf8427e'),
      state: 'notChecked',
      reason: 'HostEmbedsAddress',
      word: 'Degraded',
      params: { family: 6 },
      actor: 'reader',
    },
    'is not elsewhere where four numbers have leading zeros': {
      change: under('build-01-02-03-04'),
      state: 'notChecked',
      reason: 'DnsNotChecked',
      word: 'Live',
    },
    'is what the resolver says, where one was asked': {
      change: world => {
        leading({})(world);
        under('release-10-0-0-5')(world);
      },
      state: 'expected',
      reason: 'DnsLeadsToGateway',
      word: 'Live',
    },
    'is not checked yet where nobody has asked': {
      change: world => {
        world.settings.probe.resolver = 'system';
      },
      state: 'notChecked',
      reason: 'DnsNotChecked',
      word: 'Live',
      params: { isOff: false },
      actor: 'nobody',
    },
  };
  it.each(Object.entries(cases))('%s', (_, { change, ...expected }) => {
    const { hosts, verdict } = judge(change);
    const { dns } = hosts[0];
    expect([dns?.state, dns?.finding.reason, verdict.word]).toEqual([
      expected.state,
      expected.reason,
      expected.word,
    ]);
    const { params = {}, actor } = expected;
    expect(dns?.finding).toMatchObject({
      params,
      ...(actor && { actor: { is: actor } }),
    });
  });

  it('is no question of a wildcard host', () => {
    const { hosts } = judge(world => {
      world.route.spec!.hostnames = ['*.127-0-0-1.nip.io'];
    });
    expect(hosts[0].dns).toBeUndefined();
  });

  it('is no finding of the exposure where it is not checked', () => {
    expect(judge().findings).toEqual([]);
  });
});
