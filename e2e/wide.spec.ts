import { generateTenThousandLoop } from '@forebear/model/scenario/tenThousandLoop';
import { generateTree } from '@forebear/model/scenario/wideTree';
import type { Locator } from '@playwright/test';
import { openPod } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const thin = '\u202f';

/** How many pixels of a canvas are of the fill of what is late and new. */
function latePixels(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return -1;
    const pixels = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data;
    if (pixels === undefined) return -1;
    let found = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
      const far = Math.abs(red - 0xed) + Math.abs(green - 0xb4) + Math.abs(blue - 0x3e);
      if (far < 40) found += 1;
    }
    return found;
  });
}

/** The same log, and at its end one process more whose command nobody has run before. */
function* withStranger(lines: Iterable<string>): Generator<string> {
  let last = '';
  for (const line of lines) {
    if (line.startsWith('{"process_exec"')) last = line;
    yield line;
  }
  const id = /"exec_id":"([^"]+)"/.exec(last)?.[1] ?? '';
  const [node = '', since = ''] = Buffer.from(id, 'base64').toString().split(':');
  const other = Buffer.from(`${node}:${BigInt(since) + 1000n}:4000001`).toString('base64');
  yield last
    .replace(`"exec_id":"${id}","pid":`, `"exec_id":"${other}","pid":4000001,"was":`)
    .replace(/"binary":"[^"]*"/, '"binary":"/usr/bin/nc"')
    .replace(/"arguments":"[^"]*"/, '"arguments":"203.0.113.5 4444"');
}

test.describe('a parent of ten thousand children', () => {
  const { truth } = generateTenThousandLoop({ seed: 7 });
  const poller = { caseName: 'loop', namespace: truth.namespace, pod: '' };
  test.beforeAll(async () => {
    await serving().loadSample('loop', 'ten-thousand');
    const pods = await serving().read('/api/v1/pods?case=loop');
    poller.pod = /"pod":"(queue-poller[^"]*)"/.exec(pods)?.[1] ?? '';
  });

  test('is at most a dozen cards with exact counts, and the odd child is one of them', async ({
    page,
  }) => {
    const pod = await openPod(page, serving().origin, poller);
    await expect(pod.entry(/folded group/).first()).toBeVisible();
    const ofMain = /, child of sh, level \d+, \d+ of \d+$/;
    const children = (await pod.names()).filter((name) => ofMain.test(name));
    expect(children.length).toBeLessThanOrEqual(12);
    const head = page.getByRole('main').locator('header').first();
    const total = String(truth.totalChildren).replace(/(\d{3})$/, `${thin}$1`);
    await expect(head).toContainText(/10\s00\d processes/);
    const folded = children.flatMap((name) => {
      const count = /folded group of ([\d\s]+) processes/.exec(name)?.[1];
      return count === undefined ? [] : [Number(count.replaceAll(/\D/g, ''))];
    });
    const alone = children.filter((name) => !name.includes('folded group')).length;
    expect(
      folded.reduce((sum, count) => sum + count, alone),
      total,
    ).toBe(truth.totalChildren);
    expect(children.filter((name) => /calls outside/.test(name))).toHaveLength(1);
    expect(children.filter((name) => /exit code 22/.test(name))).toHaveLength(1);
  });

  test('is scrolled to its last child in the rows, which are counted truly', async ({ page }) => {
    const pod = await openPod(page, serving().origin, poller, '?v=rows&fold=0&x=*');
    await expect(pod.tree).toHaveAttribute('aria-rowcount', /^15\d{3}$/);
    const last = pod.tree.getByRole('row', { selected: true });
    await last.focus();
    await page.keyboard.press('End');
    await expect(last).toHaveAttribute('aria-posinset', String(truth.totalChildren));
    await expect(last).toHaveAttribute('aria-setsize', String(truth.totalChildren));
    await expect(last).toBeInViewport();
    expect((await pod.names()).length).toBeLessThan(120);
  });

  test('is opened at its 9,999th child by a link, with everything above it', async ({ page }) => {
    const found: unknown = JSON.parse(
      await serving().read(
        `/api/v1/processes?case=loop&execId=${encodeURIComponent(truth.lastExecId)}`,
      ),
    );
    const ref = /"ref":"([^"]+)"/.exec(JSON.stringify(found))?.[1] ?? '';
    const pod = await openPod(page, serving().origin, poller, `?v=rows&n=${ref}`);
    const row = pod.tree.getByRole('row', { selected: true });
    await expect(row).toBeInViewport();
    await expect(pod.details).toContainText(truth.lastExecId);
  });
});

test.describe('a tree of 100,000 processes', () => {
  const tree = generateTree({ seed: 7, processes: 100_000, shape: 'mixed' });
  const place = { caseName: 'huge', namespace: tree.truth.namespace, pod: tree.truth.pod };
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    await serving().upload('huge', 'huge.ndjson', withStranger(tree.lines));
  });

  test('opens, pans and zooms out, and the late marks stay in sight', async ({ page }) => {
    test.setTimeout(120_000);
    const pod = await openPod(page, serving().origin, place, '', 90_000);
    await expect(page.getByRole('main').locator('header').first()).toContainText(
      /100\s00\d processes/,
    );
    await pod.tree.focus();
    for (const key of ['s', 'd', 's', '}', 'd', 's', '-', '-', '-', '-', '-', '0']) {
      await page.keyboard.press(key);
      expect((await pod.names()).length).toBeLessThanOrEqual(600);
    }
    const canvas = pod.tree.locator('canvas').first();
    // Seen from farthest away, what is late and new is still drawn in its colour.
    await expect.poll(() => latePixels(canvas)).toBeGreaterThan(3);
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 4000);
    await page.mouse.wheel(0, -9000);
    expect(await page.locator('*').count()).toBeLessThan(4000);
    // Still a page that answers.
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(pod.details).toContainText(place.pod);
  });
});

test('a chain of 20,000 processes opens, and its last is reached', async ({ page }) => {
  const chain = generateTree({ seed: 7, processes: 20_000, shape: 'chain' });
  await serving().upload('deep', 'deep.ndjson', chain.lines);
  const place = { caseName: 'deep', namespace: chain.truth.namespace, pod: chain.truth.pod };
  const pod = await openPod(page, serving().origin, place, '', 40_000);
  await expect(pod.entry(/^[\d\s]+ steps/).first()).toBeVisible();
  await page.goto(`${page.url().split('?')[0]}?v=rows&fold=0&x=*`);
  await pod.tree.getByRole('row', { level: 1 }).focus();
  await page.keyboard.press('End');
  const last = pod.tree.getByRole('row', { selected: true });
  await expect(last).toHaveAttribute('aria-level', /^20\d{3}$/);
  await expect(last).toBeInViewport();
});
