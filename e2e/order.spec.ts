import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Locator } from '@playwright/test';
import { openPod } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);
const crawler = { caseName: 'lab', namespace: truth.namespace, pod: truth.pod };

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

test('siblings are ordered by the head of a column; the order is in the link, and the tree stays a tree', async ({
  page,
}) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows&fold=0&x=*');
  const head = (name: string) => pod.tree.getByRole('columnheader', { name });
  await expect(head('After main')).toHaveAttribute('aria-sort', 'none');
  const before = await pod.names();

  await head('Process').getByRole('button').click();
  await expect(page).toHaveURL(/[?&]sort=process/);
  await expect(head('Process')).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => pod.names()).not.toEqual(before);
  await expect.poll(() => levelsAreWhole(pod.tree)).toBe(true);

  await head('Process').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(head('Process')).toHaveAttribute('aria-sort', 'descending');
  const descending = await pod.names();
  await page.reload();
  await expect(head('Process')).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(() => pod.names()).toEqual(descending);

  // The order by start has its own head; where there is room for it a third press only turns the order round.
  await head('Process').getByRole('button').click();
  if ((await head('Start').count()) > 0) {
    await expect(head('Process')).toHaveAttribute('aria-sort', 'ascending');
    await head('Start').getByRole('button').click();
  }
  await expect(page).not.toHaveURL(/[?&]sort=/);
  await expect.poll(() => pod.names()).toEqual(before);
});

test('a list that a column orders says so, and goes back to its own order by a button', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab`);
  const pods = page.getByRole('grid', { name: 'Pods and hosts' });
  const head = pods.getByRole('columnheader', { name: 'Processes' });
  const back = page.getByRole('button', { name: 'Default order' });
  await expect(head).toBeVisible();
  await expect(back).toHaveCount(0);
  for (const direction of ['descending', 'ascending', 'descending']) {
    await head.getByRole('button').click();
    await expect(head).toHaveAttribute('aria-sort', direction);
  }
  await back.click();
  await expect(page).not.toHaveURL(/[?&]sort=/);
  await expect(head).toHaveAttribute('aria-sort', 'none');
  await expect(back).toHaveCount(0);
});

/** No row is more than one level below the one before it: a parent is above its children. */
function levelsAreWhole(tree: Locator): Promise<boolean> {
  return tree.locator('[role=row][aria-level]').evaluateAll((rows) => {
    const inOrder = rows.toSorted(
      (a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')),
    );
    return inOrder.every((row, at) => {
      const before = inOrder[at - 1];
      if (before === undefined) return true;
      const gap =
        Number(row.getAttribute('aria-rowindex')) - Number(before.getAttribute('aria-rowindex'));
      return gap > 1 || Number(row.ariaLevel) <= Number(before.ariaLevel) + 1;
    });
  });
}
