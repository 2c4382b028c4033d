import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type BrowserContext,
  type BrowserContextOptions,
} from 'playwright-core';
import type { ChromiumInstallation } from './chromium';

/** A running browser. @public */
export interface LaunchedBrowser {
  /** A session of its own: no cookies and no storage of the others. */
  newContext(
    options?: Pick<BrowserContextOptions, 'colorScheme' | 'viewport'>,
  ): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** For a browser that never comes up. */
const START_BOUND_MS = 120_000;

const ARGS = [
  // No machine of the tests has DNS for nip.io, and no test may ask one.
  '--host-resolver-rules=MAP *.nip.io 127.0.0.1',
  // /dev/shm is often 64 MB inside containers, too little for pages of this size.
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--font-render-hinting=none',
];

async function launch(executablePath: string, env: Record<string, string>) {
  const start = (chromiumSandbox: boolean) =>
    chromium.launch({
      executablePath,
      env,
      headless: true,
      timeout: START_BOUND_MS,
      chromiumSandbox,
      args: ARGS,
    });
  // Chromium refuses its sandbox to root.
  if (process.getuid?.() === 0) return start(false);
  try {
    return await start(true);
  } catch (error) {
    // Containers that allow no user namespaces leave no sandbox to anyone. The pages are this test's own.
    if (!/sandbox/i.test(String(error))) throw error;
    return start(false);
  }
}

/**
 * Starts a Chromium without a window. Its profile and temporary files lie in a folder that `close` removes.
 * @public
 */
export async function launchBrowser(options: {
  installation: ChromiumInstallation;
  baseURL: string;
}): Promise<LaunchedBrowser> {
  const home = await mkdtemp(join(tmpdir(), 'networking-e2e-browser-'));
  const removeHome = () => rm(home, { recursive: true, force: true });
  const env = Object.fromEntries(
    Object.entries({
      ...process.env,
      ...options.installation.env,
      HOME: home,
      TMPDIR: home,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const browser = await launch(options.installation.executable, env).catch(
    async error => {
      await removeHome();
      throw error;
    },
  );
  const newContext = (
    contextOptions: Pick<
      BrowserContextOptions,
      'colorScheme' | 'viewport'
    > = {},
  ) =>
    browser.newContext({
      baseURL: options.baseURL,
      viewport: { width: 1280, height: 900 },
      colorScheme: 'light',
      locale: 'en-GB',
      timezoneId: 'UTC',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...contextOptions,
    });
  return {
    newContext,
    close: async () => {
      await browser.close();
      await removeHome();
    },
  };
}
