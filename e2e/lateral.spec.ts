import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { openPod, podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

test('hops of late and new processes come first, each opens the tree at either end', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab`);
  await page
    .getByRole('navigation', { name: /^Pages/ })
    .getByText('Lateral')
    .click();
  const table = page.getByRole('treegrid', { name: 'Hops' });
  const first = table.getByRole('row').nth(1);
  await expect(first).toContainText('late and new');
  await expect(first).toContainText('curl');
  await expect(first).toContainText(truth.hop.to.pod);
  await expect(first).toContainText(`:${truth.hop.port}/tcp`);
  await expect(first).toContainText('likely');

  // Without a pointer: the row opens, and from it either tree.
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  const called = table.getByRole('link', { name: 'Tree of the called' });
  await called.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.hop.to.pod}`));
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('java');
  await expect(page.getByRole('navigation', { name: 'Hops' })).toContainText(/curl\s*likely/);

  await page.goBack();
  await table.getByRole('link', { name: 'Tree of the caller' }).click();
  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.pod}`));
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('curl');
});

test('the filter keeps hops by either end and says what it cannot ask of them', async ({
  page,
}) => {
  const query = encodeURIComponent('proc.name = curl and evt.type = connect');
  await page.goto(`${serving().origin}/c/lab/lateral?q=${query}`);
  await expect(page.getByRole('main')).toContainText('hops have no evt.type');
  await expect(page.getByRole('main')).toContainText(/\d+ of 24 hops/);
  const table = page.getByRole('treegrid', { name: 'Hops' });
  await expect(table.getByRole('row').filter({ hasText: 'gunicorn' }).first()).toContainText(
    'curl',
  );
});

test('the process that was called lists all its callers, not the first only', async ({ page }) => {
  const place = { caseName: 'lab', namespace: truth.namespace, pod: truth.hop.to.pod };
  const pod = await openPod(page, serving().origin, place, '?v=rows');
  const leaf = pod.entry(new RegExp(`^accepted from .*${truth.pod}.*from a process in`));
  await expect(leaf).toHaveAccessibleName(/likely, 3 processes/);
  await leaf.click();
  await page.keyboard.press('Enter');
  const network = await pod.openTab('Network');
  const item = network
    .getByRole('listitem')
    .filter({ hasText: /3 callers at the other end/ })
    .first();
  for (const caller of truth.callersOfElasticsearch.filter(({ pod: name }) => name === truth.pod)) {
    await expect(item).toContainText(String(caller.pid));
  }
  await expect(item.getByText('LATE AND NEW', { exact: true })).toHaveCount(3);
  await item.getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.pod}`));
});
