import {
  status,
  type RecordedRequest,
  type ScriptedAnswer,
} from '../__testUtils__/fakeApiServer';
import {
  asksForAcme,
  asksForEvents,
  historyWorld,
  owned,
  SAM,
  WILDCARD,
} from '../__testUtils__/fakeHistory';

type Answer = ScriptedAnswer | undefined;

const world = historyWorld();

describe('what could not be read is said', () => {
  const forbidden = (resource: string) =>
    status(403, 'Forbidden', {
      message: `${resource} is forbidden: User "networking" cannot list resource`,
    });
  const ofEvents = (answer: Answer) => (request: RecordedRequest) =>
    asksForEvents(request) ? answer : undefined;
  const ofAcme = (answer: Answer) => (request: RecordedRequest) =>
    asksForAcme(request) ? answer : undefined;

  const CASES: Record<
    string,
    { other: (request: RecordedRequest) => Answer; says: RegExp[] }
  > = {
    'where the account may not list Events, by namespace and with the rule to apply':
      {
        other: ofEvents(forbidden('events')),
        says: [
          /^Events of Certificate kube-system\/idp-wildcard-cert, Events of CertificateRequest .* are not known: .* may not list events in namespace kube-system of cluster local\. Ask the owners of cluster local to apply rbac\/clusterrole\.yaml/,
          /^Events of ClusterIssuer idp-demo-ca are not known: .* may not list events in namespace default/,
        ],
      },
    'where it may not list Orders': {
      other: ofAcme(forbidden('orders.acme.cert-manager.io')),
      says: [
        /^ACME Orders in namespace kube-system are not known: .* may not list orders in namespace kube-system .* rbac\/clusterrole\.yaml/,
      ],
    },
    'where it may not list Challenges': {
      other: request =>
        request.path.endsWith('/challenges')
          ? forbidden('challenges.acme.cert-manager.io')
          : undefined,
      says: [
        /^ACME Challenges in namespace kube-system are not known: .* may not list challenges/,
      ],
    },
    'where the CRDs of ACME are missing': {
      other: ofAcme(status(404, 'NotFound')),
      says: [
        /^ACME Orders in namespace kube-system are not known: the CRDs of acme\.cert-manager\.io\/v1 are not installed on cluster local\. Ask the owners of cluster local to install the CRDs/,
      ],
    },
    'once, where the cluster does not answer': {
      other: request =>
        asksForEvents(request) || asksForAcme(request)
          ? status(503, 'ServiceUnavailable')
          : undefined,
      says: [
        /^Events of Certificate .*ClusterIssuer idp-demo-ca and ACME Orders .* are not known: cluster local does not answer\. Try again when cluster local answers\.$/,
      ],
    },
    'where it has no time': {
      other: ofEvents(status(429, 'TooManyRequests')),
      says: [/too many requests to answer now\. Try again in a minute\.$/],
    },
    'where the token is no good': {
      other: ofEvents(status(401, 'Unauthorized')),
      says: [
        /refuses the token of the Backstage backend\. Ask an admin of Backstage/,
      ],
    },
    'where something in between answers for it': {
      other: ofEvents({ status: 200, body: { hello: 'world' } }),
      says: [/^Events of Certificate/],
    },
    'where there is more than is read': {
      other: ofAcme({
        status: 200,
        body: { metadata: { continue: 'more' }, items: [] },
      }),
      says: [
        /^ACME Orders in namespace kube-system are known in part: .* kubectl get orders\.acme\.cert-manager\.io --namespace kube-system\.$/,
      ],
    },
  };
  it.each(Object.entries(CASES))('%s', async (_, { other, says }) => {
    world.orderedByAcme();
    world.kept = [
      owned('Order', 'order', {
        kind: 'CertificateRequest',
        uid: world.uidOf('CertificateRequest', 'idp-wildcard-cert-2'),
      }),
    ];
    world.answering(other);
    const { unknown } = await world.read();
    expect(unknown).toEqual(says.map(text => expect.stringMatching(text)));
  });

  it('of a cluster that has fallen silent since, with what is remembered of who may ask', async () => {
    await world.backend.as(SAM).get('/v1/exposures');
    world.server.goDown();
    const { status: code, body } = await world.ask(WILDCARD, SAM);
    world.server.comeBack();
    expect(code).toBe(200);
    expect(body).toEqual({
      events: [],
      orders: [],
      unknown: [expect.stringMatching(/cluster local does not answer/)],
    });
  });
});
