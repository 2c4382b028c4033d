import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { slim } from './slim';

const FIELDS = {
  manager: 'someone',
  operation: 'Apply',
  time: '2026-01-01T00:00:00Z',
  apiVersion: 'v1',
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:spec': {} },
};
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const object = (
  kind: string,
  rest: object = {},
  metadata: object = {},
): KubernetesObject =>
  ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'x', ...metadata },
    ...rest,
  } as KubernetesObject);

const CASES: Record<string, { of: KubernetesObject; is: KubernetesObject }> = {
  'the last applied configuration is dropped, other annotations stay': {
    of: object(
      'Gateway',
      {},
      { annotations: { [LAST_APPLIED]: '{}', a: 'b' } },
    ),
    is: object('Gateway', {}, { annotations: { a: 'b' } }),
  },
  'nobody asks who owns the fields of what is no route': {
    of: object('Gateway', {}, { managedFields: [FIELDS] }),
    is: object('Gateway'),
  },
  'of a route of others it is kept who wrote it when': {
    of: object('HTTPRoute', {}, { managedFields: [FIELDS] }),
    is: object(
      'HTTPRoute',
      {},
      {
        managedFields: [
          {
            manager: 'someone',
            operation: 'Apply',
            time: '2026-01-01T00:00:00Z',
          },
        ],
      },
    ),
  },
  'of our own routes it is kept who owns which field': {
    of: object(
      'HTTPRoute',
      {},
      {
        labels: { 'app.kubernetes.io/managed-by': 'backstage-networking' },
        managedFields: [FIELDS],
      },
    ),
    is: object(
      'HTTPRoute',
      {},
      {
        labels: { 'app.kubernetes.io/managed-by': 'backstage-networking' },
        managedFields: [FIELDS],
      },
    ),
  },
  'of endpoints only their conditions are kept': {
    of: object('EndpointSlice', {
      endpoints: [
        { addresses: ['10.0.0.1'], conditions: { ready: true } },
        { addresses: ['10.0.0.2'], nodeName: 'n' },
      ],
    }),
    is: object('EndpointSlice', {
      endpoints: [{ conditions: { ready: true } }, {}],
    }),
  },
  'of a Service the status is dropped': {
    of: object('Service', {
      spec: { ports: [] },
      status: { loadBalancer: {} },
    }),
    is: object('Service', { spec: { ports: [] } }),
  },
  'a route keeps spec and status': {
    of: object('HTTPRoute', { spec: { hostnames: ['a'] }, status: {} }),
    is: object('HTTPRoute', { spec: { hostnames: ['a'] }, status: {} }),
  },
};

describe('an object as it is kept:', () => {
  it.each(Object.entries(CASES))('%s', (_, { of, is }) => {
    expect(slim(of)).toEqual(is);
    expect(slim(slim(of))).toEqual(is);
  });
});
