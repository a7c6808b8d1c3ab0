import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { openPod, podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { truth } = generateReverseShell(7);
const crawler = { caseName: 'lab', namespace: truth.namespace, pod: truth.pod };
const lateShell = /^sh, late by 5 minutes 2 seconds, new, .*child of node/;

test.beforeAll(async () => {
  await serving().loadSample('lab', 'reverse-shell');
});

for (const shape of ['graph', 'rows']) {
  test(`the late shell is marked in the ${shape} and explained`, async ({ page }) => {
    const pod = await openPod(page, serving().origin, crawler, shape === 'rows' ? '?v=rows' : '');
    const main = pod.entry(/^node, formerly docker-entrypoint\.sh, main process/);
    await expect(main).toContainText('MAIN');
    const shell = pod.entry(lateShell);
    await expect(shell).toContainText('LATE AND NEW');
    await expect(shell).toContainText('+5 m 02.4 s');

    await shell.click();
    await expect(shell).toHaveAttribute('aria-selected', 'true');
    await expect(pod.details.getByRole('heading', { level: 2 })).toHaveText('sh');
    await expect(pod.details).toContainText('+5 m 02.4 s late');
    const why = await pod.openTab('Why flagged');
    await expect(why.getByRole('heading', { name: /Late and new/ })).toBeVisible();
    await expect(why).toContainText('late_new');
    // The rule, its threshold and the figure that crossed it.
    await expect(why).toContainText(/302\.4|302417|5 m/);
    await expect(why).toContainText(/60/);
  });
}

test('from afar a card keeps its name and its late mark', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler);
  await pod.entry(lateShell).click();
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('-');
  await expect(page.getByTestId('graph')).toHaveAttribute('data-scale', /^0\.[345]/);
  await expect(pod.entry(lateShell)).toContainText(/◷\s*sh/);
});

test('every field of the panel is read from the record, to the nanosecond', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler);
  await pod.entry(lateShell).click();
  const summary = await pod.openTab('Summary');
  const process: unknown = JSON.parse(
    await serving().read(
      `/api/v1/processes?case=lab&execId=${encodeURIComponent(truth.lateShellExecId)}`,
    ),
  );
  expect(process).toMatchObject({ items: [{ binary: '/bin/sh' }] });
  const fields =
    'Cluster|Event kind|Time|PID|UID|CWD|Binary|Arguments|Flags|Start time|Docker|AUID|' +
    'Namespace|Labels|Image ID|Image name|PID inside|Parent|Ancestors|After main|End|exec_id';
  for (const field of fields.split('|')) {
    await expect(summary.getByRole('term').filter({ hasText: field }).first()).toBeVisible();
  }
  await expect(summary).toContainText('unset');
  await expect(summary).not.toContainText('4294967295');
  await expect(summary).toContainText(truth.cluster);
  await expect(summary).toContainText(truth.lateShellExecId);
  await expect(summary).toContainText(/\d\d:\d\d:\d\d\.\d{3}\s\d{3}\s\d{3}/);
  await expect(summary).toContainText('by exec_id: exact');
});

test('a connection shows its name and why it is called so', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  const leaf = pod.entry(new RegExp(`^connection to ${truth.domain}, port 443, external`));
  await expect(leaf).toContainText(truth.domain);
  await expect(leaf).toContainText('EXTERNAL');
  await leaf.click();
  const network = await pod.openTab('Network');
  const item = network.getByRole('listitem').filter({ hasText: ':443' });
  await expect(item).toContainText(truth.domain);
  await expect(item).toContainText(truth.domainIp);
  await expect(item).toContainText('EXTERNAL');
  await expect(item).toContainText('named by the agent');
  await expect(item).toContainText('The name looks random');
  await expect(item).toContainText(/17\.8\sKiB \(18\s\d{3} bytes\) sent/);
  await expect(item).toContainText(/2\.3\sKiB \(2\s\d{3} bytes\) received/);
});

