import type { GrpcRoute, Ingress, Route } from '../gateway-api/types';
import { notJudgedFinding, notJudgedFindings } from './otherRoutes';

const grpc: GrpcRoute = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GRPCRoute',
  metadata: { name: 'api', namespace: 'shop' },
  spec: { hostnames: ['api.x.io', 'API2.x.io'] },
  status: {
    parents: [
      {
        conditions: [
          { type: 'Accepted', status: 'False', reason: 'NoMatchingParent' },
        ],
      },
    ],
  },
};
const ingress: Ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'old', namespace: 'shop' },
  spec: { rules: [{ host: 'old.x.io' }], defaultBackend: {} },
};

describe('a route of a kind that is not judged', () => {
  it('is told with its hosts, and with what its controller says', () => {
    expect(notJudgedFinding(grpc, 'local')).toMatchObject({
      reason: 'RouteKindNotJudged',
      severity: 'info',
      params: {
        route: { kind: 'GRPCRoute', namespace: 'shop', name: 'api' },
        hosts: ['api.x.io', 'api2.x.io'],
      },
      subject: {
        kind: 'GRPCRoute',
        name: 'api',
        namespace: 'shop',
        cluster: 'local',
      },
      details: { Accepted: 'False NoMatchingParent' },
    });
  });

  it('is told with every host where it names none', () => {
    expect(notJudgedFinding(ingress, 'local').params).toMatchObject({
      hosts: ['old.x.io', '*'],
    });
  });

  it('is told whatever its status holds', () => {
    const odd = { ...grpc, status: { parents: [null, { conditions: 7 }] } };
    expect(
      notJudgedFinding(odd as unknown as Route, 'local').details,
    ).toBeUndefined();
  });

  it.each([
    [0, []],
    [10, Array(10).fill('RouteKindNotJudged')],
    [500, [...Array(10).fill('RouteKindNotJudged'), 'MoreRoutesNotJudged']],
  ])('is told one by one up to ten, of %i', (count, reasons) => {
    const routes = Array.from({ length: count }, () => ({
      route: grpc,
      cluster: 'local',
    }));
    const findings = notJudgedFindings(routes);
    expect(findings.map(({ reason }) => reason)).toEqual(reasons);
  });

  it.each([
    [11, 1],
    [500, 490],
  ])('is counted beyond ten, of %i', (count, more) => {
    const routes = Array(count).fill({ route: grpc, cluster: 'local' });
    expect(notJudgedFindings(routes)[10].params).toMatchObject({ count: more });
  });
});
