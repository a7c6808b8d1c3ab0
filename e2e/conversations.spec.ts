import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { conversationsAnswer } from '@forebear/model/wire/conversations';
import { podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

test('the shell’s own connection has both ends, and each opens the tree at its process', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab`);
  await page
    .getByRole('navigation', { name: /^Pages/ })
    .getByText('Conversations')
    .click();
  await expect(page).toHaveTitle(/^Conversations · lab/);
  const search = page.getByRole('combobox', { name: /filter/i });
  await search.fill('proc.name = nc');
  await search.press('Enter');
  const table = page.getByRole('treegrid', { name: 'Conversations' });
  const row = table.getByRole('row').filter({ hasText: truth.domain }).first();
  await expect(row).toContainText('late and new');
  await expect(row).toContainText('nc');
  await expect(row).toContainText(truth.pod);
  await expect(row).toContainText('external');
  await expect(row.getByTitle('nobody judged it')).toHaveText('–');

  // Without a pointer: the row opens, and from it the tree.
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const way = table.getByRole('link', { name: 'Tree of the client' });
  await way.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.pod}`));
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('nc');
});

test('the neighbour that was called is an end, too, and its row leads there', async ({ page }) => {
  const query = encodeURIComponent(`proc.name = java and fd.sport = ${truth.hop.port}`);
  await page.goto(`${serving().origin}/c/lab/conversations?q=${query}`);
  const table = page.getByRole('treegrid', { name: 'Conversations' });
  const row = table.getByRole('row').filter({ hasText: 'curl' }).first();
  await row.getByRole('link', { name: /java/ }).click();
  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.hop.to.pod}`));
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('java');
});

test('a window of time keeps what was open in it, and the server puts all in order', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab/conversations?sort=-bytes`);
  const table = page.getByRole('treegrid', { name: 'Conversations' });
  await expect(table.getByRole('columnheader', { name: 'Bytes' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const first = table.getByRole('row').nth(1);
  await expect(first).toContainText('MiB');
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const asked = page.waitForResponse((response) => response.url().includes('from='));
  await table.getByRole('button', { name: 'What else was open then' }).click();
  const { items, total } = conversationsAnswer.parse(await (await asked).json());
  expect(items.length).toBe(total);
  await expect(page.getByRole('main')).toContainText(`${items.length} conversation`);
  await expect(page).toHaveURL(/[?&]t=/);
  const clear = page.getByRole('button', { name: 'Show all times' });
  await clear.click();
  await expect(clear).toBeHidden();
  await expect(page).not.toHaveURL(/[?&]t=/);
});
