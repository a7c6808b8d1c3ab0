import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tellIncident } from '@forebear/model/scenario/incident/tellIncident';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Page } from '@playwright/test';
import { textOf } from './harness/api.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const { lines, truth } = generateReverseShell(7);
const log = textOf(lines);

test('a log dropped on the page shows its progress, and its case opens with what stands out', async ({
  page,
}, info) => {
  const file = info.outputPath('lab.ndjson');
  await writeFile(file, log);
  await page.goto(serving().origin);
  await page.getByLabel('into case').fill('dropped');
  await slowDown(page, 2_000_000);
  await dropFile(page, file);

  await expect(page.getByRole('progressbar', { name: 'Upload of lab.ndjson' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Uploads' })).toContainText(/MiB of \d/);
  await expect(page).toHaveURL(/\/c\/dropped/, { timeout: 30_000 });
  await expectWhatStandsOut(page, 'dropped');
});

test('a log chosen in the file chooser is taken in, and its tree is two presses away', async ({
  page,
}) => {
  await page.goto(serving().origin);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles({ name: 'lab.log', mimeType: '', buffer: log });

  await expect(page).toHaveURL(/\/c\/default/);
  await expectWhatStandsOut(page, 'default');
  const pods = page.getByRole('grid', { name: 'Pods and hosts' });
  await pods.getByRole('link', { name: truth.pod }).click();
  await expect(page).toHaveURL(new RegExp(`/c/default/p/${truth.namespace}/${truth.pod}`));
  const tree = page.getByRole('tree', { name: `Processes of ${truth.pod}` });
  await expect(tree.getByRole('treeitem', { name: /^node, .*main process/ })).toBeVisible();
});

test('a name that no case can have takes no log, neither chosen nor dropped, until it is mended', async ({
  page,
}, info) => {
  const file = info.outputPath('lab.ndjson');
  await writeFile(file, log);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url());
  });
  await page.goto(serving().origin);
  const field = page.getByLabel('into case');
  await field.fill('My Case');
  await expect(page.getByRole('alert')).toContainText('Nothing is sent');
  const choosers: unknown[] = [];
  page.on('filechooser', (chooser) => choosers.push(chooser));
  await page.getByRole('button', { name: 'Choose files' }).click();
  await expect(field).toBeFocused();
  await field.blur();
  await dropFile(page, file);
  await expect(field).toBeFocused();
  expect(choosers).toHaveLength(0);
  expect(sent).toEqual([]);

  await field.fill('my-case');
  await dropFile(page, file);
  await expect(page).toHaveURL(/\/c\/my-case/);
});

test('the same log again changes no number', async ({ page }) => {
  await serving().upload('again', 'lab.ndjson', lines);
  const before = await serving().read('/api/v1/pods?case=again');
  await page.goto(serving().origin);
  await page.getByLabel('into case').fill('again');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles({ name: 'lab.log', mimeType: '', buffer: log });
  await expect(page).toHaveURL(/\/c\/again/);
  await expectWhatStandsOut(page, 'again');
  expect(await serving().read('/api/v1/pods?case=again')).toBe(before);
});

const strangers: readonly { what: string; name: string; bytes: Buffer; says: RegExp }[] = [
  { what: 'a picture', name: 'cat.png', bytes: pictureBytes(), says: /PNG/ },
  { what: 'an empty file', name: 'empty.log', bytes: Buffer.alloc(0), says: /empty/i },
  {
    what: 'the log of a web server',
    name: 'access.log',
    bytes: textOf(['10.0.0.1 - - "GET / HTTP/1.1" 200 5', '10.0.0.2 - - "GET /x HTTP/1.1" 404 9']),
    says: /GET \/x HTTP/,
  },
];
for (const { what, name, bytes, says } of strangers) {
  test(`${what} is refused with what was found and what would be taken`, async ({ page }) => {
    await page.goto(serving().origin);
    await page.getByLabel('into case').fill('strangers');
    const answered = page.waitForResponse((answer) => answer.url().includes('/api/v1/sources?'));
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles({ name, mimeType: '', buffer: bytes });
    expect((await answered).status()).toBe(422);

    const uploads = page.getByRole('region', { name: 'Uploads' });
    await expect(uploads).toContainText('not taken');
    await expect(uploads).toContainText(says);
    await expect(uploads).toContainText('Tetragon and Hubble Enterprise');
    // Nobody is led away from a refusal, and no case is begun by it.
    await expect(page).toHaveURL(`${serving().origin}/`);
    expect(await serving().read('/api/v1/cases')).not.toContain('strangers');
    await expect(page.getByRole('link', { name: 'strangers' })).toHaveCount(0);
  });
}

