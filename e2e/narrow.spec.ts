import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Page } from '@playwright/test';
import { podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);
const pod = `/c/lab/p/${truth.namespace}/${truth.pod}`;

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
  await serving().loadSample('six', 'six-agents');
});

for (const width of [320, 360, 401]) {
  test(`a window of ${width} pixels scrolls nothing sideways but a tree and the tables of lists`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(serving().origin);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await sideways(page), 'start').toEqual([]);
    await page.goto(`${serving().origin}/c/lab`);
    await expect(page.getByRole('grid', { name: 'Pods and hosts' })).toBeVisible();
    expect(await sideways(page), 'overview').toEqual([]);
    await page.goto(`${serving().origin}/c/six/alerts`);
    await expect(page.getByRole('treegrid', { name: 'Alerts' })).toBeVisible();
    expect(await sideways(page), 'alerts').toEqual([]);
    for (const search of ['?v=rows', '', '?tab=network']) {
      await page.goto(serving().origin + pod + search);
      await expect(podPage(page).tree).toBeVisible();
      expect(await sideways(page), search).toEqual([]);
    }
    await page.goto(`${serving().origin}/c/lab/e`);
    const events = page.getByRole('grid', { name: 'Events' });
    await events.getByRole('gridcell', { name: 'exec' }).first().click();
    await expect(page.getByRole('heading', { name: 'Original record' })).toBeVisible();
    expect(await sideways(page), 'a record').toEqual([]);
    // Without a choice of columns not even the rows do.
    await page.goto(`${serving().origin}${pod}?v=rows`);
    await expect(podPage(page).tree).toBeVisible();
    const hidden = () =>
      podPage(page).tree.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    await expect.poll(hidden).toBeLessThanOrEqual(0);
  });
}

/** What can be scrolled sideways, trees and grids apart. */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.body.querySelectorAll('*')].flatMap((element) => {
      if (element.closest('[role=tree],[role=treegrid],[role=grid]') !== null) return [];
      const { overflowX } = getComputedStyle(element);
      const isScroller = element === document.documentElement || /auto|scroll/.test(overflowX);
      return isScroller && element.scrollWidth > element.clientWidth + 1
        ? [`${element.tagName} ${element.className}`]
        : [];
    }),
  );
}

for (const width of [390, 1280]) {
  test(`in a window of ${width} pixels every column of a list can be reached, and what a row is of stays in sight`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    for (const [path, role, name] of [
      ['/c/lab', 'grid', 'Pods and hosts'],
      ['/c/lab/lateral', 'treegrid', 'Hops'],
      ['/c/lab/dst', 'treegrid', 'Destinations'],
      ['/c/lab/conversations', 'treegrid', 'Conversations'],
    ] as const) {
      await page.goto(serving().origin + path);
      const table = page.getByRole(role, { name });
      const head = table.getByRole('columnheader');
      await expect(head.first()).toBeVisible();
      // On the overview what happened stands above it.
      await table.scrollIntoViewIfNeeded();
      const isBeyond = await table.evaluate((box) => box.scrollWidth - box.clientWidth > 1);
      const sign = page.locator('[data-beyond]').filter({ has: table });
      await expect(sign).toHaveCount(isBeyond ? 1 : 0);
      await table.evaluate((box) => box.scrollTo({ left: box.scrollWidth }));
      await expect(sign).toHaveCount(0);
      await expect(head.last()).toBeInViewport({ ratio: 1 });
      await expect(head.first()).toBeInViewport({ ratio: 0.9 });
      await expect(table.getByRole('row').nth(1).getByRole('gridcell').first()).toBeInViewport();
      if (width === 1280 && name === 'Hops') {
        expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
      }
    }
  });
}

test('a hop that a narrow window shows in few columns is told in full below its row', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${serving().origin}/c/lab/lateral`);
  const table = page.getByRole('treegrid', { name: 'Hops' });
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const detail = table.getByText('How sure').last();
  await expect(detail).toBeInViewport();
  await expect(table.getByRole('link', { name: 'Tree of the called' })).toBeInViewport({
    ratio: 1,
  });
});
