import { AxeBuilder } from '@axe-core/playwright';
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
  await serving().loadSample('broken', 'broken');
  await serving().loadSample('sample-reverse-shell', 'reverse-shell');
});

const pages: readonly (readonly [name: string, path: string])[] = [
  ['start page', '/'],
  ['overview', '/c/lab'],
  ['overview of an empty case', '/c/default'],
  ['graph', pod],
  ['rows', `${pod}?v=rows`],
  ['tree of a host', `/c/lab/n/${truth.node}?v=rows`],
  ['destinations', '/c/lab/dst'],
  ['lateral movement', '/c/lab/lateral'],
  ['conversations', '/c/lab/conversations'],
  ['tour of a sample', '/c/sample-reverse-shell'],
  ['events', '/c/lab/e'],
  ['alerts', '/c/six/alerts'],
  ['alerts without a match', '/c/six/alerts?sev=Debug'],
  ['health', '/c/broken/health'],
  ['filter without a match', '/c/lab?q=nothing-like-this'],
  ['address that leads nowhere', '/nowhere/at/all'],
  ['case that is not there', '/c/missing'],
];

/** No violation of WCAG 2.2 AA or of good practice on the page, or in one part of it. */
async function expectClean(page: Page, part = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`)
        .slice(0, 4)
        .join(' | ')}`,
  );
  expect(told).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    for (const [name, path] of pages) {
      test(`axe finds nothing on the ${name}`, async ({ page }) => {
        await page.goto(serving().origin + path);
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
        await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
        await expectClean(page);
      });
    }

    test('axe finds nothing in any tab of the details, the help, the menus', async ({ page }) => {
      await page.goto(`${serving().origin}${pod}?v=rows`);
      const panel = podPage(page);
      await panel.entry(/^nc, /).click();
      for (const tab of ['Why flagged', 'Events', 'Network', 'Raw', 'Summary']) {
        await panel.openTab(tab);
        await expectClean(page, 'aside');
      }
      await page.getByRole('button', { name: 'Columns' }).click();
      await expect(page.getByRole('menu', { name: 'Columns' })).toBeVisible();
      await expectClean(page, '[role=menu]');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('menu')).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectClean(page, '[role=dialog]');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.getByRole('button', { name: /^Theme/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await expectClean(page, '[role=menu]');
    });
  });
}
