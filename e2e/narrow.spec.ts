import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Page } from '@playwright/test';
import { podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);
const pod = `/c/lab/p/${truth.namespace}/${truth.pod}`;

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
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
