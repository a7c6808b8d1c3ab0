import type { Page } from '@playwright/test';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();

/** How light the page's ground is, from 0 to 255. */
function ground(page: Page): Promise<number> {
  return page.evaluate(() => {
    const colour = getComputedStyle(document.documentElement).backgroundColor;
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return (red + green + blue) / 3;
  });
}

async function choose(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitem', { name: theme }).click();
}

test('the theme follows the system until one is chosen, and the choice is kept', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(serving().origin);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => ground(page)).toBeLessThan(80);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(() => ground(page)).toBeGreaterThan(200);

  await choose(page, 'Dark');
  await expect.poll(() => ground(page)).toBeLessThan(80);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Theme: Dark' })).toBeVisible();
  await expect.poll(() => ground(page)).toBeLessThan(80);

  await page.emulateMedia({ colorScheme: 'dark' });
  await choose(page, 'Light');
  await expect.poll(() => ground(page)).toBeGreaterThan(200);
  await choose(page, 'As the system');
  await expect.poll(() => ground(page)).toBeLessThan(80);
});

test('another zone changes how times are written, never their order or the differences', async ({
  page,
}) => {
  await serving().loadSample('lab', 'reverse-shell');
  await page.goto(`${serving().origin}/c/lab/e`);
  const grid = page.getByRole('grid', { name: 'Events' });
  const events = grid.getByRole('row').filter({ hasNot: page.getByRole('columnheader') });
  await expect(events.first()).toBeVisible();
  const told = async () =>
    (await events.allInnerTexts()).map((text) => text.split('\n').slice(1).join(' ')).slice(0, 12);
  const first = events.first();
  await expect(first).toContainText('2026-03-17 09:10:28');
  const before = await told();
  await page.getByRole('button', { name: /^Time zone/ }).click();
  await page.getByRole('menuitem', { name: /^Local time/ }).click();
  await expect(page).toHaveURL(/[?&]tz=local/);
  await expect(first).toContainText('2026-03-17 14:40:28');
  expect(await told()).toEqual(before);
});
