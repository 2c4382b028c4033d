import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type {
  CertificateRow,
  NetworkingApi,
} from 'backstage-plugin-networking-common';
import { getVerified, servedSerial, waitFor } from 'integration-tests';
import type { Page } from 'playwright-core';
import { exposureOf, inSidebar, seeVerdict, signIn } from './pages';
import { createStory } from './story';
import { startWorld, type World } from './world';

// Bounds for what hangs.
jest.setTimeout(300_000);
const START_BOUND_MS = 420_000;

/**
 * The truth about TLS in a browser: what the tab tells of a certificate, the CA as files that verify, and a renewal that is
 * followed until the gateway serves what was issued. The steps are one story.
 */
describe('a certificate is looked at, trusted and renewed', () => {
  let world: World;
  let page: Page;
  let admins: NetworkingApi;
  let host: string;
  let hostText: string;
  const step = createStory(() => world);
  const shop = () => exposureOf(page, hostText);
  const titleOf = () => {
    const { gateway, certificates } = world.platform.settings;
    return `Certificate ${gateway.namespace}/${certificates.wildcardCertificate}`;
  };
  const rowOf = async (): Promise<CertificateRow> => {
    const { certificates } = await admins.getCertificates();
    const { wildcardCertificate } = world.platform.settings.certificates;
    return certificates.find(
      ({ facts }) => facts.certificate?.name === wildcardCertificate,
    )!;
  };
  const serving = () =>
    servedSerial({
      address: world.platform.gateway.address,
      port: world.platform.gateway.httpsPort,
      host,
    });
  /** What a button of the open dialog has the browser save. */
  const download = async (button: RegExp): Promise<[string, Buffer]> => {
    const started = page.waitForEvent('download');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: button })
      .click();
    const file = await started;
    return [file.suggestedFilename(), await readFile(await file.path())];
  };

  beforeAll(async () => {
    world = await startWorld();
    page = await world.newPage();
    const { network } = world.platform.settings;
    host = `shop.${network.dnsSuffix}`;
    hostText = `${host}:${network.publicHttpsPort}`;
    admins = await world.backstage.as('user:default/alex');
    const sam = await world.backstage.as('user:default/sam');
    await waitFor('shop to be exposed', async () => {
      const { plan } = await sam.apply({
        entityRef: 'component:default/shop',
        service: { name: 'shop', port: 8080 },
        hostLabel: 'shop',
      });
      return plan.name;
    });
  }, START_BOUND_MS);
  afterAll(() => world?.stop(), START_BOUND_MS);

  it(
    'the tab tells who signed it, how long it lasts, its chain and the last check',
    step(async () => {
      await signIn(page, 'Sam');
      await page.goto('/catalog/default/component/shop/networking');
      await seeVerdict(shop(), 'Live');
      const section = shop().getByRole('button', {
        name: /^Certificate and last check of shop\./,
      });
      const unfold = async () => {
        await section.waitFor();
        if ((await section.getAttribute('aria-expanded')) !== 'true') {
          await section.click();
        }
        await shop()
          .getByRole('img', { name: /^Valid from .*; renews on/ })
          .waitFor();
        await section.scrollIntoViewIfNeeded();
      };
      await unfold();
      const chain = shop()
        .getByRole('list', { name: `Chain of the certificate of ${host}` })
        .getByRole('listitem');
      expect(await chain.count()).toBe(2);
      await chain.first().getByText('signed by').waitFor();
      await chain.last().getByText('Current CA').waitFor();
      const { address, httpsPort } = world.platform.gateway;
      const check = shop().getByRole('region', { name: 'Last check' });
      await check.getByText(`${address}:${httpsPort}`).waitFor();
      await check.getByText(/^TLSv1\.\d, verified for this host$/).waitFor();
      await check.getByText(await serving()).waitFor();
      await shop().getByRole('region', { name: 'DNS' }).waitFor();
      await world.screens.take(page, 'tab-certificate', unfold);

      await shop()
        .getByText(/^cert-manager details/)
        .click();
      for (const fact of [
        world.platform.settings.certificates.wildcardCertificate,
        /Ready: True/,
        /^ClusterIssuer$/,
        /^Renewal time$/,
      ]) {
        await shop().getByText(fact).first().waitFor();
      }
      await world.screens.takeOnce(page, 'tab-certificate-facts');

      await shop()
        .locator('summary')
        .filter({ hasText: /^History/ })
        .click();
      await shop()
        .getByRole('list', { name: `Events of ${titleOf()}` })
        .getByText(/^Normal, Issuing: The certificate has been successfully/)
        .scrollIntoViewIfNeeded();
      await world.screens.takeOnce(page, 'tab-certificate-history');
    }),
  );

  it(
    'Check now asks the host, and says when it may be asked again',
    step(async () => {
      const before = (await admins.getEntityExposures('component:default/shop'))
        .exposures[0].hosts[0].probe?.at;
      const button = shop().getByRole('button', {
        name: new RegExp(`^Check ${host} now`),
      });
      // A host is asked once a minute at most: by the sweep or by somebody.
      await waitFor('the host to be asked', async () => {
        await button.click();
        await shop()
          .getByText(/^Again in \d+ s$/)
          .waitFor();
        const { exposures } = await admins.getEntityExposures(
          'component:default/shop',
        );
        const at = exposures[0].hosts[0].probe?.at;
        return at && at !== before ? at : undefined;
      });
      await world.screens.takeOnce(page, 'tab-check-now');
      await seeVerdict(shop(), 'Live');
    }),
  );

  it(
    'the CA is saved as PEM and DER whose fingerprint is the one that is shown, and verifies what is served',
    step(async () => {
      const open = async () => {
        const tab = page.getByRole('tab', { name: 'Linux' });
        if (!(await tab.isVisible())) {
          await shop().getByRole('button', { name: 'Trust this CA' }).click();
        }
        await tab.waitFor();
      };
      await world.screens.take(page, 'trust-ca', open);
      const dialog = page.getByRole('dialog');
      const [shown] =
        (await dialog.textContent())?.match(/([0-9A-F]{2}:){31}[0-9A-F]{2}/) ??
        [];
      await dialog.getByText('current CA, in use').waitFor();
      // The reader's own system comes first.
      expect(
        await page.getByRole('tab').first().getAttribute('aria-selected'),
      ).toBe('true');

      const [pemName, pem] = await download(/^Download .*\(PEM\)$/);
      const [derName, der] = await download(/^Download .*\(DER\)$/);
      expect([pemName, derName]).toEqual(['local-ca.crt', 'local-ca.cer']);
      expect(new X509Certificate(pem).fingerprint256).toBe(shown);
      expect(createHash('sha256').update(der).digest('hex').toUpperCase()).toBe(
        shown?.replace(/:/g, ''),
      );
      expect(`${pem}`).not.toContain('PRIVATE');
      const answer = await getVerified({
        address: world.platform.gateway.address,
        port: world.platform.gateway.httpsPort,
        host,
        ca: String(pem),
      });
      expect(answer.status).toBe(200);

      await page.getByRole('tab', { name: 'iOS' }).click();
      const [profileName, profile] = await download(/mobileconfig$/);
      expect(profileName).toBe('local-ca.mobileconfig');
      const [, data] = /<data>([^<]*)<\/data>/.exec(String(profile)) ?? [];
      expect(Buffer.from(data, 'base64').equals(der)).toBe(true);

      await page.getByRole('tab', { name: 'Programs' }).click();
      await page
        .getByRole('region', { name: 'Commands for curl' })
        .getByText(`curl --cacert local-ca.crt https://${hostText}`)
        .waitFor();
      await page
        .getByRole('button', { name: 'Close', exact: true })
        .last()
        .click();
      await dialog.waitFor({ state: 'detached' });
    }),
  );

  it(
    'an admin finds the certificate with what hangs on it, and renews it until the new one is served',
    step(async () => {
      const alexs = await world.newPage();
      await signIn(alexs, 'Alex');
      await inSidebar(alexs, 'Networking').click();
      const title = titleOf();
      await alexs.getByRole('link', { name: title, exact: true }).click();
      const row = alexs.getByRole('row').filter({ hasText: title });
      await row.getByText('Healthy', { exact: true }).waitFor();
      await alexs.getByRole('button', { name: 'Clear filters' }).click();
      await alexs
        .getByRole('row')
        .filter({ hasText: /CA · Certificate/ })
        .waitFor();
      await world.screens.take(alexs, 'certificates', () =>
        row.getByText('Healthy', { exact: true }).waitFor(),
      );

      // The number leads to what it counts.
      await row.getByRole('link', { name: `1 host of ${title}` }).click();
      await alexs
        .getByRole('region', { name: 'Hosts' })
        .getByRole('link', { name: host })
        .waitFor();
      await world.screens.takeOnce(alexs, 'certificates-details');
      await row.getByRole('button', { name: `Details of ${title}` }).click();

      const before = await rowOf();
      const old = await serving();
      await row.getByRole('button', { name: `Renew ${title}` }).click();
      const dialog = alexs.getByRole('dialog');
      await dialog.getByText(/cert-manager issues a new certificate/).waitFor();
      await dialog.getByText(host).waitFor();
      await world.screens.takeOnce(alexs, 'renew');
      await dialog.getByRole('button', { name: 'Renew', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await row.getByRole('list', { name: `Renewal of ${title}` }).waitFor();
      const revision = (before.facts.certificate?.revision ?? 0) + 1;
      await row
        .getByText(
          new RegExp(
            `^Issued as revision ${revision}, and the gateway serves it`,
          ),
        )
        .waitFor({ timeout: 150_000 });
      const now = await serving();
      expect(now).not.toBe(old);
      await row.getByText(new RegExp(now)).waitFor();
      await row.getByText('Healthy', { exact: true }).waitFor();
      await world.screens.takeOnce(alexs, 'renewed');
      expect((await rowOf()).facts.leaf?.serialNumber).toBe(now);
      await alexs.context().close();
      await seeVerdict(shop(), 'Live');
    }),
  );

  it(
    'a developer sees no such page, and what the tab tells is of the new one',
    step(async () => {
      await page.goto('/networking/certificates');
      await page
        .getByText(/looks like someone dropped the mic|404/i)
        .first()
        .waitFor();
      await page.goto('/catalog/default/component/shop/networking');
      await seeVerdict(shop(), 'Live');
      await shop()
        .getByRole('button', { name: /^Certificate and last check/ })
        .click();
      await shop()
        .getByText(await serving())
        .first()
        .waitFor();
    }),
  );

  it(
    'no page threw an error',
    step(async () => {
      expect(world.pageErrors).toEqual([]);
    }),
  );
});
