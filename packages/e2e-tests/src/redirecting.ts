import type { Page } from 'playwright-core';
import { choose, exposureOf, openTemplate } from './pages';
import type { Screens } from './screens';

const CONFIRMATION = 'Redirect live traffic';

const warning = (page: Page) =>
  page.getByRole('group', { name: 'This redirects live traffic' });

/** Gives the requests of a host to another Service on the tab; saving is not possible before it is confirmed. */
export async function redirectByForm(
  page: Page,
  screens: Screens,
  options: { host: string; from: string; to: string },
): Promise<void> {
  const { host, from, to } = options;
  await exposureOf(page, host)
    .getByRole('button', { name: `More for ${host}` })
    .click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('heading', { name: `Edit ${host}` }).waitFor();
  const save = page.getByRole('button', { name: 'Save changes' });
  await screens.take(page, 'form-edit', async () => {
    await choose(page, 'Service', to);
    await warning(page).getByText(`now go to Service ${from}`).waitFor();
  });
  if (await save.isEnabled()) throw new Error('It was not to be confirmed');
  await page.getByText(CONFIRMATION, { exact: true }).click();
  await save.click();
  await page.getByText("It's live").waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
}

/** The same by the template, whose form does not go on before it is confirmed, until its last page tells of it. */
export async function redirectByTemplate(
  page: Page,
  screens: Screens,
  options: { label: string; freeUrl: string; from: string; to: string },
): Promise<void> {
  const { label, freeUrl, from, to } = options;
  await openTemplate(page);
  await screens.take(page, 'template-redirect', async () => {
    await page.getByRole('textbox', { name: 'Component' }).click();
    await page.getByRole('option', { name: /shop/i }).click();
    await page.getByText(freeUrl, { exact: true }).waitFor();
    await choose(page, 'Service', `shop/${to}`);
    await page.getByRole('textbox', { name: 'Subdomain' }).fill(label);
    await warning(page).getByText(`now go to Service ${from}`).waitFor();
  });
  const review = page.getByRole('button', { name: 'Review' });
  await review.click();
  await page
    .getByRole('alert')
    .filter({ hasText: `Confirm that they may go to Service ${to}` })
    .first()
    .waitFor();
  await page.getByRole('checkbox', { name: CONFIRMATION }).check();
  await review.click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page
    .getByText(
      new RegExp(
        `^This run redirected live traffic\\..*Now they go to Service ${to}`,
      ),
    )
    .waitFor();
  await page.getByText(/: Live traffic was redirected\./).waitFor();
  await screens.takeOnce(page, 'template-redirected');
}
