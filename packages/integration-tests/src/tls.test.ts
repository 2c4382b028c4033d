import { tlsChains } from './suites/tlsChains';
import { tlsClients } from './suites/tlsClients';
import { tlsIssuing } from './suites/tlsIssuing';
import { leaveToSweep, tlsProbing } from './suites/tlsProbing';
import { tlsRenewing } from './suites/tlsRenewing';
import { tlsServed } from './suites/tlsServed';
import { tlsTrust } from './suites/tlsTrust';
import { changesSomething } from './world/auditLog';
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
    await leaveToSweep(current);
  }, START_BOUND_MS);
  afterAll(() => current?.stop(), START_BOUND_MS);

  describe('a Secret written by hand', () => {
    tlsServed(world);
  });
  describe('a Certificate', () => {
    tlsClients(world);
  });
  describe('a chain', () => {
    tlsChains(world);
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

  // Last: the log then holds every call that the suites before it made the backend send.
  it('no Secret was ever asked for, nothing was written but the status of a Certificate, and nothing was refused', async () => {
    const events = await world().audit.events();
    expect(events.length).toBeGreaterThan(0);
    expect(
      events.filter(({ objectRef }) => objectRef?.resource === 'secrets'),
    ).toEqual([]);
    const written = events
      .filter(changesSomething)
      .map(({ verb, objectRef }) =>
        [verb, objectRef?.resource, objectRef?.subresource]
          .filter(Boolean)
          .join(' '),
      );
    expect([...new Set(written)].sort()).toEqual([
      // A question: nothing is stored.
      'create selfsubjectrulesreviews',
      // What the suites expose as a person does.
      'delete httproutes',
      'patch httproutes',
      'update certificates status',
    ]);
    expect(
      events.filter(({ responseStatus }) => responseStatus?.code === 403),
    ).toEqual([]);
  });
});
