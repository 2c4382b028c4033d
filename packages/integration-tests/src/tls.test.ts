import { tlsIssuing } from './suites/tlsIssuing';
import { tlsProbing } from './suites/tlsProbing';
import { tlsRenewing } from './suites/tlsRenewing';
import { tlsServed } from './suites/tlsServed';
import { tlsTrust } from './suites/tlsTrust';
import { startTlsWorld, type TlsWorld } from './world/tlsWorld';

// Bounds for what hangs. A first start waits for the API server, the issuers and the gateway.
jest.setTimeout(240_000);
const START_BOUND_MS = 300_000;

/**
 * A platform of its own: certificates are broken here in ways that the other suites would not survive, and the gateway hears
 * of the cluster through a proxy.
 */
describe('certificates of the real cert-manager at the real gateway', () => {
  let current: TlsWorld | undefined;
  const world = () => {
    if (!current) throw new Error('The platform did not start');
    return current;
  };

  beforeAll(async () => {
    current = await startTlsWorld();
  }, START_BOUND_MS);
  afterAll(() => current?.stop(), START_BOUND_MS);

  describe('a Secret written by hand', () => {
    tlsServed(world);
  });
  describe('an issuance', () => {
    tlsIssuing(world);
  });
  describe('a renewal', () => {
    tlsRenewing(world);
  });
  describe('trust', () => {
    tlsTrust(world);
  });
  describe('a probe', () => {
    tlsProbing(world);
  });
});
