import type { Certificate } from 'backstage-plugin-networking-common';
import { changesSomething } from '../world/auditLog';
import { certManagerOf } from '../world/certManager';
import { servedSerial } from '../world/gateway';
import { waitFor } from '../world/waitFor';
import { ALEX, SAM } from '../world/world';
import { CLUSTER, refusal, type Suite } from './support';

/** *Renew*: what `cmctl renew` does, by whom it may be done, and what is left of it. */
export const renewing: Suite = world => {
  const at = () => ({
    namespace: world().platform.settings.gateway.namespace,
    name: world().platform.settings.certificates.wildcardCertificate,
  });
  const live = () => certManagerOf(world().admin).get(at());
  const addressOf = ({ metadata }: Certificate) => ({
    cluster: CLUSTER,
    ...at(),
    uid: metadata.uid!,
    resourceVersion: metadata.resourceVersion,
  });
  /**
   * What was refused, and what the backend wrote meanwhile. Whether a Certificate is Issuing tells nothing of that:
   * cert-manager issues once more where its caches show it the new Certificate before the new Secret.
   */
  const refusalAndWrites = async (call: () => Promise<unknown>) => {
    const { result, events } = await world().audit.during(() =>
      refusal(call()),
    );
    return { refused: result, writes: events.filter(changesSomething) };
  };

  it('is offered to admins of what the Role of the gateway names, and says what to bind for the CA', async () => {
    const { certificates, permissions } = await world()
      .as(ALEX)
      .getCertificates(CLUSTER);
    expect(permissions).toEqual({ renew: true });
    const { gateway, certificates: settings } = world().platform.settings;
    const rowOf = (name: string) =>
      certificates.find(({ facts }) => facts.certificate?.name === name);
    expect(rowOf(settings.wildcardCertificate)).toMatchObject({
      role: 'served',
      listeners: [
        { kind: 'Gateway', name: gateway.name, section: gateway.httpsSection },
      ],
      facts: { verified: true },
      renewable: { possible: true },
    });
    expect(rowOf(settings.caCertificate)).toMatchObject({
      role: 'ca',
      renewable: {
        possible: false,
        why: expect.stringMatching(
          new RegExp(
            `networking-backend-renewal .* in namespace ${settings.clusterResourceNamespace},`,
          ),
        ),
      },
    });
    expect(
      await refusal(world().as(SAM).getCertificates(CLUSTER)),
    ).toMatchObject({ status: 403, name: 'NotAllowedError' });
  });

  it('is refused to one without the permission, and nothing is asked of the cluster', async () => {
    const certificate = await live();
    const { result, events } = await world().audit.during(() =>
      refusal(world().as(SAM).renew(addressOf(certificate))),
    );
    expect(result).toMatchObject({ status: 403, name: 'NotAllowedError' });
    // What the cache reads does not come from this.
    expect(
      events.filter(({ verb }) => !['list', 'watch'].includes(verb)),
    ).toEqual([]);
  });

  it('has cert-manager issue it anew, until the new serial is served, and leaves an audit event of who asked', async () => {
    const { platform, hostOf, audit } = world();
    const before = await live();
    const serving = () =>
      servedSerial({
        address: platform.gateway.address,
        port: platform.gateway.httpsPort,
        host: hostOf('renewed'),
      });
    const old = await serving();

    const { result, events } = await audit.during(() =>
      world().as(ALEX).renew(addressOf(before)),
    );

    expect(result).toMatchObject({
      ...at(),
      uid: before.metadata.uid,
      revision: before.status?.revision,
      serialNumber: old,
    });
    // Of the objects of cert-manager one is read and its status written, and nothing else is written at all.
    expect(
      events
        .filter(changesSomething)
        .map(({ verb, objectRef }) =>
          [verb, objectRef?.resource, objectRef?.subresource].join(' '),
        ),
    ).toEqual(['update certificates status']);
    await certManagerOf(world().admin).issued(at(), before.status?.revision);
    await waitFor('another serial to be served', async () =>
      (await serving()) === old ? undefined : true,
    );
    const [last] = (await world().auditEvents('certificate-renew')).slice(-1);
    expect(last).toMatchObject({
      status: 'succeeded',
      actor: { actorId: ALEX },
      meta: { ...at(), cluster: CLUSTER, uid: before.metadata.uid },
    });
  });

  it('is refused where the Certificate has moved since it was shown', async () => {
    const { admin } = world();
    const shown = await live();
    const { namespace, name } = at();
    await admin.patch(
      `/apis/cert-manager.io/v1/namespaces/${namespace}/certificates/${name}`,
      'merge',
      { metadata: { annotations: { touched: new Date().toISOString() } } },
    );
    const { refused, writes } = await refusalAndWrites(() =>
      world().as(ALEX).renew(addressOf(shown)),
    );
    expect(refused).toMatchObject({ status: 409, name: 'ConflictError' });
    expect(refused.message).toContain(`Certificate ${namespace}/${name}`);
    expect(writes).toEqual([]);
  });

  it('is only of Certificates that a listener uses', async () => {
    const { admin } = world();
    const { namespace } = at();
    const certManager = certManagerOf(admin);
    const stray = { namespace, name: 'stray' };
    await certManager.applyCertificate(stray, {
      secretName: 'stray',
      dnsNames: ['stray.example.com'],
      issuerRef: { kind: 'ClusterIssuer', name: 'idp-demo-ca' },
    });
    try {
      const { metadata } = await certManager.issued(stray);
      const { refused, writes } = await refusalAndWrites(() =>
        world()
          .as(ALEX)
          .renew({ cluster: CLUSTER, ...stray, uid: metadata.uid! }),
      );
      expect(refused.status).toBe(404);
      expect(writes).toEqual([]);
    } finally {
      await certManager.removeCertificate(stray);
      await certManager.removeSecret(stray);
    }
  });
};
