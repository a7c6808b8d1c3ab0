import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Locator, Page } from '@playwright/test';
import { openPod } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { lines, truth } = generateReverseShell(7);
/** The attack begins with the record of the late shell; what comes before is a quiet pod. */
const turn = lines.findIndex((line) => line.includes(truth.lateShellExecId));
const quiet = lines.slice(0, turn);
const attack = lines.slice(turn);
const lateShell = /^sh, late by 5 minutes 2 seconds, new, .*child of node/;

function crawler(caseName: string) {
  return { caseName, namespace: truth.namespace, pod: truth.pod };
}

/** What the pushed attack adds, at the latest when the reader asks for it. */
async function takeNews(page: Page): Promise<void> {
  const chip = page.getByRole('button', { name: /^\+\d+ new/ });
  await expect(chip).toBeVisible();
  await chip.click();
}

/** Where something stands when the camera has come to rest. */
async function restingPlace(entry: Locator) {
  let last = await entry.boundingBox();
  await expect
    .poll(async () => {
      const before = last;
      last = await entry.boundingBox();
      return JSON.stringify(last) === JSON.stringify(before);
    })
    .toBe(true);
  return last;
}

for (const shape of ['graph', 'rows']) {
  test(`in the ${shape}, pushed events grow the open tree and leave the selection as it was`, async ({
    page,
  }) => {
    const caseName = `live-${shape}`;
    await serving().push(caseName, quiet);
    const search = shape === 'rows' ? '?v=rows' : '';
    const pod = await openPod(page, serving().origin, crawler(caseName), search);
    await expect(pod.entry(lateShell)).toHaveCount(0);
    // A host step that was opened by hand, and a selection: both are the reader's.
    const steps = pod.entry(/^\d+ steps of the host/);
    await steps.click();
    await page.keyboard.press('Enter');
    await expect(pod.entry(/^systemd, /)).toBeVisible();
    const main = pod.entry(/^node, formerly docker-entrypoint\.sh, main process/);
    // Far enough away to have the children in sight.
    if (shape === 'graph') for (const key of ['-', '-']) await page.keyboard.press(key);
    await page.keyboard.press('m');
    await expect(main).toHaveAttribute('aria-selected', 'true');
    const place = await restingPlace(main);

    await serving().push(caseName, attack);
    await takeNews(page);

    await expect(pod.entry(lateShell)).toBeVisible();
    await expect(main).toHaveAttribute('aria-selected', 'true');
    await expect(pod.entry(/^systemd, /)).toBeVisible();
    expect(await restingPlace(main)).toEqual(place);
    await expect(pod.details.getByRole('heading', { level: 2 })).toHaveText('node');
  });
}

test('a tree that nobody touches takes in what comes by itself', async ({ page }) => {
  await serving().push('untouched', quiet);
  const pod = await openPod(page, serving().origin, crawler('untouched'), '?v=rows');
  await page.mouse.move(700, 10);
  await serving().push('untouched', attack);
  await expect(pod.entry(lateShell)).toBeVisible();
});

test('rows stay where they were scrolled to', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 640 });
  await serving().push('scrolled', [...quiet, ...attack.slice(0, -400)]);
  const pod = await openPod(page, serving().origin, crawler('scrolled'), '?v=rows');
  await pod.tree.hover();
  await page.mouse.wheel(0, 160);
  await expect.poll(() => pod.tree.evaluate((box) => box.scrollTop)).toBeGreaterThan(100);
  const before = await pod.tree.evaluate((box) => box.scrollTop);
  await serving().push('scrolled', attack.slice(-400));
  await page
    .waitForResponse((answer) => answer.url().includes('/api/v1/'), { timeout: 3000 })
    .catch(() => undefined);
  expect(await pod.tree.evaluate((box) => box.scrollTop)).toBe(before);
});

test('held still, the page waits; let go, it follows', async ({ page }) => {
  await serving().push('held', quiet);
  const pod = await openPod(page, serving().origin, crawler('held'), '?v=rows');
  await page.getByRole('button', { name: 'Hold the page still' }).click();
  await expect(page.getByRole('banner')).toContainText('Paused');
  await serving().push('held', attack);
  await page.getByRole('button', { name: 'Follow live again' }).click();
  await page.mouse.move(700, 10);
  await expect(pod.entry(lateShell)).toBeVisible();
});

test('a server that stops is said so and the tree stays; when it is back, the page goes on', async ({
  page,
}) => {
  const { server, origin } = serving();
  await serving().push('broken-line', quiet);
  const pod = await openPod(page, origin, crawler('broken-line'), '?v=rows');
  const banner = page
    .getByRole('status')
    .filter({ hasText: 'Live updates from the server stopped' });
  await expect(page.getByRole('banner')).toContainText(/Up to date|Receiving|Live|Connected/);
  await server.stop();
  await expect(banner).toBeVisible();
  await expect(banner).toContainText('What is on screen stays');
  await expect(page.getByRole('banner')).toContainText('Not connected');
  await expect(pod.entry(/^node, .*main process/)).toBeVisible();

  await server.start();
  await serving().push('broken-line', attack);
  await expect(banner).toBeHidden({ timeout: 30_000 });
  await page.mouse.move(700, 10);
  await expect(pod.entry(lateShell)).toBeVisible();
});
