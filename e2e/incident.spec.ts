import { AxeBuilder } from '@axe-core/playwright';
import { tellIncident } from '@forebear/model/scenario/incident/tellIncident';
import type { Page } from '@playwright/test';
import { openPod, type PodPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { files, expected } = tellIncident({ seed: 1 });
const caseName = 'six-agents';
const { refused, parts, authors, connections } = expected;
const place = { caseName, namespace: refused.namespace, pod: refused.pod };
const author = authors.find(({ execId }) => execId === parts.shell);
const who = `${author?.user} (as ${author?.impersonating})`;

test.beforeAll(async () => {
  for (const { path, text } of files) await serving().upload(caseName, path, [text]);
});

function open(page: Page, search = ''): Promise<PodPage> {
  return openPod(page, serving().origin, place, search);
}

test('six agents tell one tree, and each of them alone its own', async ({ page }) => {
  const pod = await open(page);
  const main = page.getByRole('main');
  await expect(
    main.getByText('told by Tetragon, Falco, KubeArmor, Hubble, Zeek, Kubernetes audit'),
  ).toBeVisible();
  await expect(main.getByText(/^created by system:serviceaccount:kube-system:/)).toBeVisible();
  // What three agents saw is there once.
  await expect(pod.entry(/^bash, .*injected/)).toHaveCount(1);

  await page.getByRole('button', { name: 'All 6 agents' }).click();
  await page.getByRole('menuitem', { name: /^Hubble/ }).click();
  await expect(page).toHaveURL(/agent=hubble/);
  await expect(pod.entry(/^no process known, \d+ flows/)).toBeVisible();
  await expect(main.getByText('Hubble names no process of it.')).toBeVisible();
  await page.goBack();
  await expect(pod.entry(/^bash, .*injected/)).toHaveCount(1);
});

test('the author of a kubectl exec stands on the injected shell, and in the ancestry of what it started', async ({
  page,
}) => {
  const pod = await open(page);
  const shell = pod.entry(/^bash, .*injected/);
  await expect(shell).toHaveAccessibleName(new RegExp(`started by ${escaped(who)}`));
  // The marks below the strip come with an answer of their own, and make room for themselves.
  await expect(page.getByRole('toolbar', { name: 'Calls to the API server' })).toBeVisible();
  await shell.click();
  const details = pod.details;
  await expect(details.getByText('Started through the API server by')).toBeVisible();
  await expect(details.getByText(author?.sourceIp ?? '', { exact: true })).toBeVisible();
  await expect(details.getByText(/^exact: /)).toBeVisible();

  await pod.entry(/^apt, /).click();
  await expect(details.getByRole('heading', { name: 'apt' })).toBeVisible();
  await expect(details.getByText(who)).toBeVisible();
});

test('what was blocked and what was dropped is drawn as that', async ({ page }) => {
  const pod = await open(page, '?v=rows');
  const apt = pod.entry(/^apt, /);
  await expect(apt).toHaveAccessibleName(/was prevented: never ran/);
  await expect(apt).not.toHaveAccessibleName(/alive|running/);
  await apt.click();
  const alerts = await pod.openTab('Alerts');
  await expect(alerts.getByText('BLOCKED')).toBeVisible();
  await expect(alerts.getByText(/^Block by /)).toBeVisible();

  const dropped = connections.find(({ verdict }) => verdict === 'DROPPED');
  const leaf = pod.entry(new RegExp(`^connection to ${escaped(dropped?.dialled.ip ?? '')}`));
  await expect(leaf).toHaveAccessibleName(/DROPPED, dropped by the network/);
  await leaf.click();
  const network = await pod.openTab('Network');
  await expect(network.getByText('dropped by the network: POLICY_DENIED')).toBeVisible();
});

test('alerts stand on their process, roll up to what hides it, and are listed for it and for the pod', async ({
  page,
}) => {
  const pod = await open(page, '?v=rows');
  const reader = pod.entry(/^cat, .*1 alert, Warning/).first();
  await expect(reader).toBeVisible();
  await reader.click();
  const touched = await pod.openTab('Files');
  await expect(touched.getByText(/^\/(etc\/shadow|var\/run\/secrets)/).first()).toBeVisible();

  // Closed, the shell says what is below it.
  const shell = pod.entry(/^bash, .*injected/);
  await shell.click();
  await page.keyboard.press('ArrowLeft');
  await expect(shell).toHaveAccessibleName(/below it \d+ alerts, Critical the gravest/);
  await page.keyboard.press('ArrowRight');
  await expect(shell).not.toHaveAccessibleName(/below it/);

  await page.keyboard.press('Home');
  const ofPod = await pod.openTab('Alerts');
  await expect(ofPod.getByRole('listitem')).toHaveCount(
    expected.alerts.filter((alert) => alert.pod === place.pod).length,
  );
  await expect(ofPod.getByText('no process known')).toHaveCount(0);
});

test('axe finds nothing on it, in graph and rows, light and dark', async ({ page }) => {
  for (const [colorScheme, search] of [
    ['light', '?n=o.'],
    ['dark', '?v=rows&tab=alerts'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await open(page, search);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

test('a mark of the strip opens the call that it stands for, by pointer and by keys', async ({
  page,
}) => {
  const pod = await open(page);
  const marks = page.getByRole('toolbar', { name: 'Calls to the API server' });
  await marks.getByRole('button', { name: /read a secret/ }).click();
  await expect(
    pod.details.locator('li:focus').filter({ hasText: 'read a secret: get secrets' }),
  ).toBeVisible();
  await marks.getByRole('button', { name: /read a secret/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(pod.details.getByRole('heading', { name: 'bash' })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(marks.getByRole('button', { name: /created the pod/ })).toBeVisible();
});
