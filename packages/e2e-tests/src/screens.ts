import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { REPOSITORY } from 'integration-tests';

/** Widths of a desktop, a tablet and a phone, in CSS pixels. */
const WIDTHS = [1280, 768, 390];
const HEIGHT = 900;
/** The app's theme follows the system's until somebody chooses one. Light comes last, so that a page stays in it. */
const SCHEMES = ['dark', 'light'] as const;

/** Whether the pictures of the documents are taken anew: with `UPDATE_SCREENSHOTS=1`. */
export const forDocuments = () => process.env.UPDATE_SCREENSHOTS === '1';

/** Pictures that documents show: then written to docs/images too. */
const SHOWN =
  /^(tab-(light-(1280|390)|dark-1280)|(tab-broken|tab-certificate|trust-ca|form|template|platform|exposures|certificates|renewed|cluster-away)-light-1280)$/;

/**
 * Takes pictures of what a page shows, in light and dark at three widths. All go to `folder`, for people to look at;
 * nothing is compared.
 */
export class Screens {
  constructor(private readonly folder: string) {}

  /**
   * @param bring - Brings the page into the state to be shown, or waits for it: the app builds its pages anew when the
   *   theme changes, and forgets their input.
   */
  async take(
    page: Page,
    name: string,
    bring: () => Promise<void>,
  ): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const scheme of SCHEMES) {
      await page.emulateMedia({ colorScheme: scheme });
      await page
        .locator(`body[data-theme-mode=${scheme}]`)
        .waitFor({ state: 'attached' });
      await bring();
      await this.takeAllWidths(page, `${name}-${scheme}`);
    }
  }

  /** In light only, for states that cannot be brought about again. */
  async takeOnce(page: Page, name: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await this.takeAllWidths(page, `${name}-light`);
  }

  private async takeAllWidths(page: Page, name: string) {
    const size = page.viewportSize();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      await this.save(page, `${name}-${width}`);
    }
    if (size) await page.setViewportSize(size);
  }

  /** What stood on the pages when a test failed. */
  async failure(pages: readonly Page[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const [index, page] of pages.entries()) {
      await page.screenshot({
        path: join(this.folder, `failure-${index}.png`),
      });
    }
  }

  private async save(page: Page, name: string): Promise<void> {
    const folders = [this.folder];
    if (forDocuments() && SHOWN.test(name)) {
      folders.push(join(REPOSITORY, 'docs/images'));
    }
    for (const folder of folders) {
      await page.screenshot({
        path: join(folder, `${name}.png`),
        animations: 'disabled',
        caret: 'hide',
      });
    }
  }
}
