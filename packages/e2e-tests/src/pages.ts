import type { Locator, Page } from 'playwright-core';

/** What people do on the pages, in the words that stand there. */

/** A link of the sidebar. */
export const inSidebar = (page: Page, name: string): Locator =>
  page
    .getByRole('navigation', { name: 'sidebar nav' })
    .getByRole('link', { name, exact: true });

export async function signIn(page: Page, person: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: `Sign in as ${person}` }).click();
  await inSidebar(page, 'Catalog').waitFor();
}

/** Opens a component by its link in the catalog. */
export async function openComponent(page: Page, title: string): Promise<void> {
  await inSidebar(page, 'Catalog').click();
  await page.getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('heading', { name: title, exact: true }).waitFor();
}

/** Opens the Networking tab of the component that is open. */
export async function openNetworkingTab(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', { name: 'Networking' })
    .click();
  await page.getByRole('heading', { name: 'Public URLs' }).waitFor();
}

/** Opens the template "Expose service". */
export async function openTemplate(page: Page): Promise<void> {
  await inSidebar(page, 'Create').click();
  const template = page.getByRole('article').filter({
    has: page.getByRole('heading', { name: 'Expose service' }),
  });
  await template.getByRole('button', { name: 'Choose' }).last().click();
}

/** The part of the tab that shows one exposure, by its host. */
export function exposureOf(page: Page, host: string): Locator {
  return page.getByRole('region', { name: host });
}

/** Waits until an exposure shows a verdict. */
export async function seeVerdict(
  exposure: Locator,
  word: string,
): Promise<void> {
  await exposure.getByText(word, { exact: true }).first().waitFor();
}

/** Chooses an option of a Select, whose button is named by its value and then its label. */
export async function choose(
  page: Page,
  label: string,
  option: string,
): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`. ${label}$`) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Removes an exposure by its menu, and waits until it is gone from the page. */
export async function removeExposure(
  page: Page,
  host: string,
  onAsked: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const exposure = exposureOf(page, host);
  await exposure.getByRole('button', { name: `More for ${host}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/will return 404/).waitFor();
  await onAsked(page);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await exposure.waitFor({ state: 'detached' });
}
