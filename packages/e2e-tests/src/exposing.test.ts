import type { KubernetesObject } from 'backstage-plugin-networking-common';
import { waitFor } from 'integration-tests';
import type { Page } from 'playwright-core';
import {
  choose,
  exposureOf,
  inSidebar,
  openComponent,
  openNetworkingTab,
  openTemplate,
  removeExposure,
  seeVerdict,
  signIn,
} from './pages';
import { redirectByForm, redirectByTemplate } from './redirecting';
import { createStory } from './story';
import { startWorld, type World } from './world';

// Bounds for what hangs.
jest.setTimeout(180_000);
const START_BOUND_MS = 420_000;

/** A route that belongs to no component. */
const ofNobodyRef = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  namespace: 'default',
  name: 'of-nobody',
};

/**
 * The main job in a browser, as `npm start` shows it. The steps are one story: each begins where the one before ended.
 */
describe('a component is exposed, seen and removed', () => {
  let world: World;
  let page: Page;
  let suffix: string;
  let port: number;
  const step = createStory(() => world);
  const hostText = (label: string) => `${label}.${suffix}:${port}`;
  const urlOf = (label: string) => `https://${hostText(label)}`;
  const answers = (label: string, status: number) =>
    waitFor(`${urlOf(label)} to answer ${status}`, async () => {
      const answer = await world.fetchUrl(urlOf(label));
      return answer.status === status ? answer : undefined;
    });
  /** The gateway takes a change up after it was saved. */
  const says = (label: string, text: string) =>
    waitFor(`${urlOf(label)} to say ${text}`, async () => {
      const { body } = await world.fetchUrl(urlOf(label));
      return body.includes(text) || undefined;
    });

  beforeAll(async () => {
    world = await startWorld();
    page = await world.newPage();
    const { network } = world.platform.settings;
    suffix = network.dnsSuffix ?? '';
    port = network.publicHttpsPort;
  }, START_BOUND_MS);
  afterAll(() => world?.stop(), START_BOUND_MS);

  it(
    'a developer of shop signs in by a button',
    step(async () => {
      await page.goto('/');
      await world.screens.take(page, 'sign-in', () =>
        page.getByRole('button', { name: 'Sign in as Sam' }).waitFor(),
      );
      await signIn(page, 'Sam');
    }),
  );

  it(
    'the Networking tab says that shop cannot be reached, and what to do',
    step(async () => {
      await openComponent(page, 'Shop');
      await openNetworkingTab(page);
      await page.getByText('Shop has no public URL yet.').waitFor();
      await world.screens.take(page, 'tab-empty', () =>
        page.getByRole('button', { name: 'Expose Shop' }).waitFor(),
      );
    }),
  );

  it(
    'the template exposes it',
    step(async () => {
      await openTemplate(page);
      const fill = async () => {
        await page.getByRole('textbox', { name: 'Component' }).click();
        await page.getByRole('option', { name: /shop/i }).click();
        await page.getByText(urlOf('shop')).waitFor();
        await page.getByText('This URL is available.').waitFor();
      };
      await world.screens.take(page, 'template', fill);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByText(/Finished step Expose the component/).waitFor();
      await world.screens.takeOnce(page, 'template-done');
      await page
        .getByRole('link', { name: new RegExp(`^Open shop.${suffix}`) })
        .waitFor();
      await page.getByRole('link', { name: 'Networking tab' }).click();
    }),
  );

  it(
    'the tab shows it Live with healthy TLS',
    step(async () => {
      const shop = exposureOf(page, hostText('shop'));
      await seeVerdict(shop, 'Live');
      await shop.getByText('TLS: Healthy').waitFor();
      await shop.getByText(/Issued by idp-demo-ca/).waitFor();
      await shop
        .getByText(/^valid until/)
        .first()
        .waitFor();
      expect(
        await shop
          .getByRole('link', { name: `Open ${urlOf('shop')} in a new tab` })
          .getAttribute('href'),
      ).toBe(urlOf('shop'));
      await world.screens.take(page, 'tab-one', () => seeVerdict(shop, 'Live'));
    }),
  );

  it(
    'the URL answers, verified with the CA that the API gives',
    step(async () => {
      const answer = await world.fetchUrl(urlOf('shop'));
      expect(answer.status).toBe(200);
      expect(answer.issuer).toBe('idp-demo-ca');
      expect(answer.body).toContain('shop v1 says hello');
    }),
  );

  it(
    'the form exposes a second version and shows the exact YAML before',
    step(async () => {
      await page.getByRole('button', { name: 'Expose', exact: true }).click();
      await page.getByRole('heading', { name: 'Expose Shop' }).waitFor();
      // Shop's own host is taken by shop itself.
      await page.getByText(urlOf('shop-2'), { exact: true }).waitFor();
      const fill = async () => {
        await choose(page, 'Service', 'shop/shop-v2');
        await page.getByRole('textbox', { name: 'Subdomain' }).fill('beta');
        await page.getByText('This URL is available.').waitFor();
        await page
          .getByRole('region', { name: 'YAML to apply' })
          .getByText(`- beta.${suffix}`)
          .waitFor();
      };
      await world.screens.take(page, 'form', fill);
      await page
        .getByRole('button', { name: `Expose at ${urlOf('beta')}` })
        .click();
      await page.getByText("It's live").waitFor();
      await world.screens.takeOnce(page, 'form-done');
      await page.getByRole('button', { name: 'Done' }).click();
      await seeVerdict(exposureOf(page, hostText('beta')), 'Live');
      expect((await answers('beta', 200)).body).toContain('shop v2 says hello');
      await world.screens.take(page, 'tab', () =>
        seeVerdict(exposureOf(page, hostText('beta')), 'Live'),
      );
    }),
  );

  it(
    'Edit gives its requests to the first version once that is confirmed',
    step(async () => {
      await redirectByForm(page, world.screens, {
        host: hostText('beta'),
        from: 'shop-v2',
        to: 'shop/shop-v1',
      });
      await says('beta', 'shop v1 says hello');
    }),
  );

  it(
    'the template gives them back once that is confirmed, and its last page says so',
    step(async () => {
      await redirectByTemplate(page, world.screens, {
        label: 'beta',
        freeUrl: urlOf('shop-2'),
        from: 'shop-v1',
        to: 'shop-v2',
      });
      await says('beta', 'shop v2 says hello');
      await page.getByRole('link', { name: 'Networking tab' }).click();
      await seeVerdict(exposureOf(page, hostText('beta')), 'Live');
    }),
  );

  it(
    'the overview names URL and TLS, and the About card links to it',
    step(async () => {
      await page
        .getByRole('navigation', { name: 'Content navigation' })
        .getByRole('link', { name: 'Overview' })
        .click();
      const card = page.getByRole('article').filter({
        has: page.getByRole('heading', { name: 'Networking' }),
      });
      await world.screens.take(page, 'overview', () =>
        card.getByText('TLS: Healthy').first().waitFor(),
      );
      for (const label of ['shop', 'beta']) {
        await card.getByRole('link', { name: hostText(label) }).waitFor();
      }
      const about = page.getByRole('article').filter({
        has: page.getByRole('heading', { name: 'About' }),
      });
      expect(
        await about
          .getByRole('link', { name: 'Visit site' })
          .getAttribute('href'),
      ).toMatch(new RegExp(`^https://(shop|beta)\\.${suffix}:${port}`));
      await openNetworkingTab(page);
    }),
  );

  it(
    'an accepted route does not read Live while the process behind it is stopped',
    step(async () => {
      const beta = exposureOf(page, hostText('beta'));
      await world.platform.workloads.stop('shop-v2');
      await seeVerdict(beta, 'Broken');
      await beta
        .getByText(/Requests get 50[23]/)
        .first()
        .waitFor();
      expect(await beta.getByText('Live', { exact: true }).count()).toBe(0);
      await seeVerdict(exposureOf(page, hostText('shop')), 'Live');
      await world.screens.take(page, 'tab-broken', () =>
        seeVerdict(beta, 'Broken'),
      );

      await world.platform.workloads.start('shop-v2');
      await seeVerdict(beta, 'Live');
    }),
  );

  it(
    'a developer of another component sees both, and is offered neither Expose nor Remove',
    step(async () => {
      const pats = await world.newPage();
      await signIn(pats, 'Pat');
      await pats.goto('/catalog/default/component/shop/networking');
      await seeVerdict(exposureOf(pats, hostText('shop')), 'Live');
      await seeVerdict(exposureOf(pats, hostText('beta')), 'Live');
      await world.screens.take(pats, 'tab-of-another-team', () =>
        seeVerdict(exposureOf(pats, hostText('shop')), 'Live'),
      );
      expect(await pats.getByRole('button', { name: /^Expose/ }).count()).toBe(
        0,
      );
      expect(
        await pats.getByRole('button', { name: /^More for/ }).count(),
      ).toBe(0);
      expect(await inSidebar(pats, 'Networking').count()).toBe(0);
      await pats.context().close();
    }),
  );

  it(
    'a platform admin sees a healthy platform, and where settings come from',
    step(async () => {
      const alexs = await world.newPage();
      await signIn(alexs, 'Alex');
      await inSidebar(alexs, 'Networking').click();
      await alexs.getByRole('heading', { name: 'Cluster local' }).waitFor();
      await world.screens.take(alexs, 'platform', () =>
        alexs.getByText('Platform healthy').waitFor(),
      );
      await alexs.getByRole('tab', { name: 'Settings' }).click();
      await world.screens.take(alexs, 'settings', () =>
        alexs
          .getByRole('row', {
            name: /gateway\.class .*local-traefik.*config\.toml/,
          })
          .waitFor(),
      );
      await alexs.context().close();
    }),
  );

  it(
    'a platform admin finds every host on the Public URLs page, and opens the tab of one',
    step(async () => {
      const { admin } = world.platform;
      const { apiVersion, kind, namespace, name } = ofNobodyRef;
      const { gateway } = world.platform.settings;
      await admin.create({
        apiVersion,
        kind,
        metadata: { namespace, name },
        spec: {
          parentRefs: [
            {
              namespace: gateway.namespace,
              name: gateway.name,
              sectionName: 'https',
            },
          ],
          hostnames: [`nobody.${suffix}`],
          rules: [{ backendRefs: [{ name: 'nothing', port: 8080 }] }],
        },
      } as KubernetesObject);
      const alexs = await world.newPage();
      await signIn(alexs, 'Alex');
      await inSidebar(alexs, 'Networking').click();
      // The number of hosts leads to them.
      await alexs.getByRole('link', { name: /^\d+ hosts$/ }).click();
      const rowOf = (label: string) =>
        alexs.getByRole('row', { name: new RegExp(`^${label}\\.`) });
      const seeHosts = (count: number) =>
        alexs.getByText(new RegExp(`^${count} hosts?( found)?$`)).waitFor();
      await rowOf('nobody').getByRole('cell', { name: 'Unowned' }).waitFor();
      await seeHosts(3);
      await world.screens.take(alexs, 'exposures', () =>
        alexs.getByRole('row', { name: /^beta\..*Live.*team-shop/ }).waitFor(),
      );

      // Ordered by a heading, and backwards.
      const heading = alexs.getByRole('columnheader', { name: 'Host' });
      const firstHost = alexs.getByRole('rowheader').first();
      await heading.getByRole('button').click();
      await firstHost.getByText(/^beta\./).waitFor();
      await heading.getByRole('button').click();
      await firstHost.getByText(/^shop\./).waitFor();

      await choose(alexs, 'Namespace', 'default (1)');
      await seeHosts(1);
      await rowOf('nobody').getByText('Broken', { exact: true }).waitFor();
      await alexs.getByRole('button', { name: 'Clear filters' }).click();
      await seeHosts(3);
      await alexs.getByRole('searchbox', { name: 'Find a URL' }).fill('beta');
      await seeHosts(1);
      await rowOf('shop').waitFor({ state: 'detached' });

      // What is asked for stands in the address.
      await alexs.reload();
      await seeHosts(1);
      expect(await rowOf('shop').count()).toBe(0);

      await rowOf('beta').click();
      await seeVerdict(exposureOf(alexs, hostText('beta')), 'Live');
      await alexs.context().close();
    }),
  );

  it(
    'a developer has no such page, and routes of nobody are absent and not counted for one',
    step(async () => {
      await page.goto('/networking/exposures');
      await page
        .getByText(/looks like someone dropped the mic|404/i)
        .first()
        .waitFor();
      expect(await inSidebar(page, 'Networking').count()).toBe(0);
      const hostsOf = async (person: string) => {
        const api = await world.backstage.as(`user:default/${person}`);
        const { items, totalItems } = await api.getHosts();
        return { totalItems, labels: items.map(row => row.host.split('.')[0]) };
      };
      const seen = await hostsOf('sam');
      expect(seen.totalItems).toBe(2);
      expect(seen.labels.sort()).toEqual(['beta', 'shop']);
      expect(await hostsOf('alex')).toMatchObject({ totalItems: 3 });
      await world.platform.admin.delete(ofNobodyRef);
      await openComponent(page, 'Shop');
      await openNetworkingTab(page);
    }),
  );

  it(
    'both are removed, and their URLs answer 404',
    step(async () => {
      await removeExposure(page, hostText('beta'), dialog =>
        world.screens.takeOnce(dialog, 'remove'),
      );
      await answers('beta', 404);
      await removeExposure(page, hostText('shop'));
      await answers('shop', 404);
      await page.getByText('Shop has no public URL yet.').waitFor();
    }),
  );

  it(
    'no page threw an error',
    step(async () => {
      expect(world.pageErrors).toEqual([]);
    }),
  );
});
