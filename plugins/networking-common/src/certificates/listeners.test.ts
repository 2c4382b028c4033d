import fc from 'fast-check';
import { createSnapshot } from '../gateway-api/snapshot';
import type {
  Certificate,
  Gateway,
  KubernetesObject,
  Listener,
  ListenerSet,
} from '../gateway-api/types';
import { certificateFor } from './choose';
import {
  certificateLookup,
  listenerKey,
  listenerRefOf,
  secretsOf,
  tlsListeners,
} from './listeners';
import { certificatesOf, rivalsOf } from './rivals';
import type { CertificateFacts, CertificateSummary } from './types';

const listener = (
  name: string,
  ...refs: NonNullable<NonNullable<Listener['tls']>['certificateRefs']>
): Listener => ({
  name,
  port: 443,
  protocol: 'HTTPS',
  tls: { certificateRefs: refs },
});

const gateway = (
  name: string,
  listeners: Listener[],
  metadata: Partial<Gateway['metadata']> = {},
): Gateway => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name, namespace: 'gw', uid: `uid-${name}`, ...metadata },
  spec: { listeners },
});

const listenerSet = (name: string, listeners: Listener[]): ListenerSet => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'ListenerSet',
  metadata: { name, namespace: 'gw' },
  spec: { parentRef: { name: 'a' }, listeners },
});

const certificate = (
  name: string,
  metadata: Partial<Certificate['metadata']> = {},
): Certificate => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name, namespace: 'gw', ...metadata },
  spec: { secretName: 'tls' },
});

const snapshotOf = (objects: KubernetesObject[]) =>
  createSnapshot({ cluster: 'local', observedAt: '', objects });

/** A Gateway that takes ListenerSets of its own namespace. */
const open = (one: Gateway): Gateway => ({
  ...one,
  spec: { ...one.spec, allowedListeners: { namespaces: { from: 'Same' } } },
});

describe('the listeners that name certificates', () => {
  const objects = [
    gateway('b', [listener('https', { name: 'tls' })]),
    listenerSet('a', [listener('https', { name: 'other', namespace: 'x' })]),
    open(
      gateway('a', [
        { name: 'http', port: 80, protocol: 'HTTP' },
        listener('https', { name: 'tls' }, { name: 'more' }, { name: 'tls' }),
        listener('odd', { name: 'map', kind: 'ConfigMap' }),
        { name: 'none', port: 443, protocol: 'HTTPS' },
      ]),
    ),
  ];

  it('are those of every Gateway and ListenerSet, with each Secret once', () => {
    const found = tlsListeners(snapshotOf(objects)).map(({ ref, secrets }) => [
      listenerKey(ref),
      secrets.map(({ namespace, name }) => `${namespace}/${name}`),
    ]);
    expect(found).toEqual([
      ['Gateway/gw/a/https', ['gw/tls', 'gw/more']],
      ['Gateway/gw/b/https', ['gw/tls']],
      ['ListenerSet/gw/a/https', ['x/other']],
    ]);
  });

  const refused = (reason: string, observedGeneration = 1) => ({
    conditions: [
      {
        type: 'Accepted',
        status: 'False',
        reason,
        message: '',
        observedGeneration,
        lastTransitionTime: '2026-11-23T11:00:00Z',
      },
    ],
  });
  const set = listenerSet('a', [listener('https', { name: 'other' })]);
  const generation = { ...set.metadata, generation: 1 };
  const ADMISSIONS: Record<
    string,
    { of: Gateway[]; set?: ListenerSet; gaps?: 'Gateway'[]; isServed: boolean }
  > = {
    'that its Gateway allows are served': {
      of: [open(gateway('a', []))],
      isServed: true,
    },
    'that its Gateway does not allow serve nothing': {
      of: [gateway('a', [])],
      isServed: false,
    },
    'of a Gateway that is not there serve nothing': { of: [], isServed: false },
    'of a Gateway that cannot be read may be served': {
      of: [],
      gaps: ['Gateway'],
      isServed: true,
    },
    'that the controller refuses serve nothing': {
      of: [open(gateway('a', []))],
      set: { ...set, metadata: generation, status: refused('NotAllowed') },
      isServed: false,
    },
    'that the controller has yet to decide about may be served': {
      of: [open(gateway('a', []))],
      set: { ...set, metadata: generation, status: refused('Pending') },
      isServed: true,
    },
    'that the controller refused before they were changed may be served': {
      of: [open(gateway('a', []))],
      set: { ...set, metadata: generation, status: refused('NotAllowed', 0) },
      isServed: true,
    },
    'of another parent than a Gateway serve nothing': {
      of: [open(gateway('a', []))],
      set: {
        ...set,
        spec: { ...set.spec, parentRef: { kind: 'ListenerSet', name: 'a' } },
      },
      isServed: false,
    },
  };
  it.each(Object.entries(ADMISSIONS))(
    'of a ListenerSet %s',
    (_, { of, set: asked = set, gaps = [], isServed }) => {
      const snapshot = createSnapshot({
        cluster: 'local',
        observedAt: '',
        objects: [...of, asked],
        gaps: gaps.map(kind => ({ kind, reason: 'Forbidden', message: '' })),
      });
      expect(tlsListeners(snapshot)).toHaveLength(isServed ? 1 : 0);
    },
  );

  it('come in the same order, in whatever order the objects do', () => {
    const keysOf = (list: KubernetesObject[]) =>
      tlsListeners(snapshotOf(list)).map(({ ref }) => listenerKey(ref));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(objects, { minLength: objects.length }),
        turned => {
          expect(keysOf(turned)).toEqual(keysOf(objects));
        },
      ),
    );
  });

  it('are told apart by kind, though they share a name', () => {
    const of = (holder: Gateway | ListenerSet) =>
      listenerRefOf(holder, holder.spec!.listeners![0]);
    const lookup = certificateLookup([
      { listener: of(gateway('a', [listener('https')])), facts: [known('x')] },
    ]);
    expect(lookup(of(gateway('a', [listener('https')])))).toHaveLength(1);
    expect(lookup(of(listenerSet('a', [listener('https')])))).toEqual([]);
  });

  it('need not hold what a schema would have them hold', () => {
    const odd = { metadata: {}, spec: {} } as Gateway;
    expect(secretsOf(odd, { tls: { certificateRefs: 7 } } as never)).toEqual(
      [],
    );
    expect(listenerRefOf(odd, {} as Listener).section).toBe('');
  });
});

