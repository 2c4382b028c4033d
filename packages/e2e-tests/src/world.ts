import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  pathFrom,
  getVerified,
  startBackstage,
  startTcpProxy,
  startTestPlatform,
  type Backstage,
  type GatewayAnswer,
  type TcpProxy,
} from 'integration-tests';
import { CONFIG_FILE, writeTestSettings, type Platform } from 'local-platform';
import { findChromium } from './browser/chromium';
import { launchBrowser, type LaunchedBrowser } from './browser/launchBrowser';
import { forDocuments, Screens } from './screens';

/** Longer than anything that the pages wait for by themselves: the first answer of an exposure has 60 s. */
const BOUND_MS = 120_000;

/** What `npm start` starts, and a browser. */
export interface World {
  platform: Platform;
  backstage: Backstage;
  /** The way from Backstage to the API server. */
  clusterWay: TcpProxy;
  browser: LaunchedBrowser;
  screens: Screens;
  /** Errors that pages threw and nobody caught. */
  pageErrors: string[];
  /** Pictures of every page that is open, for when a test failed. */
  picture(): Promise<void>;
  /** A page that nobody is signed in on. */
  newPage(): Promise<Page>;
  /** A GET of a URL through the gateway, verified with the CA that the API gives to a signed-in user. */
  fetchUrl(url: string): Promise<GatewayAnswer>;
  stop(): Promise<void>;
}

/**
 * Starts platform, Backstage with the built app, and browser. Each that started is stopped where a later one does not.
 *
 * `NETWORKING_TEST_STATE_DIR` (default `.local/test`) holds their state and the screenshots, `NETWORKING_BIN_DIR`
 * the platform's programs.
 */
export async function startWorld(): Promise<World> {
  const folder = join(
    pathFrom('NETWORKING_TEST_STATE_DIR', '.local/test'),
    'browser',
  );
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of stops.splice(0).reverse()) await step();
  };
  try {
    // Documents show the ports that readers see themselves.
    const settings = forDocuments()
      ? CONFIG_FILE
      : await writeTestSettings(folder);
    const platform = await startTestPlatform(folder, settings);
    stops.push(() => platform.stop());
    const { apiServer } = platform;
    const { hostname, port } = new URL(apiServer.url);
    const clusterWay = await startTcpProxy({
      host: hostname,
      port: Number(port),
    });
    stops.push(() => clusterWay.close());
    const backstage = await startBackstage({
      platform: {
        ...platform,
        apiServer: {
          ...apiServer,
          url: `https://127.0.0.1:${clusterWay.port}`,
        },
      },
      settings,
      stateDir: folder,
    });
    stops.push(() => backstage.stop());
    const installation = await findChromium(join(folder, 'chromium'));
    const browser = await launchBrowser({
      installation,
      baseURL: backstage.baseUrl,
    });
    stops.push(() => browser.close());

    const pageErrors: string[] = [];
    const pages: Page[] = [];
    const screens = new Screens(join(folder, 'screens'));
    return {
      platform,
      backstage,
      clusterWay,
      browser,
      screens,
      pageErrors,
      stop,
      picture: () => screens.failure(pages.filter(page => !page.isClosed())),
      async newPage() {
        const context = await browser.newContext();
        context.setDefaultTimeout(BOUND_MS);
        const page = await context.newPage();
        pages.push(page);
        page.on('pageerror', error => pageErrors.push(String(error.stack)));
        return page;
      },
      async fetchUrl(text) {
        const url = new URL(text);
        const sam = await backstage.as('user:default/sam');
        return getVerified({
          address: platform.gateway.address,
          port: Number(url.port || 443),
          host: url.hostname,
          path: url.pathname,
          ca: (await sam.getCa()).pem,
        });
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
