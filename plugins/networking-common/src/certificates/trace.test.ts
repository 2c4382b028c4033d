import type { CertificateRequest } from '../gateway-api/types';
import {
  find,
  healthyWorld,
  pem,
  remove,
  snapshotOf,
  type World,
} from '../verdicts/__testUtils__/world';
import { traceCertificates, type CertificateTrace } from './trace';

function trace(change: (world: World) => void = () => {}): CertificateTrace {
  const world = healthyWorld();
  const gateway = find(world, 'Gateway', 'idp-gateway');
  change(world);
  const [first] = traceCertificates({
    holder: gateway,
    listener: gateway.spec!.listeners![1],
    snapshot: snapshotOf(world),
    settings: world.settings,
  });
  return first;
}

const leafRequest = (world: World) =>
  find(world, 'CertificateRequest', 'idp-wildcard-cert-1');

const issuer = (world: World) => find(world, 'ClusterIssuer', 'idp-demo-ca');

const another = (
  world: World,
  change: (request: CertificateRequest) => void,
) => {
  const copy = structuredClone(leafRequest(world));
  copy.metadata.name = 'idp-wildcard-cert-2';
  copy.status!.certificate = btoa(pem('other'));
  change(copy);
  world.objects.push(copy);
};

describe('traceCertificates', () => {
  it('follows the listener to the leaf and to the CA that signs today', () => {
    const { certificate, request, caCertificate, caRequest, ...rest } = trace();
    expect(certificate?.metadata.name).toBe('idp-wildcard-cert');
    expect(request?.metadata.name).toBe('idp-wildcard-cert-1');
    expect(caCertificate?.metadata.name).toBe('idp-demo-ca');
    expect(caRequest?.metadata.name).toBe('idp-demo-ca-1');
    expect(rest).toEqual({
      secret: { namespace: 'kube-system', name: 'idp-wildcard-cert' },
      issuer: {
        kind: 'ClusterIssuer',
        name: 'idp-demo-ca',
        group: 'cert-manager.io',
        type: 'CA',
        exists: true,
        conditions: issuer(healthyWorld()).status!.conditions,
      },
      leafPem: pem('leaf'),
      chainPem: [pem('ca')],
      signerPem: pem('ca'),
      trust: 'cluster',
      trustedPem: [pem('ca')],
      unknown: undefined,
    });
  });

  it('finds another CA than the one that signed the leaf, where the CA was issued anew', () => {
    const { chainPem, signerPem } = trace(world => {
      const ca = find(world, 'CertificateRequest', 'idp-demo-ca-1');
      ca.status!.certificate = btoa(pem('new ca'));
    });
    expect(chainPem).toEqual([pem('ca')]);
    expect(signerPem).toBe(pem('new ca'));
  });

  it('puts what came with the leaf before the root-most certificate', () => {
    const { leafPem, chainPem } = trace(world => {
      leafRequest(world).status!.certificate = btoa(
        `${pem('leaf')}\n${pem('intermediate')}\n`,
      );
    });
    expect(leafPem).toBe(pem('leaf'));
    expect(chainPem).toEqual([pem('intermediate'), pem('ca')]);
  });

  it('finds the issuer by reference, whatever its name', () => {
    const { issuer: found, signerPem } = trace(world => {
      const certificate = find(world, 'Certificate', 'idp-wildcard-cert');
      certificate.spec!.issuerRef!.name = 'ca-issuer';
      issuer(world).metadata.name = 'ca-issuer';
    });
    expect(found).toMatchObject({ kind: 'ClusterIssuer', name: 'ca-issuer' });
    expect(signerPem).toBe(pem('ca'));
  });

  it("looks for the CA of an Issuer in the Issuer's own namespace", () => {
    const { issuer: found, signerPem } = trace(world => {
      const certificate = find(world, 'Certificate', 'idp-wildcard-cert');
      certificate.spec!.issuerRef = { name: 'own' };
      world.objects.push({
        apiVersion: 'cert-manager.io/v1',
        kind: 'Issuer',
        metadata: { name: 'own', namespace: 'kube-system' },
        spec: { ca: { secretName: 'idp-demo-ca-secret' } },
      } as never);
      for (const name of ['idp-demo-ca', 'idp-demo-ca-1']) {
        const kind = name.endsWith('1') ? 'CertificateRequest' : 'Certificate';
        find(world, kind, name).metadata.namespace = 'kube-system';
      }
    });
    expect(found).toMatchObject({
      kind: 'Issuer',
      name: 'own',
      namespace: 'kube-system',
    });
    expect(signerPem).toBe(pem('ca'));
  });

  it('takes a self-signed leaf for its own signer', () => {
    const { signerPem } = trace(world => {
      issuer(world).spec = { selfSigned: {} };
    });
    expect(signerPem).toBe(pem('leaf'));
  });

  describe('takes the request of the current revision', () => {
    const cases: Record<string, (request: CertificateRequest) => void> = {
      'not one of a later revision, which is on its way': request => {
        request.metadata.annotations!['cert-manager.io/certificate-revision'] =
          '2';
      },
      'not one of another Certificate': request => {
        request.metadata.annotations!['cert-manager.io/certificate-name'] =
          'other';
      },
      'not one of a Certificate of that name that is gone': request => {
        request.metadata.creationTimestamp = '2026-11-01T00:00:00Z';
        request.metadata.ownerReferences = [
          { apiVersion: '', kind: '', name: '', uid: 'gone' },
        ];
      },
      'not one that was never answered': request => {
        delete request.status!.certificate;
      },
      'not an older one of the same revision': request => {
        request.metadata.creationTimestamp = '2026-01-01T00:00:00Z';
      },
    };
    it.each(Object.entries(cases))('%s', (_, change) => {
      expect(trace(world => another(world, change)).leafPem).toBe(pem('leaf'));
    });
  });

  describe('says what is not known', () => {
    const cases: Record<
      string,
      { change: (world: World) => void; unknown: RegExp }
    > = {
      'where the listener names no certificate': {
        change: world => {
          find(world, 'Gateway', 'idp-gateway').spec!.listeners![1].tls = {};
        },
        unknown: /Listener https names no certificate/,
      },
      'where no Certificate fills the Secret': {
        change: world => remove(world, 'Certificate', 'idp-wildcard-cert'),
        unknown: /No Certificate fills Secret kube-system\/idp-wildcard-cert/,
      },
      'where Certificates cannot be read': {
        change: world => {
          remove(world, 'Certificate');
          world.gaps = [
            { kind: 'Certificate', reason: 'NotServed', message: '' },
          ];
        },
        unknown: /Certificates of this cluster cannot be read/,
      },
      'where the request is not kept': {
        change: world =>
          remove(world, 'CertificateRequest', 'idp-wildcard-cert-1'),
        unknown: /request behind Certificate .*idp-wildcard-cert is not kept/,
      },
      'where requests cannot be read': {
        change: world => {
          remove(world, 'CertificateRequest');
          world.gaps = [
            { kind: 'CertificateRequest', reason: 'Forbidden', message: '' },
          ];
        },
        unknown: /requests of Certificate .* cannot be read/,
      },
      'where the certificate has not been issued': {
        change: world => {
          find(world, 'Certificate', 'idp-wildcard-cert').status = undefined;
        },
        unknown: /has not been issued yet/,
      },
      'where the request holds no PEM': {
        change: world => {
          leafRequest(world).status!.certificate = '%%%';
        },
        unknown: /is not kept/,
      },
      'where the issuer does not exist': {
        change: world => remove(world, 'ClusterIssuer', 'idp-demo-ca'),
        unknown: /ClusterIssuer idp-demo-ca does not exist/,
      },
      'where the CA lies outside the cluster': {
        change: world => {
          issuer(world).spec = { acme: {} };
        },
        unknown: /keeps its CA outside the cluster/,
      },
      'where the issuer is of another group': {
        change: world => {
          find(world, 'Certificate', 'idp-wildcard-cert').spec!.issuerRef = {
            name: 'pca',
            kind: 'AWSPCAClusterIssuer',
            group: 'awspca.cert-manager.io',
          };
        },
        unknown: /AWSPCAClusterIssuer pca is not one of cert-manager's own/,
      },
      'where nobody fills the Secret of the CA': {
        change: world => remove(world, 'Certificate', 'idp-demo-ca'),
        unknown: /No Certificate fills Secret cert-manager\/idp-demo-ca-secret/,
      },
      "where the CA's request is not kept": {
        change: world => remove(world, 'CertificateRequest', 'idp-demo-ca-1'),
        unknown: /the CA that signs today is not known/,
      },
    };
    it.each(Object.entries(cases))('%s', (_, { change, unknown }) => {
      expect(trace(change).unknown).toMatch(unknown);
    });
  });

  it.each<[string, (world: World) => void]>([
    [
      'leads to a Secret that nobody fills',
      world => {
        issuer(world).spec = { ca: { secretName: 'nowhere' } };
      },
    ],
    ['is gone', world => remove(world, 'ClusterIssuer', 'idp-demo-ca')],
  ])(
    'finds the Certificate of the CA that signed where the issuer %s',
    (_, change) => {
      const found = trace(change);
      expect(found.caCertificate?.metadata.name).toBe('idp-demo-ca');
      expect(found.caRequest?.metadata.name).toBe('idp-demo-ca-1');
      expect(found.signerPem).toBeUndefined();
      expect(found.unknown).toMatch(/No Certificate fills|does not exist/);
    },
  );

  it('finds none where the CA that signed has another key since', () => {
    const { caCertificate } = trace(world => {
      issuer(world).spec = { ca: { secretName: 'nowhere' } };
      find(world, 'CertificateRequest', 'idp-demo-ca-1').status!.certificate =
        btoa(pem('another key'));
    });
    expect(caCertificate).toBeUndefined();
  });

  it('takes the CA of the settings where the cluster does not tell', () => {
    const given = (world: World) => {
      world.settings.certificates.caPem = pem('given');
    };
    const { signerPem, unknown } = trace(world => {
      given(world);
      issuer(world).spec = { acme: {} };
    });
    expect(signerPem).toBe(pem('given'));
    expect(unknown).toBeUndefined();
    expect(trace(given).signerPem).toBe(pem('ca'));
  });

  it('takes every CA of the settings', () => {
    const given = (world: World) => {
      world.settings.certificates.caPem = `old\n${pem('old')}\n${pem('new')}\n`;
    };
    const { trustedPem } = trace(world => {
      given(world);
      issuer(world).spec = { acme: {} };
    });
    expect(trustedPem).toEqual([pem('old'), pem('new')]);
    expect(trace(given).trustedPem).toEqual([pem('ca')]);
  });
});