describe('what fills a Secret', () => {
  const secret = { namespace: 'gw', name: 'tls' };
  const old = certificate('z-old', {
    creationTimestamp: '2026-01-01T00:00:00Z',
  });
  const young = certificate('a-young', {
    creationTimestamp: '2026-02-01T00:00:00Z',
  });

  it('is, of several Certificates, the one that was created first, as cert-manager has it', () => {
    for (const objects of [
      [old, young],
      [young, old],
    ]) {
      const found = certificatesOf(snapshotOf(objects), 'gw', 'tls');
      expect(found.map(({ metadata }) => metadata.name)).toEqual([
        'z-old',
        'a-young',
      ]);
    }
  });

  it('is, of those of one moment, the first by name', () => {
    const found = certificatesOf(
      snapshotOf([certificate('b'), certificate('a')]),
      'gw',
      'tls',
    );
    expect(found.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  });

  const ANNOTATED = { 'cert-manager.io/cluster-issuer': 'ca' };
  const names = (
    holder: Gateway | ListenerSet,
    ...certificates: Certificate[]
  ) =>
    rivalsOf(
      snapshotOf([holder, ...certificates]),
      secret,
      certificates[0],
    ).map(({ kind, name }) => `${kind} ${name}`);
  const https = listener('https', { name: 'tls' });

  it.each<[string, Gateway | ListenerSet, Certificate[], string[]]>([
    [
      'is one Certificate alone without an annotation',
      gateway('a', [https]),
      [old],
      [],
    ],
    [
      'is a Gateway, too, that is annotated with an issuer',
      gateway('a', [https], { annotations: ANNOTATED }),
      [old],
      ['Gateway a'],
    ],
    [
      'is a Gateway, too, that is annotated with an issuer of its namespace',
      gateway('a', [https], {
        annotations: { 'cert-manager.io/issuer': 'ca' },
      }),
      [old],
      ['Gateway a'],
    ],
    [
      'is not a Gateway that owns the Certificate',
      gateway('a', [https], { annotations: ANNOTATED }),
      [
        certificate('tls', {
          ownerReferences: [
            { apiVersion: '', kind: 'Gateway', name: 'a', uid: 'uid-a' },
          ],
        }),
      ],
      [],
    ],
    [
      'is a Gateway that was made anew under the name of the owner',
      gateway('a', [https], { annotations: ANNOTATED }),
      [
        certificate('tls', {
          ownerReferences: [
            { apiVersion: '', kind: 'Gateway', name: 'a', uid: 'uid-gone' },
          ],
        }),
      ],
      ['Gateway a'],
    ],
    [
      'is not a Gateway that has the shim leave the listener alone',
      gateway('a', [https], {
        annotations: {
          ...ANNOTATED,
          'cert-manager.io/ignore-tls-listeners': 'other, https',
        },
      }),
      [old],
      [],
    ],
    [
      'is not a Gateway of another Secret',
      gateway('a', [listener('https', { name: 'other' })], {
        annotations: ANNOTATED,
      }),
      [old],
      [],
    ],
    [
      'is every other Certificate',
      gateway('a', [https]),
      [old, young],
      ['Certificate a-young'],
    ],
  ])('%s', (_, holder, certificates, expected) => {
    expect(names(holder, ...certificates)).toEqual(expected);
  });
});

function known(
  ...dnsNames: string[]
): CertificateFacts & Required<Pick<CertificateFacts, 'leaf'>> {
  return {
    secret: { namespace: 'gw', name: dnsNames.join() },
    leaf: {
      subject: '',
      issuer: '',
      dnsNames,
      serialNumber: '',
      notBefore: '',
      notAfter: '',
      fingerprintSha256: `of ${dnsNames.join()}`,
      isCa: false,
    },
  };
}

describe('of several certificates a host is served with', () => {
  const wildcard = known('*.example.org');
  const exact = known('shop.example.org');
  const foreign = known('*.example.com');
  const choose = (host: string, ...all: CertificateFacts[]) =>
    certificateFor(host, all)?.secret.name;

  it.each<[string, string, CertificateFacts[], string | undefined]>([
    [
      'the one that names it, before a wildcard',
      'shop.example.org',
      [foreign, wildcard, exact],
      'shop.example.org',
    ],
    [
      'a wildcard that covers it, before others',
      'docs.example.org',
      [foreign, exact, wildcard],
      '*.example.org',
    ],
    [
      'the first where none covers it',
      'a.b.example.org',
      [foreign, wildcard],
      '*.example.com',
    ],
    [
      'the same wildcard for a wildcard host',
      '*.example.org',
      [exact, wildcard],
      '*.example.org',
    ],
    ['none where there is none', 'shop.example.org', [], undefined],
  ])('%s', (_, host, all, expected) => {
    expect(choose(host, ...all)).toBe(expected);
  });

  it('the one that was served, of two for the same names', () => {
    const ec = known('*.example.org');
    const rsa = {
      ...known('*.example.org'),
      secret: { namespace: '', name: 'rsa' },
    };
    rsa.leaf = { ...rsa.leaf, fingerprintSha256: 'RSA' };
    expect(certificateFor('a.example.org', [ec, rsa], 'RSA')).toBe(rsa);
    expect(certificateFor('a.example.org', [ec, rsa], 'none')).toBe(ec);
    const earlier = {
      ...rsa,
      earlier: [
        { revision: 1, leaf: { ...rsa.leaf, fingerprintSha256: 'RSA:1' } },
      ],
    };
    expect(certificateFor('a.example.org', [ec, earlier], 'RSA:1')).toBe(
      earlier,
    );
  });

  it('is, of equals, the first that every client takes where nobody has looked', () => {
    const of = (fingerprintSha256: string, key: CertificateSummary['key']) =>
      ({
        secret: { namespace: 'a', name: fingerprintSha256 },
        leaf: { dnsNames: ['a.example.org'], fingerprintSha256, key },
      } as CertificateFacts);
    const edwards = of('ED', { algorithm: 'Ed25519' });
    const rsa = of('RSA', { algorithm: 'RSA', bits: 2048 });
    expect(certificateFor('a.example.org', [edwards, rsa])).toBe(rsa);
    expect(certificateFor('a.example.org', [edwards, rsa], 'ED')).toBe(edwards);
    expect(certificateFor('a.example.org', [edwards])).toBe(edwards);
  });
});
