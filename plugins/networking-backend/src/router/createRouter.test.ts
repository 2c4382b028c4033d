import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import type { SettingsView } from 'backstage-plugin-networking-common';
import express from 'express';
import request from 'supertest';
import type { Services } from '../usecases/services';
import { createRouter } from './createRouter';
import { readOpenApiDocument } from './openApiDocument';

/** The router with settings of which one entry is given. */
async function appWith(entry: object, checkResponses: boolean) {
  const view = { entries: [entry], findings: [] } as unknown as SettingsView;
  const services = {
    auditor: mockServices.auditor.mock(),
    authorizer: { require: async () => {} },
    settings: { view: () => view },
  } as unknown as Services;
  (services.auditor.createEvent as jest.Mock).mockResolvedValue({
    success: async () => {},
    fail: async () => {},
  });
  return express()
    .use(
      createRouter({
        document: await readOpenApiDocument(),
        httpAuth: mockServices.httpAuth(),
        services,
        checkResponses,
      }),
    )
    .use(mockErrorHandler());
}

const ENTRY = {
  key: 'network.lan_ip',
  cluster: 'local',
  value: '127.0.0.1',
  provenance: { source: 'config.toml' },
  description: 'Address of the gateway.',
};

const CASES: Record<
  string,
  { entry: object; checkResponses: boolean; status: number }
> = {
  'lets an answer through that is in the contract': {
    entry: ENTRY,
    checkResponses: true,
    status: 200,
  },
  'fails an answer that has more than the contract, in tests': {
    entry: { ...ENTRY, surprise: true },
    checkResponses: true,
    status: 500,
  },
  'fails an answer that has less than the contract, in tests': {
    entry: { ...ENTRY, provenance: undefined },
    checkResponses: true,
    status: 500,
  },
  'does not check answers in production': {
    entry: { ...ENTRY, surprise: true },
    checkResponses: false,
    status: 200,
  },
};

describe('the router', () => {
  it.each(Object.entries(CASES))(
    '%s',
    async (_, { entry, checkResponses, status }) => {
      const response = await request(await appWith(entry, checkResponses)).get(
        '/v1/settings',
      );
      expect(response.status).toBe(status);
    },
  );
});