test('a file that comes close to a log is asked about, and sent again as what its user says', async ({
  page,
}) => {
  const record = (priority: string) =>
    JSON.stringify({ rule: 'Shell', priority, time: '2024-01-01T00:00:00Z', output_fields: {} });
  await page.goto(serving().origin);
  await page.getByLabel('into case').fill('asked');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  const buffer = textOf([record('Sometimes'), record('Never')]);
  await (await chooser).setFiles({ name: 'odd.log', mimeType: '', buffer });

  const uploads = page.getByRole('region', { name: 'Uploads' });
  await expect(uploads).toContainText('"priority":"Sometimes"');
  await expect(uploads).toContainText('Falco: 2 of 2 records look like its');
  const again = page.waitForRequest((request) => request.url().includes('format=falco'));
  await uploads.getByRole('button', { name: 'Read it as Falco' }).click();
  expect((await again).url()).toContain('name=odd.log');
  await expect(uploads).toContainText('Read as Falco, it gave no event.');
  await expect(uploads.getByRole('button', { name: 'Read it as Falco' })).toHaveCount(0);
});

test('a folder comes with the paths of its files under one progress, and the pod is read from them', async ({
  page,
}, info) => {
  const folder = info.outputPath('collected');
  const { files } = tellIncident({ seed: 7 });
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await page.goto(serving().origin);
  await page.getByLabel('into case').fill('folder');
  await slowDown(page, 2_000_000);
  await dropFile(page, folder);
  const uploads = page.getByRole('region', { name: 'Uploads' });
  await expect(uploads).toContainText(`of ${files.length} files`);
  await expect(uploads.getByRole('button', { name: 'Cancel all' })).toBeVisible();
  await expect(page).toHaveURL(/\/c\/folder/, { timeout: 60_000 });
  const sources = await serving().read('/api/v1/sources?case=folder');
  const ofPod = files.find(({ path }) => path.startsWith('zeek/'));
  expect(sources).toContain(`collected/${ofPod?.path}`);
});

async function expectWhatStandsOut(page: Page, caseName: string): Promise<void> {
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(caseName);
  await expect(main).toContainText(
    /pods? ha(?:s|ve) processes that started more than .* after main/,
  );
  const pods = page.getByRole('grid', { name: 'Pods and hosts' });
  const crawler = pods.getByRole('row').filter({ hasText: truth.pod });
  await expect(crawler).toContainText('late and new');
}

/** A real drop of a real file, as the desktop would do it. */
async function dropFile(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 720, y: 300, data });
  }
}

/** A slow line up, so that there is something to see on the way. */
async function slowDown(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}

function pictureBytes(): Buffer {
  const head = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d];
  return Buffer.from([...head, ...Array.from({ length: 3000 }, (_, at) => (at * 37) % 256)]);
}

test('a case with nothing but a refused file says which, why, how large and what to do; its junk spoils no log', async ({
  page,
}) => {
  const junk = ['GET / 200', 'GET /a 404'];
  await page.request.post(`${serving().origin}/api/v1/cases`, {
    headers: { 'x-forebear-client': 'e2e' },
    data: { name: 'junk' },
  });
  await expect(serving().upload('junk', 'access.log', junk)).rejects.toThrow('is no log');
  await page.goto(`${serving().origin}/c/junk`);
  const main = page.getByRole('main');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The file was refused');
  await expect(main).toContainText(/access\.log is no log that Forebear reads: 2 lines of text/);
  await expect(main).toContainText('(21 B)');
  await expect(main).toContainText('Drop the log that the agent wrote');
  await expect(page.getByRole('banner')).not.toContainText('Not connected');
  await main.getByRole('link', { name: 'What was found in it' }).click();
  await expect(page.getByRole('row', { name: /^access\.log/ }).first()).toContainText(
    'refused: no log',
  );
  await serving().loadSample('junk', 'reverse-shell');
  await page.goto(`${serving().origin}/c/junk`);
  await expect(main).toContainText('file complete');
  await expect(main).not.toContainText('not understood');
});
