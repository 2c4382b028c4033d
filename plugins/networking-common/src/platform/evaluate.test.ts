import {
  condition,
  find,
  remove,
  type World,
} from '../verdicts/__testUtils__/world';
import {
  lineOf,
  gap,
  gateway,
  https,
  parts,
  redirect,
  type Case,
} from './__testUtils__/parts';

describe('evaluatePlatform', () => {
  it('has one good line for each part of a platform where nothing is wrong', () => {
    expect(
      parts().map(({ part, name, state, summary, findings }) => [
        part,
        name,
        state,
        summary,
        findings.length,
      ]),
    ).toEqual([
      [
        'gatewayclass',
        'local-traefik',
        'good',
        'GatewayClass local-traefik is accepted by traefik.io/gateway-controller.',
        0,
      ],
      [
        'gateway',
        'idp-gateway',
        'good',
        'Gateway kube-system/idp-gateway is running.',
        0,
      ],
      [
        'listener',
        'http',
        'good',
        'Listener http takes requests on port 30080.',
        0,
      ],
      [
        'listener',
        'https',
        'good',
        'Listener https takes requests on port 30443.',
        0,
      ],
      [
        'issuer',
        'idp-demo-ca',
        'good',
        'ClusterIssuer idp-demo-ca is ready.',
        0,
      ],
      [
        'issuer',
        'self-signed-issuer',
        'good',
        'ClusterIssuer self-signed-issuer is ready.',
        0,
      ],
      [
        'certificate',
        'idp-wildcard-cert',
        'good',
        'Certificate kube-system/idp-wildcard-cert is valid for another 340 days.',
        0,
      ],
      [
        'certificate',
        'idp-demo-ca',
        'good',
        'Certificate cert-manager/idp-demo-ca is valid for another 3628 days.',
        0,
      ],
      [
        'redirect',
        'http-to-https-redirect',
        'good',
        'Requests in clear are sent to HTTPS.',
        0,
      ],
    ]);
  });

  const off = (world: World) => {
    world.settings.probe.address = 'none';
  };

  it('claims no more than the controller says where nobody asks through the gateway', () => {
    const said = parts(off)
      .filter(({ part }) => ['gateway', 'listener', 'redirect'].includes(part))
      .map(({ state, summary }) => [state, summary]);
    const unknown =
      'whether requests are answered is not known, as nobody asks on this cluster.';
    const controller = 'traefik.io/gateway-controller';
    expect(said).toEqual([
      [
        'good',
        `Gateway kube-system/idp-gateway is set up, as ${controller} says; ${unknown}`,
      ],
      [
        'good',
        `Listener http is set up for port 30080, as ${controller} says.`,
      ],
      [
        'good',
        `Listener https is set up for port 30443, as ${controller} says.`,
      ],
      [
        'good',
        'Requests in clear are to be sent to HTTPS, which nobody checks on this cluster.',
      ],
    ]);
  });

  const cases: Record<string, Case> = {
    'a GatewayClass that does not exist': {
      change: world => remove(world, 'GatewayClass'),
      part: 'gatewayclass',
      name: 'local-traefik',
      state: 'bad',
      reason: 'Missing',
      says: /no controller runs the gateway/,
    },
    'a GatewayClass that cannot be read': {
      change: gap('GatewayClass'),
      part: 'gatewayclass',
      name: 'local-traefik',
      state: 'unknown',
      reason: 'NotKnown',
    },
    'a GatewayClass of another controller': {
      change: world => {
        find(world, 'GatewayClass', 'local-traefik').spec!.controllerName =
          'example.com/other';
      },
      part: 'gatewayclass',
      name: 'local-traefik',
      state: 'bad',
      reason: 'ControllerMismatch',
    },
    'a GatewayClass that is refused': {
      change: world => {
        find(world, 'GatewayClass', 'local-traefik').status!.conditions = [
          condition('Accepted', {
            status: 'False',
            reason: 'InvalidParameters',
          }),
        ];
      },
      part: 'gatewayclass',
      name: 'local-traefik',
      state: 'bad',
      reason: 'NotAccepted',
    },
    'a Gateway that does not exist': {
      change: world => remove(world, 'Gateway'),
      part: 'gateway',
      name: 'idp-gateway',
      state: 'bad',
      reason: 'Missing',
      says: /no request gets an answer/,
    },
    'a Gateway of another class': {
      change: world => {
        gateway(world).spec!.gatewayClassName = 'cilium-nodeport';
      },
      part: 'gateway',
      name: 'idp-gateway',
      state: 'bad',
      reason: 'GatewayClassMismatch',
    },
    'a Gateway without status': {
      change: world => {
        gateway(world).status = undefined;
      },
      part: 'gateway',
      name: 'idp-gateway',
      state: 'attention',
      reason: 'NoStatusYet',
    },
    'a Gateway that changed after its controller looked': {
      change: world => {
        gateway(world).metadata.generation = 2;
      },
      part: 'gateway',
      name: 'idp-gateway',
      state: 'attention',
      reason: 'StatusStale',
    },
    'a Gateway that is not programmed': {
      change: world => {
        gateway(world).status!.conditions![1] = condition('Programmed', {
          status: 'False',
          reason: 'NoResources',
        });
      },
      part: 'gateway',
      name: 'idp-gateway',
      state: 'bad',
      reason: 'NotProgrammed',
    },
    'a Gateway without an address, as advice only': {
      change: world => {
        gateway(world).status!.conditions![1] = condition('Programmed', {
          status: 'False',
          reason: 'AddressNotAssigned',
        });
      },
      part: 'gateway',
      name: 'idp-gateway',
      state: 'good',
      reason: 'AddressNotAssigned',
    },
    'a Gateway without an address, through which nobody asks': {
      change: world => {
        off(world);
        gateway(world).status!.conditions![1] = condition('Programmed', {
          status: 'False',
          reason: 'AddressNotAssigned',
        });
      },
      part: 'gateway',
      name: 'idp-gateway',
      state: 'good',
      reason: 'AddressNotAssigned',
      says: /whether requests are answered is not known, as nobody asks/,
    },
    'a listener that is not there': {
      change: world => {
        gateway(world).spec!.listeners!.pop();
      },
      part: 'listener',
      name: 'https',
      state: 'bad',
      reason: 'Missing',
      says: /no exposure gets a request/,
    },
    'a listener for another suffix': {
      change: world => {
        https(world).hostname = '*.10-0-0-9.nip.io';
      },
      part: 'listener',
      name: 'https',
      state: 'bad',
      reason: 'DnsSuffixMismatch',
      says: /serves \*\.10-0-0-9\.nip\.io, and the settings say \*\.127-0-0-1/,
    },
    'a listener on another port': {
      change: world => {
        https(world).port = 443;
      },
      part: 'listener',
      name: 'https',
      state: 'attention',
      reason: 'ListenerPortMismatch',
    },
    'a listener in conflict': {
      change: world => {
        gateway(world).status!.listeners![1].conditions = [
          condition('Conflicted'),
        ];
      },
      part: 'listener',
      name: 'https',
      state: 'bad',
      reason: 'Conflicted',
    },
    'a listener whose certificate cannot be used': {
      change: world => {
        gateway(world).status!.listeners![1].conditions![1] = condition(
          'ResolvedRefs',
          { status: 'False', reason: 'InvalidCertificateRef' },
        );
      },
      part: 'listener',
      name: 'https',
      state: 'bad',
      reason: 'RefsNotResolved',
    },
    'a listener that is being set up': {
      change: world => {
        gateway(world).status!.listeners![1].conditions![2] = condition(
          'Programmed',
          { status: 'False', reason: 'Pending' },
        );
      },
      part: 'listener',
      name: 'https',
      state: 'attention',
      reason: 'Pending',
    },
    'a listener that waits for nothing but an address': {
      change: world => {
        gateway(world).status!.conditions![1] = condition('Programmed', {
          status: 'False',
          reason: 'AddressNotAssigned',
        });
        gateway(world).status!.listeners![1].conditions![2] = condition(
          'Programmed',
          { status: 'False', reason: 'Pending' },
        );
      },
      part: 'listener',
      name: 'https',
      state: 'good',
      reason: 'AddressNotAssigned',
    },
    'a redirect that does not exist': {
      change: world => remove(world, 'HTTPRoute', 'http-to-https-redirect'),
      part: 'redirect',
      name: 'http-to-https-redirect',
      state: 'attention',
      reason: 'RedirectMissing',
    },
    'routes that cannot be read': {
      change: gap('HTTPRoute'),
      part: 'redirect',
      name: 'http-to-https-redirect',
      state: 'unknown',
      reason: 'NotKnown',
    },
    'a redirect to 443 where people use another port': {
      change: world => {
        redirect(world).spec!.rules![0].filters![0].requestRedirect = {
          scheme: 'https',
        };
      },
      part: 'redirect',
      name: 'http-to-https-redirect',
      state: 'bad',
      reason: 'RedirectPortWrong',
      says: /sent to port 443, and people reach the gateway on port 30443/,
    },
    'a redirect on both listeners': {
      change: world => {
        delete redirect(world).spec!.parentRefs![0].sectionName;
        delete redirect(world).status!.parents![0].parentRef!.sectionName;
      },
      part: 'redirect',
      name: 'http-to-https-redirect',
      state: 'bad',
      reason: 'RedirectLoop',
    },
    'a redirect that is refused': {
      change: world => {
        redirect(world).status!.parents![0].conditions = [
          condition('Accepted', { status: 'False', reason: 'Odd' }),
        ];
      },
      part: 'redirect',
      name: 'http-to-https-redirect',
      state: 'bad',
      reason: 'NotAccepted',
    },
  };
  it.each(Object.entries(cases))('finds %s', (_, found) => {
    const { state, reason, summary } = lineOf(found);
    expect([state, reason]).toEqual([found.state, found.reason]);
    expect(summary).toMatch(found.says ?? /./);
  });

  it('finds the redirect whatever its name', () => {
    const found = parts(world => {
      redirect(world).metadata.name = 'to-tls';
    }).find(({ part }) => part === 'redirect');
    expect(found).toMatchObject({ name: 'to-tls', state: 'good' });
  });

  it('shows listeners that the settings do not name', () => {
    const found = parts(world => {
      gateway(world).spec!.listeners!.push({
        name: 'extra',
        port: 9443,
        protocol: 'HTTPS',
      });
    }).find(({ name }) => name === 'extra');
    expect(found).toMatchObject({
      part: 'listener',
      state: 'attention',
      findings: [{ reason: 'NoStatusYet' }],
    });
  });
});
