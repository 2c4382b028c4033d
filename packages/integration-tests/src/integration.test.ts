import { certificates } from './suites/certificates';
import { conflicts } from './suites/conflicts';
import { contract } from './suites/contract';
import { contradictions } from './suites/contradictions';
import { deputy } from './suites/deputy';
import { exposing } from './suites/exposing';
import { histories } from './suites/histories';
import { outages } from './suites/outages';
import { platformHealth } from './suites/platformHealth';
import { rbac } from './suites/rbac';
import { renewing } from './suites/renewing';
import { templateAction } from './suites/templateAction';
import { throughGateway } from './suites/throughGateway';
import { watching } from './suites/watching';
import { startWorld, type World } from './world/world';

// Bounds for what hangs. A first start waits for the API server, the issuers and the gateway.
jest.setTimeout(240_000);
const START_BOUND_MS = 300_000;

/**
 * One platform and one backend for all suites, in one file, so that the last two can judge what all the others did.
 */
describe('on the real API server', () => {
  let current: World | undefined;
  const world = () => {
    if (!current) throw new Error('The platform did not start');
    return current;
  };

  beforeAll(async () => {
    current = await startWorld();
  }, START_BOUND_MS);
  afterAll(() => current?.stop(), START_BOUND_MS);

  describe('exposing a component', () => {
    exposing(world);
  });
  describe('conflicts', () => {
    conflicts(world);
  });
  describe('a caller who wants more than is theirs', () => {
    deputy(world);
  });
  describe('through the gateway', () => {
    throughGateway(world);
  });
  describe('what the cluster says', () => {
    contradictions(world);
  });
  describe('the template action', () => {
    templateAction(world);
  });
  describe('the platform', () => {
    platformHealth(world);
  });
  describe('the CA', () => {
    certificates(world);
  });
  describe('renewing a certificate', () => {
    renewing(world);
  });
  describe('the history of a certificate', () => {
    histories(world);
  });
  describe('the watch cache', () => {
    watching(world);
  });
  describe('a watch cache alone', () => {
    outages(world);
  });
  describe('the RBAC rules', () => {
    rbac(world);
  });
  describe('the OpenAPI contract', () => {
    contract(world);
  });
});
