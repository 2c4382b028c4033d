import type {
  AcmeChallenge,
  AcmeOrder,
  Certificate,
} from 'backstage-plugin-networking-common';
import { status } from '../__testUtils__/fakeApiServer';
import {
  asksForEvents,
  event,
  historyWorld,
  owned,
  SAM,
  WILDCARD,
} from '../__testUtils__/fakeHistory';
import { SUFFIX } from '../__testUtils__/world';

const TOKEN = 'LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0';

const world = historyWorld();

describe('the history of a certificate', () => {
  it('has the Events of the Certificate, its requests and its issuer, by uid, the newest first', async () => {
    world.orderedByAcme();
    const certificate = {
      kind: 'Certificate',
      namespace: 'kube-system',
      name: 'idp-wildcard-cert',
    };
    const uid = 'uid-of-idp-wildcard-cert';
    const request = (name: string) => ({
      kind: 'CertificateRequest',
      namespace: 'kube-system',
      name,
      uid: world.uidOf('CertificateRequest', name),
    });
    const at = (minute: number) => ({
      lastTimestamp: `2026-11-25T10:0${minute}:00Z`,
    });
    world.kept = [
      event({ ...certificate, uid }, 'issued', at(1)),
      event({ ...certificate, uid: 'uid-before' }, 'of one before it', at(2)),
      event(request('idp-wildcard-cert-1'), 'approved', at(3)),
      event(request('idp-wildcard-cert-2'), 'waits', {
        ...at(4),
        type: 'Warning',
      }),
      event(
        {
          kind: 'ClusterIssuer',
          name: 'idp-demo-ca',
          uid: world.uidOf('ClusterIssuer', 'idp-demo-ca'),
        },
        'not registered',
        at(0),
      ),
      event(
        { kind: 'Secret', namespace: 'kube-system', name: 'x', uid: 'uid-x' },
        'of a Secret',
        at(5),
      ),
    ];
    const { events, unknown } = await world.read();
    expect(unknown).toEqual([]);
    expect(
      events.map(({ about, type, message }) => [about.kind, type, message]),
    ).toEqual([
      ['CertificateRequest', 'Warning', 'waits'],
      ['CertificateRequest', 'Normal', 'approved'],
      ['Certificate', 'Normal', 'issued'],
      ['ClusterIssuer', 'Normal', 'not registered'],
    ]);
  });

  it('asks for the Events of a ClusterIssuer in namespace default, and for no Orders of a CA', async () => {
    await world.read();
    expect(world.asked()).toEqual(
      [
        `/api/v1/namespaces/default/events involvedObject.uid=${world.uidOf(
          'ClusterIssuer',
          'idp-demo-ca',
        )}`,
        `/api/v1/namespaces/kube-system/events involvedObject.uid=${world.uidOf(
          'CertificateRequest',
          'idp-wildcard-cert-1',
        )}`,
        '/api/v1/namespaces/kube-system/events involvedObject.uid=uid-of-idp-wildcard-cert',
      ].sort(),
    );
  });

  it('asks by kind and name for an issuer that does not exist', async () => {
    world.server.remove('ClusterIssuer', '', 'idp-demo-ca');
    await world.read();
    expect(world.asked()).toContain(
      '/api/v1/namespaces/default/events involvedObject.kind=ClusterIssuer,involvedObject.name=idp-demo-ca',
    );
  });

  it('has the Orders of its requests and their Challenges, without token and key', async () => {
    world.orderedByAcme();
    const order: AcmeOrder = {
      ...owned('Order', 'order', {
        kind: 'CertificateRequest',
        uid: world.uidOf('CertificateRequest', 'idp-wildcard-cert-2'),
      }),
      status: { state: 'pending' },
    };
    const challenge: AcmeChallenge = {
      ...owned('Challenge', 'challenge', {
        kind: 'Order',
        uid: 'uid-of-order',
      }),
      spec: {
        dnsName: SUFFIX,
        type: 'HTTP-01',
        wildcard: false,
        token: TOKEN,
        key: `${TOKEN}.thumbprint`,
      },
      status: {
        state: 'pending',
        presented: true,
        processing: true,
        reason: `Waiting for /.well-known/acme-challenge/${TOKEN}`,
      },
    };
    world.kept = [
      order,
      owned('Order', 'stray', { kind: 'CertificateRequest', uid: 'another' }),
      challenge,
    ];
    const { text, body } = await world.ask();
    expect(body.orders).toEqual([
      {
        name: 'order',
        createdAt: '2026-11-25T10:00:00.000Z',
        state: 'pending',
        challenges: [
          {
            dnsName: SUFFIX,
            type: 'HTTP-01',
            wildcard: false,
            state: 'pending',
            presented: true,
            processing: true,
            reason: 'Waiting for /.well-known/acme-challenge/…',
          },
        ],
      },
    ]);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('thumbprint');
  });

  it('is read once for those who ask together, and not kept where something is missing', async () => {
    await Promise.all([world.read(), world.read(), world.read(WILDCARD, SAM)]);
    expect(world.asked()).toHaveLength(3);
    world.server.requests.length = 0;
    world.answering(request =>
      asksForEvents(request) ? status(403, 'Forbidden') : undefined,
    );
    world.change<Certificate>(
      'Certificate',
      'idp-wildcard-cert',
      ({ metadata }) => ({
        metadata: { ...metadata, uid: 'uid-made-anew' },
      }),
    );
    await world.read();
    await world.read();
    expect(world.asked()).toHaveLength(4);
  });

  it('is audited, with how much is not known', async () => {
    await world.read();
    expect(world.backend.audit[world.backend.audit.length - 1]).toMatchObject({
      eventId: 'certificate-history-fetch',
      meta: {
        cluster: 'local',
        namespace: 'kube-system',
        name: 'idp-wildcard-cert',
      },
      outcome: 'success',
      outcomeMeta: { unknown: 0 },
    });
  });
});
