import { tellIncident } from '@forebear/model/scenario/incident/tellIncident';
import { podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { expected } = tellIncident({ seed: 7 });
const { alerts } = expected;

test.beforeAll(async () => {
  await serving().loadSample('six', 'six-agents');
  await serving().loadSample('quiet', 'reverse-shell');
});

test('alerts of two agents are one list, the gravest first, and the bar of pages says how many', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/six`);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await expect(pages.getByRole('link', { name: /^Alerts/ })).toContainText(String(alerts.length));
  await pages.getByRole('link', { name: /^Alerts/ }).click();
  const table = page.getByRole('treegrid', { name: 'Alerts' });
  const rows = table.getByRole('row', { level: 1 });
  await expect(rows).toHaveCount(alerts.length);
  await expect(rows.first()).toContainText('Critical');
  const prevented = rows.filter({ hasText: 'block-package-managers' });
  await expect(prevented).toContainText('BLOCKED');
  await expect(prevented).toContainText('CM-7(4)');
  // What was raised about a call to the API server is of the process that the call started.
  await expect(rows.filter({ hasText: 'Attach/Exec Pod' }).last()).toContainText('bash');

  await page.getByRole('button', { name: /Warning/ }).click();
  await expect(page).toHaveURL(/sev=Warning/);
  await expect(rows).toHaveCount(2);
  await page.goBack();
  await expect(rows).toHaveCount(alerts.length);
  await page.getByRole('button', { name: 'Agent' }).click();
  await page.getByRole('menuitem', { name: /KubeArmor/ }).click();
  await expect(rows).toHaveCount(alerts.filter(({ agent }) => agent === 'kubearmor').length);
});

test('by the keyboard: all that an alert says, its record, and the tree at its process', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/six/alerts`);
  const table = page.getByRole('treegrid', { name: 'Alerts' });
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(table).toContainText('BLOCKED: it did not happen. Block by BPFLSM');
  await table.getByRole('button', { name: 'Original record' }).click();
  await expect(table).toContainText('PolicyName');
  await table.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(table).not.toContainText('it did not happen');
  await page.keyboard.press('Enter');
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('apt');
});

test('a case whose agents do not alert says so; what matches nothing says what to take out', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/quiet/alerts`);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 2 })).toHaveText('No agent of this case alerts');
  await expect(main).toContainText('Tetragon reported what happened');
  await page.goto(`${serving().origin}/c/six/alerts?sev=Debug&q=nothing-like-this`);
  await expect(main).toContainText('No alerts match the filter');
  await main.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByRole('treegrid', { name: 'Alerts' })).toBeVisible();
});

test('a case says what it cannot tell, and the setting that would tell it', async ({ page }) => {
  const log = tellIncident({ seed: 7, agents: ['kubearmor'] }).files.map(({ text }) => text);
  await serving().upload('armor', 'kubearmor.log', log.join('').trimEnd().split('\n'));
  await page.goto(`${serving().origin}/c/armor`);
  await page.getByRole('link', { name: /^\d things?$/ }).click();
  const missing = page.getByRole('region', { name: 'What this case cannot tell' });
  await expect(missing).toContainText('when containers started');
  await expect(missing).toContainText('KubeArmor has no setting for it');
});

test('records that name no node are counted, and link to no host', async ({ page }) => {
  await page.goto(`${serving().origin}/c/six/health`);
  const cell = page.getByRole('cell', { name: '(no node name)' });
  await expect(cell).toBeVisible();
  await expect(cell.getByRole('link')).toHaveCount(0);
  await page.goto(`${serving().origin}/c/six/e?f=${encodeURIComponent('evt.source=k8s_audit')}`);
  await expect(page.getByRole('main')).not.toContainText('(no node name)');
});
