import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Locator, Page } from '@playwright/test';
import { openPod } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);
const crawler = { caseName: 'lab', namespace: truth.namespace, pod: truth.pod };

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

function searchOf(page: Page): Locator {
  return page.getByRole('combobox', { name: /^Filter/ });
}

async function filter(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  const search = searchOf(page);
  await search.fill(text);
  await search.press('Enter');
}

test('a search shows a process with its ancestors, and clearing it leaves all as it was', async ({
  page,
}) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  await pod.entry(/^sh, late by 5 minutes 2 seconds, new, .*child of node/).click();
  // All but the first levels of the tree are closed.
  for (let level = 0; level < 5; level += 1) await page.keyboard.press('[');
  await expect(pod.entry(/^sandbox-helper, /)).toHaveCount(0);
  const before = await pod.names();

  await filter(page, '/etc/shadow');
  const found = pod.entry(/^cat, .*child of sandbox-helper.*matches the filter/);
  await expect(found).toBeVisible();
  await expect(page.getByTestId('match-count')).toHaveText('2 of 22 match');
  for (const above of [/^node, .*main process/, /^sh, .*child of node/, /^sandbox-helper, /]) {
    await expect(pod.entry(above)).toBeVisible();
  }

  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByTestId('match-count')).toBeHidden();
  await expect(pod.entry(/^sandbox-helper, /)).toHaveCount(0);
  expect(await pod.names()).toEqual(before);
});

test('in the graph, one goes from match to match', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler);
  await filter(page, 'elasticsearch-master');
  await expect(page.getByTestId('match-count')).toHaveText('3 of 22 match');
  await pod.tree.focus();
  const seen: string[] = [];
  for (let match = 0; match < 3; match += 1) {
    await page.keyboard.press('F3');
    const here = pod.tree.getByRole('treeitem', { selected: true });
    await expect(here).toHaveAccessibleName(/^curl, .*matches the filter/);
    await expect(here).toBeInViewport();
    await expect(async () => {
      expect(seen).not.toContain(await here.getAttribute('id'));
    }).toPass();
    seen.push((await here.getAttribute('id')) ?? '');
  }
});

test('hiding the others leaves a row that counts them', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows&q=mkfifo&mode=hide');
  await expect(pod.entry(/^mkfifo, /)).toBeVisible();
  await expect(pod.entry(/^\d+ filtered out, \d+ flagged/).first()).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/\d+ filtered out/);
});

for (const text of ['[', '(', '*', '\\', '.*', '<b>', '%', "'", '\u202e']) {
  test(`a search for ${JSON.stringify(text)} breaks nothing`, async ({ page }) => {
    const pod = await openPod(page, serving().origin, crawler, '?v=rows');
    await filter(page, text);
    // What can only be the beginning of a condition is refused where it was typed, the rest is asked for.
    if (['(', '<b>', "'"].includes(text)) await expect(page.getByRole('alert')).toBeVisible();
    else await expect(page).toHaveURL(/[?&]q=/);
    await expect(pod.tree).toBeVisible();
    await expect(pod.entry(/^pod crawler/)).toBeVisible();
  });
}

test('a condition finds processes by their fields', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  await filter(page, 'proc.name = nc');
  await expect(pod.entry(/^nc, .*matches the filter/)).toBeVisible();
  await expect(page.getByTestId('match-count')).toHaveText('1 of 22 matches');
});

test('a condition that cannot be read is refused with its place', async ({ page }) => {
  await openPod(page, serving().origin, crawler, '?v=rows');
  await filter(page, 'proc.name = = nc');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(searchOf(page)).toHaveAttribute('aria-invalid', 'true');
});

test('the palette finds a pod and opens it', async ({ page }) => {
  await page.goto(`${serving().origin}/c/lab`);
  await expect(page.getByRole('grid', { name: 'Pods and hosts' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('@crawler');
  await page.getByRole('option').filter({ hasText: truth.pod }).click();
  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.pod}`));
});

test('a filter that is not understood asks nothing, leaves the page as it is, and points at the fault', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('filter=')) asked.push(request.url());
  });
  await page.goto(`${serving().origin}/c/lab`);
  const pods = page.getByRole('grid', { name: 'Pods and hosts' });
  await expect(pods).toBeVisible();
  await filter(page, 'proc.nme = nc');
  const why = page.getByRole('alert');
  await expect(why).toContainText('proc.nme = nc');
  await expect(why).toContainText('did you mean `proc.name`');
  await expect(why.locator('mark')).toHaveText('proc.nme');
  await expect(pods).toBeVisible();
  await expect(page).toHaveURL(/\/c\/lab$/);

  // The same out of an address: the page says it, and nothing lies over it.
  await page.goto(`${serving().origin}/c/lab?q=proc.nme%20%3D%20nc`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The filter was not understood');
  expect(asked).toEqual([]);
});
