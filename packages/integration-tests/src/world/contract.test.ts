import { Contract, type Document, type Exchange } from './contract';

const document: Document = {
  openapi: '3.0.3',
  paths: {
    '/v1/things': {
      get: {
        parameters: [{ name: 'limit', in: 'query' }],
        responses: {
          '200': {
            content: {
              'application/json': {
                schema: {
                  type: 'array',
                  items: { $ref: '#/components/schemas/Thing' },
                },
              },
            },
          },
          default: { $ref: '#/components/responses/Error' },
        },
      },
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Thing' },
            },
          },
        },
        responses: {
          '204': {},
          '400': { $ref: '#/components/responses/Error' },
        },
      },
    },
    '/v1/things/{name}': {
      get: { responses: { '404': { $ref: '#/components/responses/Error' } } },
    },
    '/v1/things/newest': { get: { responses: { '204': {} } } },
  },
};
const components = {
  schemas: {
    Thing: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: { name: { type: 'string' } },
    },
  },
  responses: {
    Error: {
      content: {
        'application/json': {
          schema: { type: 'object', required: ['error'] },
        },
      },
    },
  },
};

const contract = new Contract({ ...document, components } as Document);

const exchange = (fields: Partial<Exchange>): Exchange => ({
  method: 'GET',
  path: '/v1/things',
  query: new URLSearchParams(),
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: [],
  ...fields,
});
const noBody = { status: 204, contentType: '', body: '' };

describe('Contract', () => {
  it.each<[string, Partial<Exchange>]>([
    ['an answer of the schema', { body: [{ name: 'a' }] }],
    ['a documented query parameter', { query: new URLSearchParams('limit=1') }],
    [
      'an error that only the default documents',
      { status: 500, body: { error: {} } },
    ],
    [
      'a request body of the schema',
      { ...noBody, method: 'POST', requestBody: { name: 'a' } },
    ],
    [
      'a body of another schema in a request that was refused for it',
      { method: 'POST', requestBody: {}, status: 400, body: { error: {} } },
    ],
  ])('accepts %s', (_, fields) => {
    expect(contract.violations(exchange(fields))).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ['a field that is missing', { body: [{}] }, "required property 'name'"],
    [
      'a field that is not documented',
      { body: [{ name: 'a', key: 'b' }] },
      'additional properties',
    ],
    [
      'an error of another shape',
      { status: 404, path: '/v1/things/a', body: {} },
      "required property 'error'",
    ],
    [
      'a status that is not documented',
      { path: '/v1/things/a', status: 418 },
      'status 418 is not in the contract',
    ],
    [
      'a content type that is not documented',
      { contentType: 'text/plain' },
      'content type text/plain is not in the contract',
    ],
    [
      'a query parameter that is not documented',
      { query: new URLSearchParams('size=1') },
      'query parameter size is not in the contract',
    ],
    [
      'a request body of another schema',
      { ...noBody, method: 'POST', requestBody: {} },
      "request: (root) must have required property 'name'",
    ],
    [
      'a body where none is documented',
      { ...noBody, path: '/v1/things/newest', body: 'x' },
      'there is no body',
    ],
    [
      'an operation that is not documented',
      { method: 'DELETE', path: '/v1/things' },
      'no such operation',
    ],
  ])('reports %s', (_, fields, expected) => {
    expect(contract.violations(exchange(fields)).join('\n')).toContain(
      expected,
    );
  });

  it('matches a concrete path before a templated one', () => {
    expect(contract.operationOf(exchange({ path: '/v1/things/newest' }))).toBe(
      'GET /v1/things/newest',
    );
  });
});