test('a connection that no event names is named by the DNS answer before it', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  await pod.entry(/^curl, .*late by 6 minutes 35 seconds/).click();
  const network = await pod.openTab('Network');
  const item = network.getByRole('listitem').filter({ hasText: `:${truth.exfilPort}` });
  await expect(item).toContainText(truth.domain);
  await expect(item).toContainText('DNS answer to this process');
});

test('what was collected and what was sent out are read to the byte', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  const mebibytes = (bytes: number) => new RegExp(`${(bytes / 1024 / 1024).toFixed(3)}\\sMiB`);
  const exact = (bytes: number) =>
    `${bytes.toLocaleString('en-US').replaceAll(',', '\u202f')} bytes`;
  await pod.entry(/^curl, .*late by 6 minutes 12 seconds/).click();
  const network = await pod.openTab('Network');
  const collected = network.getByRole('listitem').filter({ hasText: 'elasticsearch-master' });
  const received = collected.getByText(/received/);
  await expect(received).toHaveText(mebibytes(truth.hop.bytes));
  await expect(received).toHaveAttribute('title', exact(truth.hop.bytes));
  await pod.entry(/^curl, .*late by 6 minutes 35 seconds/).click();
  const sent = network
    .getByRole('listitem')
    .filter({ hasText: `:${truth.exfilPort}` })
    .getByText(/sent/);
  await expect(sent).toHaveText(mebibytes(truth.exfilBytes));
  await expect(sent).toHaveAttribute('title', exact(truth.exfilBytes));
});

test('a connection is followed to the process that accepted it, and back', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  const leaf = pod.entry(/^connection to elasticsearch-master.* port 9200/).nth(1);
  await leaf.click();
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.hop.to.pod}`));
  const there = podPage(page);
  await expect(there.details.getByRole('heading', { level: 2 })).toHaveText('java');
  await expect(there.entry(/^java, /)).toHaveAttribute('aria-selected', 'true');
  const hops = page.getByRole('navigation', { name: 'Hops' });
  await expect(hops).toContainText(`${truth.pod}:curl`);
  await expect(hops).toContainText(truth.hop.to.pod);

  await hops.getByRole('link', { name: `${truth.pod}:curl` }).click();
  await expect(page).toHaveURL(new RegExp(`/p/${truth.namespace}/${truth.pod}`));
  await expect(podPage(page).details.getByRole('heading', { level: 2 })).toHaveText('curl');
  await expect(hops).toBeHidden();
});

test('the destinations page lists every caller of Elasticsearch and marks the late ones', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab/dst`);
  const filter = page.getByRole('combobox');
  await filter.fill('elasticsearch');
  await filter.press('Enter');
  const table = page.getByRole('treegrid', { name: 'Destinations' });
  await table
    .getByRole('row')
    .filter({ hasText: `${truth.elasticsearch.ip}:` })
    .click();
  const callers = page.getByRole('table', { name: /^Called by/ });
  for (const caller of truth.callersOfElasticsearch) {
    const row = callers
      .getByRole('row')
      .filter({ hasText: String(caller.pid) })
      .filter({ hasText: caller.binary });
    await expect(row).toContainText(caller.pod);
    await expect(row).toContainText(caller.container);
    await expect(row.getByTitle(/^[\d\u202f]+ bytes$/)).toHaveCount(2);
    if (caller.lateAndNew) await expect(row).toContainText('LATE AND NEW');
    else await expect(row).not.toContainText('LATE AND NEW');
  }
});

