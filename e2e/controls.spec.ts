import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { openPod } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);
const crawler = { caseName: 'lab', namespace: truth.namespace, pod: truth.pod };
const lateShell = /^sh, late by 5 minutes 2 seconds, new, .*child of node/;

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

test('a record is shown to read, and byte for byte where it says as received', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler);
  await pod.entry(lateShell).click();
  const raw = await pod.openTab('Raw');
  const readable = raw.getByRole('button', { name: 'Readable' });
  const received = raw.getByRole('button', { name: 'As received' });
  await expect(readable).toHaveAttribute('aria-pressed', 'true');
  await expect(received).toHaveAttribute('aria-pressed', 'false');
  await expect(raw).toContainText('"process_exec": {');

  const answer = page.waitForResponse(/\/api\/v1\/events\/[^/]+\/raw/);
  await page.reload();
  const bytes = (await (await answer).text()).trimEnd();
  expect(bytes).toMatch(/^\{"process_exec":\{/);
  await received.click();
  await expect(received).toHaveAttribute('aria-pressed', 'true');
  await expect(readable).toHaveAttribute('aria-pressed', 'false');
  expect((await raw.locator('pre').textContent())?.trimEnd()).toBe(bytes);
});

for (const shape of ['rows', 'graph']) {
  test(`a mark of the ${shape} is whole or not there`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const pod = await openPod(page, serving().origin, crawler, `?v=${shape}`);
    await expect(pod.entry(lateShell)).toContainText('LATE AND NEW');
    await page.keyboard.press('End');
    const cut = await pod.tree.evaluate((tree) => {
      const marks = tree.querySelectorAll('[class*="fitting"] > *, [class*="facts"] > *');
      let seen = 0;
      const halves: string[] = [];
      for (const mark of marks) {
        const line = mark.parentElement?.getBoundingClientRect();
        const { top, right, left } = mark.getBoundingClientRect();
        if (line === undefined || top >= line.bottom - 1) continue;
        seen += 1;
        if (right > line.right + 1 || left < line.left - 1) halves.push(mark.textContent ?? '');
      }
      return { seen, halves };
    });
    expect(cut.seen).toBeGreaterThan(10);
    expect(cut.halves).toEqual([]);
  });
}

test('a switch of the tree is pressed when what it says is so', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?q=mkfifo');
  const fold = page.getByRole('button', { name: 'Fold what repeats' });
  await expect(fold).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('main')).toContainText(/folded into \d/);
  await fold.click();
  await expect(fold).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('main')).not.toContainText(/folded into \d/);

  const hide = page.getByRole('button', { name: 'Hide others' });
  await expect(hide).toHaveAttribute('aria-pressed', 'false');
  await expect(pod.entry(/^\d+ filtered out/)).toHaveCount(0);
  await hide.click();
  await expect(hide).toHaveAttribute('aria-pressed', 'true');
  await expect(pod.entry(/^\d+ filtered out/).first()).toBeVisible();
});

test('a hint comes with the focus that one moved, not with the one a closed dialog gives back', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab`);
  await expect(page.getByRole('grid')).toBeVisible();
  const help = page.getByRole('button', { name: 'Keys and marks' });
  await help.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeFocused();
  await page.getByRole('button', { name: /^Late after/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await page.keyboard.press('Escape');

  await help.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(help).toBeFocused();
  await expect(page.getByRole('tooltip')).toContainText('Keys and marks');
});

test('the pods of an overview stay where they are when names come later', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  for (const late of ['**/api/v1/destinations?*', '**/api/v1/cases']) {
    await page.route(late, async (route) => {
      await asked;
      await route.continue();
    });
  }
  await page.goto(`${serving().origin}/c/lab`);
  const pods = page.getByRole('grid');
  await expect(pods.getByRole('link', { name: truth.pod })).toBeVisible();
  const reasons = page.getByRole('list', { name: 'Why flagged, beside lateness' });
  await expect(reasons).toContainText('of the agent’s policy');
  const before = (await pods.boundingBox())?.y;
  answer();
  await expect(page.getByRole('main')).toContainText('1 external name looks random');
  await expect(page.getByRole('main')).toContainText(/in \d+ executions/);
  expect((await pods.boundingBox())?.y).toBe(before);
});

test('nothing that moves the camera lies on the graph', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler);
  const before = await pod.tree.getAttribute('data-scale');
  const graph = await pod.tree.boundingBox();
  for (const name of [
    'Zoom in',
    'Zoom out',
    'Fit all',
    'Parents in the middle of their children',
  ]) {
    const button = await page.getByRole('button', { name }).boundingBox();
    expect((button?.y ?? Infinity) + (button?.height ?? 0)).toBeLessThanOrEqual(graph?.y ?? 0);
  }
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect(pod.tree).not.toHaveAttribute('data-scale', before ?? '');
});

test('the events in the details show what a connection carried', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const pod = await openPod(page, serving().origin, crawler, '?q=proc.name%20%3D%20nc');
  const events = await pod.openTab('Events');
  const carried = events.getByText(/\d B sent, \d+ B received/).first();
  await events.getByRole('grid').press('End');
  await expect(carried).toBeVisible();
  const isWhole = await carried.evaluate((text) => {
    const line = text.parentElement;
    return line !== null && line.scrollHeight <= line.clientHeight + 1;
  });
  expect(isWhole).toBe(true);
});

test('the legend knows the words that stand on processes', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows&fold=0');
  await expect(page.getByRole('main')).toContainText('kernel');
  const ghost = pod.tree.locator('[class*="ghostWords"]').first();
  await expect(ghost).toHaveText(/^(ghost|only its id)$/);
  await page.getByRole('button', { name: 'Keys and marks' }).click();
  const legend = page.getByRole('dialog').getByRole('term');
  for (const word of ['ghost', 'only its id', 'INJECTED', 'RANDOM NAME', 'EXTERNAL', '↑ root']) {
    await expect(legend.filter({ hasText: word }).first()).toBeVisible();
  }
});
