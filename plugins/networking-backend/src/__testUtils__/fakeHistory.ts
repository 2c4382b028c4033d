import type {
  CertificateRequest,
  CoreEvent,
  IssuanceHistory,
  Issuer,
  KubernetesObject,
} from 'backstage-plugin-networking-common';
import { startBackend, type TestBackend } from './backend';
import {
  startFakeApiServer,
  type FakeApiServer,
  type RecordedRequest,
  type ScriptedAnswer,
} from './fakeApiServer';
import {
  accepted,
  clusterObjects,
  issued,
  route,
  SUFFIX,
  worldCertificates,
  type WorldCertificates,
} from './world';

/** Reads the platform, and with it everything. */
export const ALEX = 'user:default/alex';
/** Reads the exposure of shop and no other. */
export const SAM = 'user:default/sam';
/** Reads none. */
export const PAT = 'user:default/pat';
/** What every listener of the world serves. */
export const WILDCARD = 'kube-system/idp-wildcard-cert';

const EVENTS = /\/api\/v1\/namespaces\/[^/]+\/events$/;
const ACME =
  /\/apis\/acme\.cert-manager\.io\/v1\/namespaces\/[^/]+\/(orders|challenges)$/;

export const asksForEvents = ({ path }: RecordedRequest) => EVENTS.test(path);
export const asksForAcme = ({ path }: RecordedRequest) => ACME.test(path);

/** As cert-manager's recorder writes it. */
export const event = (
  about: { kind: string; name: string; namespace?: string; uid?: string },
  message: string,
  rest: Partial<CoreEvent> = {},
): CoreEvent => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: {
    name: `${about.name}.${message}`,
    namespace: about.namespace ?? 'default',
    uid: `uid-of-event-${message}`,
    creationTimestamp: '2026-11-25T10:00:00Z',
  },
  involvedObject: about,
  type: 'Normal',
  reason: 'Issuing',
  message,
  ...rest,
});

/** An object of ACME, owned by another. */
export const owned = (
  kind: string,
  name: string,
  owner: { kind: string; uid?: string },
): KubernetesObject => ({
  apiVersion: 'acme.cert-manager.io/v1',
  kind,
  metadata: {
    name,
    namespace: 'kube-system',
    uid: `uid-of-${name}`,
    creationTimestamp: '2026-11-25T10:00:00Z',
    ownerReferences: [
      { apiVersion: 'v1', kind: owner.kind, name: 'owner', uid: owner.uid! },
    ],
  },
});

/** As the real one selects: by what an Event is about. */
function answerEvents(
  { path, query }: RecordedRequest,
  kept: readonly KubernetesObject[],
) {
  const [, namespace] = /namespaces\/([^/]+)/.exec(path)!;
  const wanted = Object.fromEntries(
    query.fieldSelector.split(',').map(term => term.split('=')),
  );
  const items = kept.filter(object => {
    const { involvedObject = {} } = object as CoreEvent;
    return (
      object.kind === 'Event' &&
      object.metadata.namespace === namespace &&
      Object.entries(wanted).every(
        ([field, value]) =>
          involvedObject[field.replace('involvedObject.', '') as 'uid'] ===
          value,
      )
    );
  });
  return { status: 200, body: { kind: 'EventList', metadata: {}, items } };
}

function answerAcme(
  { path }: RecordedRequest,
  kept: readonly KubernetesObject[],
) {
  const kind = path.endsWith('/orders') ? 'Order' : 'Challenge';
  const items = kept.filter(object => object.kind === kind);
  return { status: 200, body: { kind: `${kind}List`, metadata: {}, items } };
}

/** What a cluster that keeps these Events, Orders and Challenges says of them. */
function answerHistory(
  request: RecordedRequest,
  kept: readonly KubernetesObject[],
): ScriptedAnswer | undefined {
  if (asksForEvents(request)) return answerEvents(request, kept);
  return asksForAcme(request) ? answerAcme(request, kept) : undefined;
}

