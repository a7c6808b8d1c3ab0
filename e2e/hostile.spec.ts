import type { Page } from '@playwright/test';
import {
  canary,
  hostileLines,
  hostileNamespace,
  hostilePod,
  payloads,
} from './harness/hostileLog.ts';
import { type PodPage, podPage } from './harness/podPage.ts';
import { expect, serveThisFile, test } from './harness/test.ts';

const serving = serveThisFile();
const lines = hostileLines();

test.beforeAll(async () => {
  await serving().upload('hostile', `${payloads[1]}.log`, [
    ...lines,
    '<b>not a record</b>',
    '{"x":',
  ]);
  const pods = await serving().read('/api/v1/pods?case=hostile');
  expect(pods).toContain(JSON.stringify(hostilePod).slice(1, -1));
});

/** Controls but for tab and line feed, what turns the direction, what has no width. */
const unseen = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\ufeff]/u;

/** Nothing of a payload ran, and none of it became an element or an attribute that acts. */
async function expectInert(page: Page): Promise<void> {
  const found = await page.evaluate((name) => {
    const ran = Reflect.get(window, name) !== undefined;
    const strange: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      for (const { name: attribute, value } of element.attributes) {
        const acts = attribute.startsWith('on') || attribute === 'srcdoc';
        const leads = /^(?:href|src|action|formaction|xlink:href|data)$/.test(attribute);
        if (
          acts ||
          (leads &&
            !/^(?:\/|#|\?|data:image\/svg|blob:)/.test(value) &&
            !value.startsWith(location.origin))
        ) {
          strange.push(`${element.tagName} ${attribute}=${value.slice(0, 80)}`);
        }
      }
    }
    const tags = [
      ...document.querySelectorAll(
        'body :is(img, script, style, iframe, base, meta, link, object, embed, details)',
      ),
    ];
    return { ran, strange, tags: tags.map((tag) => tag.cloneNode(false)).length };
  }, canary);
  expect(found).toEqual({ ran: false, strange: [], tags: 0 });
  // What turns or hides text is written out, in text and in names alike.
  const texts = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const all = [document.title];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      all.push(node.nodeValue ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label],[title]')) {
      all.push(element.getAttribute('aria-label') ?? '', element.getAttribute('title') ?? '');
    }
    return all;
  });
  const raw = texts.filter((text) => unseen.test(text)).map((text) => JSON.stringify(text));
  expect(raw).toEqual([]);
}

async function openHostile(page: Page, search = ''): Promise<PodPage> {
  const path = `/c/hostile/p/${hostileNamespace}/${encodeURIComponent(hostilePod)}`;
  await page.goto(serving().origin + path + search);
  const pod = podPage(page);
  await expect(pod.tree).toBeVisible();
  return pod;
}

for (const [name, path] of [
  ['start page', '/'],
  ['overview', '/c/hostile'],
  ['destinations', '/c/hostile/dst'],
  ['conversations', '/c/hostile/conversations'],
  ['events', '/c/hostile/e'],
  ['health', '/c/hostile/health'],
  ['host', `/c/hostile/n/${encodeURIComponent(payloads[1] ?? '')}`],
] as const) {
  test(`hostile words are only words on the ${name}`, async ({ page }) => {
    await page.goto(serving().origin + path);
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main').getByText(/loading/i)).toHaveCount(0);
    // Every row's details and tooltips are drawn once.
    const rows = page.getByRole('main').getByRole('row');
    for (const at of [1, 2, 3]) {
      if ((await rows.count()) > at) await rows.nth(at).hover();
    }
    await expectInert(page);
  });
}

test('hostile words are only words in the graph', async ({ page }) => {
  await openHostile(page);
  await expectInert(page);
  await page.getByRole('button', { name: 'Fit all' }).click();
  await expectInert(page);
});

test('hostile words are only words in rows, in all details, and in the original record', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const pod = await openHostile(page, '?v=rows&fold=0&x=*');
  await expectInert(page);
  await pod
    .entry(/late by 2 minutes/)
    .first()
    .click();
  for (const tab of ['Summary', 'Why flagged', 'Events', 'Network', 'Raw']) {
    const panel = await pod.openTab(tab);
    await expect(panel.getByText(/^Loading/)).toHaveCount(0);
    await expectInert(page);
  }
  // The record shows the payload as it was written.
  const panel = await pod.openTab('Raw');
  await expect(panel).toContainText('onerror');
  await pod.tree.focus();
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await expectInert(page);
});

test('hostile words are only words in the events below the tree and in an event of the list', async ({
  page,
}) => {
  await openHostile(page, '?v=rows');
  await page.getByRole('toolbar', { name: 'Tree' }).getByRole('button', { name: 'Events' }).click();
  await expect(page.getByRole('grid', { name: /^Events of/ })).toBeVisible();
  await expectInert(page);
  await page.goto(`${serving().origin}/c/hostile/e`);
  await page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(2).click();
  await expect(page.getByRole('region', { name: 'Original record' })).toContainText('onerror');
  await expectInert(page);
});

test('a hostile name of a file is only a name', async ({ page }) => {
  await page.goto(serving().origin);
  await page.getByLabel('into case').fill('names');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles({
    name: `<img src=x onerror=window.${canary}=1>\u202egnp.log`,
    mimeType: '',
    buffer: Buffer.from(`<script>window.${canary}=1</script>\u001b[2J\n`),
  });
  await expect(page.getByRole('region', { name: 'Uploads' })).toContainText('not taken');
  await expectInert(page);
});

for (const search of payloads.slice(0, 8)) {
  test(`an address that carries ${JSON.stringify(search)} runs nothing`, async ({ page }) => {
    const q = encodeURIComponent(search);
    await openHostile(page, `?q=${q}&n=${q}&x=${q}&via=a/b/${q}&tab=${q}&sort=${q}&root=${q}`);
    await expectInert(page);
    await page.goto(`${serving().origin}/c/${q}?q=${q}`);
    await expect(page.getByRole('main')).not.toBeEmpty();
    await expectInert(page);
  });
}
