import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { PodsAnswer } from '@forebear/model/wire/inventory';
import { podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

test('a tree that takes long says so, can be given up, and can be asked for again', async ({
  page,
}) => {
  let isHeld = true;
  await page.route('**/api/v1/tree?*', async (route) => {
    if (isHeld) await new Promise((resolve) => setTimeout(resolve, 60_000));
    else await route.continue();
  });
  await page.goto(`${serving().origin}/c/lab/p/${truth.namespace}/${truth.pod}`);
  const main = page.getByRole('main');
  await expect(
    page.getByRole('progressbar', { name: /^Loading the tree of crawler/ }),
  ).toBeVisible();
  await expect(main).toContainText('The server puts the tree together');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('is not loaded');
  isHeld = false;
  await page.getByRole('button', { name: 'Load it' }).click();
  await expect(podPage(page).tree).toBeVisible();
});

test('the pods of a large case come as its parts are derived, and say so', async ({ page }) => {
  let parts = 1;
  await page.route('**/api/v1/pods?*patience=*', async (route) => {
    const response = await route.fetch();
    const whole = (await response.json()) as PodsAnswer;
    if (parts >= 3) return route.fulfill({ response });
    const completeness = { ...whole.completeness, complete: false, derived: { parts, of: 3 } };
    return route.fulfill({
      response,
      json: { ...whole, items: whole.items.slice(0, parts), completeness },
    });
  });
  // Asked again and again: what is on screen is what the last answer said.
  await page.goto(`${serving().origin}/c/lab`);
  const main = page.getByRole('main');
  await expect(main).toContainText('gathering: 1 of 3 parts so far');
  await expect(main).not.toContainText('file complete');
  await expect(main.getByRole('progressbar', { name: /^Parts of the case/ })).toBeVisible();
  parts = 2;
  await expect(main).toContainText('gathering: 2 of 3 parts so far');
  parts = 3;
  await expect(main).toContainText('file complete');
  await expect(main).not.toContainText('gathering');
});

test('a list that answers the last filter is not said to answer the new one', async ({ page }) => {
  let isHeld = false;
  let release = (): void => undefined;
  await page.route('**/api/v1/pods?*', async (route) => {
    if (isHeld) await new Promise<void>((resolve) => (release = resolve));
    await route.continue();
  });
  await page.goto(`${serving().origin}/c/lab`);
  const main = page.getByRole('main');
  await expect(main).toContainText('file complete');
  isHeld = true;
  await page.getByRole('combobox').fill('zzzznothing');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/zzzznothing/);
  await expect(main).toContainText('What stands below still answers the last one');
  await expect(main).not.toContainText('match zzzznothing');
  await expect(main).not.toContainText('No pods match');
  isHeld = false;
  release();
  await expect(main).toContainText('No pods match the filter');
});

test('the old tree stays while another late limit is asked for', async ({ page }) => {
  await page.goto(`${serving().origin}/c/lab/p/${truth.namespace}/${truth.pod}?v=rows`);
  const pod = podPage(page);
  const shell = pod.entry(/^sh, late by 5 minutes 2 seconds, new, .*child of node/);
  await expect(shell).toBeVisible();
  let release = () => undefined;
  await page.route('**/api/v1/tree?*late=*', async (route) => {
    await new Promise<void>((resolve) => {
      release = () => {
        resolve();
        return undefined;
      };
    });
    await route.continue();
  });
  await page.getByRole('button', { name: /^Late after/ }).click();
  await page.getByRole('menuitem').last().click();
  await expect(page).toHaveURL(/[?&]late=/);
  await expect(shell).toBeVisible();
  release();
  await expect(pod.tree).toBeVisible();
});