/** The wildcard is signed by an ACME server, and asked for a second time. */
function orderedByAcme(
  server: FakeApiServer,
  certificates: WorldCertificates,
): void {
  const issuer = server
    .objects()
    .find(
      ({ kind, metadata }) =>
        kind === 'ClusterIssuer' && metadata.name === 'idp-demo-ca',
    );
  server.put({
    ...issuer,
    spec: { acme: { server: 'https://acme.example.com' } },
  } as Issuer);
  const [, request] = issued({
    name: 'idp-wildcard-cert',
    namespace: 'kube-system',
    secretName: 'idp-wildcard-cert',
    issuer: 'idp-demo-ca',
    certificate: certificates.wildcard,
    ca: certificates.ca,
    dnsNames: [`*.${SUFFIX}`],
  });
  const { metadata } = request;
  server.put({
    ...request,
    metadata: {
      ...metadata,
      name: 'idp-wildcard-cert-2',
      annotations: {
        ...metadata.annotations,
        'cert-manager.io/certificate-revision': '2',
      },
    },
    status: {},
  } as CertificateRequest);
}

const find = (server: FakeApiServer, kind: string, name: string) =>
  server
    .objects()
    .find(
      object => object.kind === kind && object.metadata.name === name,
    ) as KubernetesObject;

/** A cluster with a served certificate, and a backend that reads its history. */
export interface HistoryWorld {
  server: FakeApiServer;
  backend: TestBackend;
  certificates: WorldCertificates;
  /** What the cluster keeps beside what is watched. */
  kept: KubernetesObject[];
  /** Has the cluster answer otherwise, where `other` does. */
  answering(
    other: (request: RecordedRequest) => ScriptedAnswer | undefined,
  ): void;
  orderedByAcme(): void;
  /** Changes an object of the cluster. */
  change<T extends KubernetesObject>(
    kind: string,
    name: string,
    by: (object: T) => object,
  ): void;
  uidOf(kind: string, name: string): string;
  ask(
    certificate?: string,
    user?: string,
  ): ReturnType<ReturnType<TestBackend['as']>['get']>;
  read(certificate?: string, user?: string): Promise<IssuanceHistory>;
  /** Paths and field selectors of what was asked of the cluster, in their order. */
  asked(): string[];
}

/** Registers the hooks that make a world for each test. */
export function historyWorld(): HistoryWorld {
  const later = {} as Pick<HistoryWorld, 'server' | 'backend' | 'certificates'>;
  const world: HistoryWorld = {
    ...later,
    kept: [],
    answering: other =>
      world.server.script(
        request => other(request) ?? answerHistory(request, world.kept),
      ),
    orderedByAcme: () => orderedByAcme(world.server, world.certificates),
    change(kind, name, by) {
      const found = find(world.server, kind, name);
      world.server.put({ ...found, ...by(found as never) } as KubernetesObject);
    },
    uidOf: (kind, name) => find(world.server, kind, name).metadata.uid!,
    ask: (certificate = WILDCARD, user = ALEX) =>
      world.backend
        .as(user)
        .get(`/v1/certificates/local/${certificate}/history`),
    async read(certificate, user) {
      const { status, body } = await world.ask(certificate, user);
      expect(body.error).toBeUndefined();
      expect(status).toBe(200);
      return body;
    },
    asked: () =>
      world.server.requests
        .filter(request => asksForEvents(request) || asksForAcme(request))
        .map(({ path, query }) =>
          [path, query.fieldSelector].filter(Boolean).join(' '),
        )
        .sort(),
  };

  beforeAll(async () => {
    world.certificates = await worldCertificates();
    world.server = await startFakeApiServer();
  });
  afterAll(() => world.server.close());

  beforeEach(async () => {
    const { server, certificates } = world;
    world.kept = [];
    server.reset(...clusterObjects(), ...certificates.objects);
    server.put(
      accepted(
        route('shop', { labels: { 'backstage.io/kubernetes-id': 'shop' } }),
      ),
    );
    world.answering(() => undefined);
    // Histories are shared for some seconds, and each test has its own.
    world.backend = await startBackend({
      server,
      policy: ({ user, permission, entityRef }) =>
        user === ALEX ||
        (permission !== 'networking.platform.read' &&
          (permission !== 'networking.exposure.read' ||
            (user === SAM && entityRef === 'component:default/shop'))),
    });
  });
  afterEach(() => world.backend.stop());
  return world;
}
