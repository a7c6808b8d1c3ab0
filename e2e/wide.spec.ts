import { generateTenThousandLoop } from '@forebear/model/scenario/tenThousandLoop';
import { generateTree } from '@forebear/model/scenario/wideTree';
import { openPod } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const thin = '\u202f';

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
    await serving().upload('huge', 'huge.ndjson', tree.lines);
  });

  test('opens, pans and zooms out, and marks stay in sight', async ({ page }) => {
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
    await expect(canvas).toBeVisible();
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
