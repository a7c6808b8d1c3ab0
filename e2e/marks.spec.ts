import type { Locator } from '@playwright/test';
import { openPod, podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();

const idOf = (second: number, pid: number) =>
  Buffer.from(`node-1:${second * 1_000_000_000}:${pid}`).toString('base64');
const timeOf = (second: number) =>
  new Date(Date.UTC(2026, 2, 14, 9, 0, second)).toISOString().replace('Z', '000000Z');
const pod = {
  namespace: 'shop',
  name: 'web-1',
  container: { id: `containerd://${'ab'.repeat(32)}`, name: 'web', start_time: timeOf(1), pid: 1 },
};

interface Process {
  readonly pid: number;
  readonly second: number;
  readonly binary: string;
  readonly parent: string;
  readonly isInside: boolean;
}

/** A start and a call, as an agent reports them. */
function linesOf({ pid, second, binary, parent, isInside }: Process, ip: string): string[] {
  const process = {
    exec_id: idOf(second, pid),
    pid,
    uid: 0,
    cwd: '/',
    binary,
    flags: 'execve clone',
    start_time: timeOf(second),
    parent_exec_id: parent,
    ...(isInside ? { pod, docker: 'ab'.repeat(15) } : {}),
  };
  const common = { node_name: 'node-1', time: timeOf(second) };
  const ends = { source_ip: '10.0.0.5', source_port: 40_000 + pid, protocol: 'TCP' };
  return [
    JSON.stringify({ process_exec: { process }, ...common }),
    JSON.stringify({
      process_connect: { process, ...ends, destination_ip: ip, destination_port: 443 },
      ...common,
    }),
  ];
}

const main = { pid: 102, second: 2, binary: '/bin/web', parent: idOf(0, 1), isInside: true };
const below = { parent: idOf(2, 102), isInside: false };
const lines = [
  ...linesOf(main, '127.0.0.1'),
  ...linesOf({ ...below, pid: 103, second: 3, binary: '/bin/escaped' }, '203.0.113.9'),
  ...linesOf({ ...below, pid: 300, second: 200, binary: '/tmp/y' }, '203.0.113.9'),
];

test.beforeAll(async () => {
  await serving().upload('marks', 'marks.ndjson', lines);
});

test('a caller that left its container is marked as that, late or not, and leads into the tree of its pod', async ({
  page,
}) => {
  await page.goto(`${serving().origin}/c/marks/dst`);
  const table = page.getByRole('treegrid', { name: 'Destinations' });
  await table.getByRole('gridcell', { name: '203.0.113.9', exact: true }).click();
  const caller = (name: string) => page.getByRole('row').filter({ hasText: name }).last();
  await expect(caller('/bin/escaped')).toContainText('left its container');
  await expect(caller('/bin/escaped')).not.toContainText('late and new');
  await expect(caller('/tmp/y')).toContainText('left its container');
  await expect(caller('/tmp/y')).toContainText('late and new');
  await page.getByRole('link', { name: '/bin/escaped' }).click();
  await expect(page).toHaveURL(/\/p\/shop\/web-1/);
});

test('the details of a process that is late and out of its container say both', async ({
  page,
}) => {
  const place = { caseName: 'marks', namespace: 'shop', pod: 'web-1' };
  const panes = await openPod(page, serving().origin, place, '?v=rows');
  await panes.entry(/^y, /).click();
  const title = panes.details.locator('header');
  await expect(title).toContainText(/\+3 m 18\S* s late/);
  await expect(title).toContainText('left its container');
});

test('a filter that only such a process matches keeps its pod in the list', async ({ page }) => {
  await page.goto(`${serving().origin}/c/marks?q=proc.name%20%3D%20escaped`);
  const pods = page.getByRole('grid', { name: 'Pods and hosts' });
  await expect(pods.getByRole('link', { name: 'web-1' })).toBeVisible();
});

test('a loopback address says inside which pod it is', async ({ page }) => {
  await page.goto(`${serving().origin}/c/marks/dst`);
  await expect(page.getByRole('row', { name: /loopback inside web-1/ })).toBeVisible();
});

test('the overview says why to look beside lateness: what policies reported, who rose to root, and opens it', async ({
  page,
}) => {
  await serving().loadSample('why', 'reverse-shell');
  await page.goto(`${serving().origin}/c/why`);
  const reasons = page.getByRole('list', { name: 'Why flagged, beside lateness' });
  const reported = reasons.getByRole('listitem').filter({ hasText: 'policy' });
  await expect(reported).toContainText(
    /1 hit of the agent’s policy service-account-tokens: cat \d+ in crawler/,
  );
  const raised = reasons.getByRole('listitem').filter({ hasText: 'rose to root' });
  await expect(raised).toContainText(/sandbox-helper.*\/etc\/shadow.*in crawler/);
  // The process and its pod are both ways on, and look like it.
  const inPod = raised.getByRole('link', { name: /^crawler/ });
  const colour = (one: Locator) => one.evaluate((element) => getComputedStyle(element).color);
  const plain = await colour(raised);
  for (const link of await raised.getByRole('link').all())
    expect(await colour(link)).not.toBe(plain);
  await expect(inPod).toHaveAttribute('href', /\/p\/[^/]+\/crawler-/);
  await expect(inPod).not.toHaveAttribute('href', /[?&]n=/);
  await raised.getByRole('link', { name: 'sandbox-helper' }).click();
  await expect(podPage(page).details.locator('header')).toContainText('sandbox-helper');
});