test('a link opens the same view in another browser', async ({ page, browser, watch }) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  await pod.entry(/^sandbox-helper, /).click();
  await page.keyboard.press('ArrowLeft');
  await expect(pod.entry(/^sandbox-helper, /)).toHaveAttribute('aria-expanded', 'false');
  await pod.openTab('Why flagged');
  // The selection reaches the address when it has rested.
  await expect(page).toHaveURL(/[?&]n=/);
  await expect(page).toHaveURL(/[?&]x=/);
  const names = await pod.names();
  const selected = page.getByRole('row', { selected: true });
  const chosen = await selected.getAttribute('aria-label');

  const other = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  watch(other);
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  const same = podPage(theirs);
  await expect(theirs.getByRole('row', { selected: true })).toHaveAccessibleName(chosen ?? '');
  expect(await same.names()).toEqual(names);
  await expect(same.details.getByRole('tab', { name: 'Why flagged' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await other.close();
});

test('reloading keeps the view', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler);
  await page.getByRole('toolbar', { name: 'Tree' }).getByRole('button', { name: 'Rows' }).click();
  await pod.entry(lateShell).click();
  await page.keyboard.press('ArrowLeft');
  await expect(pod.entry(lateShell)).toHaveAttribute('aria-expanded', 'false');
  await expect(page).toHaveURL(/[?&]n=/);
  const names = await pod.names();
  const url = page.url();
  await page.reload();
  await expect(page.getByRole('row', { selected: true })).toHaveAccessibleName(lateShell);
  expect(await pod.names()).toEqual(names);
  expect(page.url()).toBe(url);
});

test('a link to a process that is not there says so, and the rest is usable', async ({ page }) => {
  const pod = await openPod(page, serving().origin, crawler, '?n=000000000000');
  await expect(page.getByRole('main')).toContainText('not in this tree');
  await expect(pod.entry(lateShell)).toBeVisible();
});

test('a forked worker at +81 s is outlined, not marked', async ({ page }) => {
  const pods: unknown = JSON.parse(await serving().read('/api/v1/pods?case=lab&filter=coreapi'));
  const name = /"pod":"(coreapi-[^"]+)"/.exec(JSON.stringify(pods))?.[1] ?? '';
  const pod = await openPod(page, serving().origin, { ...crawler, pod: name }, '?v=rows');
  await pod.entry(/^pod coreapi/).click();
  await page.keyboard.press('}');
  const workers = pod.entry(/late by 1 minute 21 seconds, seen before/);
  await expect(workers.first()).toBeVisible();
  expect(await workers.count()).toBe(truth.workerExecIds.length);
  await expect(workers.first()).not.toContainText('LATE AND NEW');
  await expect(pod.tree).not.toContainText('LATE AND NEW');
});

test('the numbers of processes agree between the overview and the tree, or say what the rest is', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/lab`);
  const row = page.getByRole('row').filter({ hasText: truth.pod });
  await expect(row).toContainText('19');
  await expect(page.getByRole('main')).toContainText(/Processes · \d+ of hosts/);
  await row.getByRole('link').click();
  const main = page.getByRole('main');
  await expect(main).toContainText('19 processes · 3 host ancestors');
});

test('a name that was not looked up in the log is not called an address used directly; no exit is not running', async ({
  page,
}) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  await pod.entry(/^node, formerly .*main process/).click();
  const summary = await pod.openTab('Summary');
  await expect(summary).toContainText('alive at end of log · no exit of it in this log');
  await expect(page.getByRole('main')).not.toContainText('running');
  await expect(pod.entry(/^node, formerly .*alive at end of log/)).toBeVisible();
});

test('columns of the rows are chosen without a pointer, and the choice is in the link', async ({
  page,
}) => {
  const pod = await openPod(page, serving().origin, crawler, '?v=rows');
  await expect(page.getByRole('columnheader', { name: 'User' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).focus();
  await page.keyboard.press('Enter');
  const user = page.getByRole('menuitem', { name: 'User' });
  await user.focus();
  await page.keyboard.press('Enter');
  await expect(user.getByLabel('chosen')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'User' })).toHaveCount(1);
  await expect(page).toHaveURL(/[?&]cols=[a-z,]*user/);
  await page.reload();
  await expect(pod.entry(lateShell)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'User' })).toHaveCount(1);
});
