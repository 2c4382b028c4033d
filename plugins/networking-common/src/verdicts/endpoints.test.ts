import type { EndpointSlice, Service } from '../gateway-api/types';
import { endpointsOf, portTitle, servicePortOf } from './endpoints';

const service = (spec: Service['spec'] = {}): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    ports: [{ name: 'http', port: 80, targetPort: 'http-web' }],
    ...spec,
  },
});

const slice = (
  ports: EndpointSlice['ports'],
  ready: (boolean | undefined)[] = [true],
  addressType = 'IPv4',
): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'web-1', namespace: 'shop' },
  addressType,
  ports,
  endpoints: ready.map(one => ({ conditions: { ready: one } })),
});

const HTTP = { name: 'http', port: 8080, protocol: 'TCP' };

describe('the pods that serve a port', () => {
  const cases: Record<
    string,
    {
      slices: EndpointSlice[];
      of?: Service;
      ready: number;
      total: number;
      readyElsewhere?: number;
    }
  > = {
    'are those of a slice that has it by name': {
      slices: [slice([HTTP], [true, false])],
      ready: 1,
      total: 2,
    },
    'are ready where they say nothing of it': {
      slices: [slice([HTTP], [undefined])],
      ready: 1,
      total: 1,
    },
    'are none of a slice without ports': {
      slices: [slice([])],
      ready: 0,
      total: 0,
      readyElsewhere: 1,
    },
    'are none of a slice whose ports are null': {
      slices: [slice(null)],
      ready: 0,
      total: 0,
      readyElsewhere: 1,
    },
    'are none of a slice of another port': {
      slices: [slice([{ ...HTTP, name: 'metrics' }])],
      ready: 0,
      total: 0,
      readyElsewhere: 1,
    },
    'are none of a slice of that name over UDP': {
      slices: [slice([{ ...HTTP, protocol: 'UDP' }])],
      ready: 0,
      total: 0,
      readyElsewhere: 1,
    },
    'are none of a slice that does not tell the number': {
      slices: [slice([{ name: 'http', port: null }])],
      ready: 0,
      total: 0,
      readyElsewhere: 1,
    },
    'are those over TCP where a slice tells no protocol': {
      slices: [slice([{ name: 'http', port: 8080 }])],
      ready: 1,
      total: 1,
    },
    'have no name where the port of the Service has none': {
      slices: [slice([{ name: '', port: 8080 }], [true, true])],
      of: service({ ports: [{ port: 80 }] }),
      ready: 2,
      total: 2,
    },
    'are counted over all slices that have it': {
      slices: [slice([HTTP]), slice([HTTP], [false]), slice([])],
      ready: 1,
      total: 2,
      readyElsewhere: 1,
    },
    'are counted once for a Service of two families': {
      slices: [slice([HTTP]), slice([HTTP], [true], 'IPv6')],
      of: service({
        ports: [{ name: 'http', port: 80 }],
        ipFamilies: ['IPv4', 'IPv6'],
      }),
      ready: 1,
      total: 1,
    },
    'are those of its first family': {
      slices: [slice([HTTP], [true]), slice([HTTP], [false, true], 'IPv6')],
      of: service({
        ports: [{ name: 'http', port: 80 }],
        ipFamilies: ['IPv6', 'IPv4'],
      }),
      ready: 1,
      total: 2,
    },
    'are none of a family that the Service does not have': {
      slices: [slice([HTTP], [true], 'IPv6')],
      of: service({
        ports: [{ name: 'http', port: 80 }],
        ipFamilies: ['IPv4'],
      }),
      ready: 0,
      total: 0,
      readyElsewhere: 1,
    },
    'are none that have a name for an address': {
      slices: [slice([HTTP], [true], 'FQDN')],
      ready: 0,
      total: 0,
      readyElsewhere: 1,
    },
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, { slices, of = service(), ready, total, readyElsewhere = 0 }) => {
      const port = servicePortOf(of, 80);
      expect(port && endpointsOf(slices, of, port)).toEqual({
        ready,
        total,
        readyElsewhere,
      });
    },
  );

  it('are not known where there is no slice', () => {
    const of = service();
    expect(endpointsOf([], of, servicePortOf(of, 80)!)).toBeUndefined();
  });
});

describe('the port of a Service', () => {
  it('is the one over TCP where one number stands for two', () => {
    const of = service({
      ports: [
        { name: 'quic', port: 443, protocol: 'UDP' },
        { name: 'https', port: 443 },
      ],
    });
    expect(servicePortOf(of, 443)).toMatchObject({
      name: 'https',
      protocol: 'TCP',
    });
  });

  it('is one over UDP where there is no other', () => {
    const of = service({ ports: [{ port: 53, protocol: 'UDP' }] });
    expect(servicePortOf(of, 53)).toMatchObject({ protocol: 'UDP' });
  });

  it.each([
    ['the name that pods have it by', { targetPort: 'http-web', name: 'http' }],
    ['its name', { targetPort: 8080, name: 'http-web' }],
  ])('is known by %s', (_, rest) => {
    expect(portTitle({ port: 80, protocol: 'TCP', ...rest })).toBe('http-web');
  });

  it('is known by its number where it has no name', () => {
    expect(portTitle({ port: 80, protocol: 'TCP', name: '' })).toBe('80');
  });
});
