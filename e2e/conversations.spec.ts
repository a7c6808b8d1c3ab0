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

test('a window is typed, by keys alone; a time that counts from main is said not to apply', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab/conversations?t=+10s..+404s`);
  const main = page.getByRole('main');
  await expect(main).toContainText('not applied: +10s..+404s counts from a pod’s main');
  await page.getByRole('button', { name: 'Open during…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Open during' });
  await expect(dialog.getByLabel('From')).toBeFocused();
  await page.keyboard.type('soon');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert').first()).toContainText('This is no time');
  await dialog.getByLabel('From').fill('1999-01-01 00:00');
  await dialog.getByLabel('Until').fill('1999-01-01 00:01');
  const asked = page.waitForResponse((response) => response.url().includes('from=1999'));
  await page.keyboard.press('Enter');
  expect(conversationsAnswer.parse(await (await asked).json()).total).toBe(0);
  await expect(main).toContainText('There are no conversations of that time');
  await expect(page).toHaveURL(/t=1999-01-01T00:00:00Z\.\.1999-01-01T00:01:00Z/);
});

test('a window drawn over a pod’s events is the window of its conversations', async ({ page }) => {
  await page.goto(`${serving().origin}/c/lab/p/${truth.namespace}/${truth.pod}`);
  const from = page.getByRole('slider', { name: 'Times from' });
  await from.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page).toHaveURL(/[?&]t=\d{4}-/);
  const asked = page.waitForResponse(
    (response) => response.url().includes('/conversations?') && response.url().includes('from='),
  );
  await page
    .getByRole('navigation', { name: /^Pages/ })
    .getByText('Conversations')
    .click();
  await asked;
  await expect(page.getByRole('button', { name: 'Show all times' })).toBeVisible();
});
