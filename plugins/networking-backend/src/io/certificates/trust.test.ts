import type { Certificate, Issuer } from 'backstage-plugin-networking-common';
import {
  makeCertificate,
  type TestCertificate,
} from '../../__testUtils__/certificates';
import { createFixture, type Fixture } from './__testUtils__/fixture';

const DAY = 24 * 60 * 60_000;

let fixture: Fixture;

beforeEach(async () => {
  fixture = await createFixture();
});

describe('trust', () => {
  let root: TestCertificate;
  let intermediate: TestCertificate;
  let leaf: TestCertificate;

  beforeAll(async () => {
    root = await makeCertificate({ name: 'Public Root', isCa: true });
    intermediate = await makeCertificate({
      name: 'Public CA 1',
      isCa: true,
      issuer: root,
      notAfter: new Date(Date.now() + 10 * DAY),
    });
    leaf = await makeCertificate({
      name: 'shop.example.com',
      dnsNames: ['shop.example.com'],
      issuer: intermediate,
    });
  });

  it('comes from the cluster where its CA is there, with the Certificate of that CA', () => {
    const [facts] = fixture.factsOf({ roots: [fixture.world.ca] });
    expect(facts).toMatchObject({
      trust: 'cluster',
      verified: true,
      ca: { name: 'idp-demo-ca', revision: 1, isCa: true },
      chain: [{ subject: 'CN=idp-demo-ca' }],
    });
  });

  it('comes from the roots of this system for an ACME issuer, with the root that verifies', () => {
    fixture.issueBy({ acme: {} }, leaf, intermediate);
    const [facts] = fixture.factsOf({ roots: [fixture.world.ca, root] });
    expect(facts).toMatchObject({
      trust: 'system',
      verified: true,
      signer: { subject: 'CN=Public Root' },
      chain: [{ subject: 'CN=Public CA 1' }],
    });
    expect(facts.unknown).toBeUndefined();
    expect(facts.ca).toBeUndefined();
  });

  it('is refused where no root of this system verifies what an ACME issuer gave', () => {
    fixture.issueBy({ acme: {} }, leaf, intermediate);
    const [facts] = fixture.factsOf({ roots: [fixture.world.ca] });
    expect(facts).toMatchObject({
      trust: 'system',
      verified: false,
      verificationError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect(facts.unknown).toBeUndefined();
  });

  it.each([
    ['Vault', { vault: {} }],
    ['Venafi', { venafi: {} }],
  ])(
    'is not known where %s signs with a CA that nothing tells of',
    (_, spec) => {
      fixture.issueBy(spec, leaf, intermediate);
      const [facts] = fixture.factsOf();
      expect(facts.verified).toBeUndefined();
      expect(facts.trust).toBeUndefined();
      expect(facts.unknown).toMatch(/keeps its CA outside the cluster/);
      expect(facts.leaf?.subject).toBe('CN=shop.example.com');
    },
  );

  describe('comes with the certificate where the issuer leads to no CA', () => {
    const lost = () => {
      fixture.find<Issuer>('ClusterIssuer', 'idp-demo-ca').spec = {
        ca: { secretName: 'nowhere' },
      };
    };

    it('which says what is not known, and finds the Certificate of the CA', () => {
      lost();
      const [facts] = fixture.factsOf();
      expect(facts).toMatchObject({
        trust: 'issued',
        verified: true,
        signer: { subject: 'CN=idp-demo-ca' },
        ca: { name: 'idp-demo-ca' },
        unknown: expect.stringMatching(
          /^No Certificate fills Secret .*nowhere/,
        ),
      });
    });

    it('because it is gone, as far as it is a root', () => {
      fixture.drop('ClusterIssuer', 'idp-demo-ca');
      expect(fixture.factsOf()[0]).toMatchObject({
        trust: 'issued',
        verified: true,
      });
    });

    it('and not where it is gone and what came is no root', () => {
      fixture.issueBy({}, leaf, intermediate);
      fixture.drop('ClusterIssuer', 'idp-demo-ca');
      const [facts] = fixture.factsOf();
      expect(facts.trust).toBeUndefined();
      expect(facts.verified).toBeUndefined();
    });

    it('and not where the settings or the roots of this system tell of one', () => {
      fixture.issueBy({ ca: { secretName: 'nowhere' } }, leaf, intermediate);
      expect(fixture.factsOf({ roots: [root] })[0].trust).toBe('system');
      expect(fixture.factsOf({ caPem: root.cert })[0].trust).toBe('settings');
    });

    it('and not where nothing came with it', () => {
      fixture.issueBy({ ca: { secretName: 'nowhere' } }, leaf);
      expect(fixture.factsOf()[0].trust).toBeUndefined();
    });
  });

  it('comes from the settings, before the roots of this system', () => {
    fixture.issueBy({ vault: {} }, leaf, intermediate);
    expect(
      fixture.factsOf({ caPem: root.cert, roots: [root] })[0],
    ).toMatchObject({
      trust: 'settings',
      verified: true,
      signer: { subject: 'CN=Public Root' },
    });
  });

  it('comes from the roots of this system where the settings give a CA of something else', () => {
    fixture.issueBy({ acme: {} }, leaf, intermediate);
    expect(
      fixture.factsOf({ caPem: fixture.world.ca.cert, roots: [root] })[0],
    ).toMatchObject({
      trust: 'system',
      verified: true,
    });
  });

  it('comes from the roots of this system for an issuer of another group', () => {
    fixture.issueBy({}, leaf, intermediate);
    fixture.find<Certificate>(
      'Certificate',
      'idp-wildcard-cert',
    ).spec!.issuerRef = {
      name: 'x',
      kind: 'AWSPCAIssuer',
      group: 'awspca.example',
    };
    expect(fixture.factsOf({ roots: [root] })[0]).toMatchObject({
      trust: 'system',
      verified: true,
      issuer: { type: 'external' },
    });
    expect(fixture.factsOf()[0].verified).toBeUndefined();
  });

  it('ends with the earliest certificate on the way up, its CA included', () => {
    fixture.issueBy({ acme: {} }, leaf, intermediate);
    const [facts] = fixture.factsOf({ roots: [root] });
    expect(facts.chainNotAfter).toBe(facts.chain?.[0].notAfter);
  });

  it('does not end with a cross-signed certificate that nobody needs', async () => {
    const old = await makeCertificate({
      name: 'Old Root',
      isCa: true,
      notAfter: new Date(Date.now() - DAY / 2),
    });
    const crossed = await makeCertificate({
      name: 'Public Root',
      isCa: true,
      issuer: old,
      keys: root.keys,
      notAfter: new Date(Date.now() - DAY / 2),
    });
    fixture.issueBy({ acme: {} }, leaf, intermediate, crossed);
    const [facts] = fixture.factsOf({ roots: [root, old] });
    expect(facts.verified).toBe(true);
    expect(facts.chainNotAfter).toBe(facts.chain?.[0].notAfter);
  });
});
