import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { openPod, podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);
const crawler = { caseName: 'lab', namespace: truth.namespace, pod: truth.pod };

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

test('an event’s process opens with the filter, the shape and the late limit of the page', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab/e?q=curl&late=30s&v=rows`);
  const table = page.getByRole('grid', { name: 'Events' });
  await table.getByRole('link').first().click();
  await expect(podPage(page).tree).toBeVisible();
  await expect(page).toHaveURL(/[?&]q=curl/);
  await expect(page).toHaveURL(/[?&]late=30s/);
  await expect(page).toHaveURL(/[?&]v=rows/);
});

test('a pod opens on what the filter asks for, not on what stands out beside it', async ({
  page,
}) => {
  await page.goto(
    `${serving().origin}/c/lab?q=${encodeURIComponent('proc.name = sandbox-helper')}`,
  );
  await page.getByRole('grid').getByRole('link', { name: truth.pod }).click();
  const pod = podPage(page);
  await expect(pod.tree.getByRole('treeitem', { selected: true })).toHaveAccessibleName(
    /^sandbox-helper, /,
  );
  await expect(pod.details.getByRole('heading', { level: 2 })).toHaveText('sandbox-helper');
});

test('a pod of the palette opens with the filter that stands', async ({ page }) => {
  await page.goto(`${serving().origin}/c/lab?q=curl`);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('@crawler');
  await page.getByRole('option').filter({ hasText: truth.pod }).click();
  await expect(page).toHaveURL(/\/p\/.*[?&]q=curl/);
  await expect(page.getByTestId('match-count')).toBeVisible();
});

test('a time in the address is said on every page that it limits, and can be taken out', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab/e?t=2026-03-17T09:18:00Z..2026-03-17T09:19:00Z`);
  await page.getByRole('link', { name: 'Destinations' }).click();
  await expect(page).toHaveURL(/[?&]t=2026-03-17T09:18:00Z/);
  await expect(page.getByRole('main')).toContainText('2026-03-17 09:18:00 – 09:19:00');
  await page.getByRole('button', { name: 'Show all times' }).click();
  await expect(page).not.toHaveURL(/[?&]t=/);
});

test('matches below what was closed by hand are counted, and opened when asked for', async ({
  page,
}) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  await pod.entry(/^sh, late by 5 minutes 2 seconds, new, .*child of node/).click();
  await page.keyboard.press('ArrowLeft');
  await expect(pod.entry(/^sandbox-helper, /)).toHaveCount(0);
  const search = page.getByRole('combobox');
  await search.fill('/etc/shadow');
  await search.press('Enter');
  const note = page.getByText('2 matches in subtrees that are closed.');
  await expect(note).toBeVisible();
  await page.getByRole('button', { name: 'Show them' }).click();
  await expect(pod.entry(/^cat, .*matches the filter/)).toBeVisible();
  await expect(note).toBeHidden();
});

test('evt.type in the filter of a pod is explained, and narrows the events', async ({ page }) => {
  const query = encodeURIComponent('proc.name = curl and evt.type = connect');
  const pod = await openPod(page, serving().origin, crawler, `?v=rows&q=${query}`);
  await expect(page.getByRole('main')).toContainText('evt.type asks for events, not for processes');
  await pod.entry(/^curl, .*late by 5 minutes 54/).click();
  const show = page.getByRole('button', { name: 'Show the events' });
  if (await show.isVisible()) await show.click();
  const events = page.getByRole('grid', { name: 'Events of the selection' });
  await expect(events.getByRole('row').nth(1)).toContainText('connect');
  await expect(events.getByRole('row').filter({ hasText: 'exit' })).toHaveCount(0);
});
