import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Page } from '@playwright/test';
import { podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);

/** Tabs on until what has the focus answers to a name; every stop on the way can be seen. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  const names: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    // What a page gives the focus on arrival is no way to go.
    if (stop > 0) await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return '';
      return `${focused.getAttribute('role') ?? focused.tagName.toLowerCase()} ${focused.getAttribute('aria-label') ?? focused.textContent ?? ''}`.trim();
    });
    names.push(name);
    if (wanted.test(name)) return;
  }
  throw new Error(`No stop ${wanted} among: ${names.join(' | ')}`);
}

test('without a pointer: from the start page to why the late shell is flagged', async ({
  page,
}) => {
  await page.goto(serving().origin);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await tabTo(page, /^button .*reverse shell/i);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/c\/[^/]+$/, { timeout: 20_000 });
  await expect(page.getByRole('grid', { name: 'Pods and hosts' })).toBeVisible();
  await tabTo(page, /^grid Pods and hosts/);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.pod}`));
  const pod = podPage(page);
  await expect(pod.tree).toBeVisible();
  await tabTo(page, /^tree Processes of/);
  await page.keyboard.press('m');
  await expect(pod.details.getByRole('heading', { level: 2 })).toHaveText('node');
  await page.keyboard.press('n');
  await expect(pod.details.getByRole('heading', { level: 2 })).toHaveText('sh');
  await expect(pod.details).toContainText('+5 m 02.4 s late');
  await expect(pod.tree.getByRole('treeitem', { selected: true })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(pod.details).toBeFocused();
  await tabTo(page, /^tab /);
  for (let tries = 0; tries < 5; tries += 1) {
    const chosen = pod.details.getByRole('tab', { selected: true });
    if ((await chosen.textContent())?.startsWith('Why flagged') === true) break;
    await page.keyboard.press('ArrowRight');
  }
  await expect(pod.details.getByRole('tabpanel')).toContainText('late_new');
  // And back to the tree, on the same process.
  await page.keyboard.press('Escape');
  await expect(pod.tree).toBeFocused();
  await page.keyboard.press('2');
  const row = page.getByRole('row', { selected: true });
  await expect(row).toHaveAccessibleName(/^sh, late by 5 minutes 2 seconds/);
});

test('without a pointer: every part of the tree is walked and every view is reached', async ({
  page,
}) => {
  await serving().loadSample('walk', 'reverse-shell');
  await page.goto(`${serving().origin}/c/walk/p/${truth.namespace}/${truth.pod}?v=rows`);
  const pod = podPage(page);
  await expect(pod.tree).toBeVisible();
  await tabTo(page, /^row /);
  const selected = page.getByRole('row', { selected: true });
  await page.keyboard.press('Home');
  await expect(selected).toHaveAccessibleName(/^pod crawler/);
  await page.keyboard.press('ArrowDown');
  await expect(selected).toHaveAccessibleName(/steps of the host/);
  await page.keyboard.press('End');
  await page.keyboard.press('n');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('u');
  await expect(page.getByRole('button', { name: 'Since parent' })).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('grid', { name: /^Events of/ })).toBeVisible();
  await page.keyboard.press('e');
  await page.keyboard.press('\\');
  await expect(pod.details).toBeHidden();
  await page.keyboard.press('\\');
  // The letters of the tree act in the details, too; Escape leads back.
  await page.keyboard.press('Enter');
  await expect(pod.details).toBeFocused();
  await page.keyboard.press('e');
  await expect(page.getByRole('grid', { name: /^Events of/ })).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('grid', { name: /^Events of/ })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(selected).toBeFocused();
  await page.keyboard.press('1');
  await expect(page.getByRole('tree')).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Next and previous flagged process');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
