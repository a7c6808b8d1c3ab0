import { join } from 'node:path';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { chromium, type Page } from '@playwright/test';
import { apiOf } from './harness/api.ts';
import { chromiumLaunch } from './harness/chromium.ts';
import { openPod, podPage } from './harness/podPage.ts';
import { startServer } from './harness/server.ts';

/** Writes the README's pictures into a folder: the late shell of the sample, selected and explained. */
const folder = process.argv[2] ?? 'docs';
/** A card's width at scale 1. */
const CARD = 240;
const { truth } = generateReverseShell(7);
const pod = { caseName: 'incident', namespace: truth.namespace, pod: truth.pod };

const server = await startServer();
try {
  await apiOf(server.origin).loadSample(pod.caseName, 'reverse-shell');
  const browser = await chromium.launch(chromiumLaunch);
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await takePicture(
      page,
      join(folder, colorScheme === 'light' ? 'screenshot.png' : 'screenshot-dark.png'),
    );
    await page.close();
  }
  await browser.close();
} finally {
  await server.dispose();
}

async function takePicture(page: Page, path: string): Promise<void> {
  const { tree, details, ...parts } = podPage(page);
  const entry = (name: RegExp) => parts.entry(name);
  await openPod(page, server.origin, pod, '?tab=why');
  await tree.focus();
  for (const key of ['m', 'n']) await page.keyboard.press(key);
  await details.getByText('late_new').waitFor();
  await page.evaluate(() => document.fonts.ready);
  // As much room for the tree as its neighbours can spare, main in the upper left corner, cards as small as they say all.
  for (const [pane, x] of [
    ['Resize the list of pods', -40],
    ['Resize the details', 78],
  ] as const) {
    await dragBy(page, await page.getByRole('separator', { name: pane }).boundingBox(), {
      x,
      y: 0,
    });
  }
  const stage = boxOf(await tree.boundingBox());
  await page.mouse.move(stage.x + 40, stage.y + stage.height / 2);
  const { width } = boxOf(await entry(/main process/).boundingBox());
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 300 * Math.log(width / (CARD * 0.81)));
  await page.keyboard.up('Control');
  await page.waitForTimeout(300);
  const main = boxOf(await entry(/main process/).boundingBox());
  const ground = { x: stage.x + 40, y: stage.y + stage.height / 2, width: 0, height: 0 };
  await dragBy(page, ground, { x: stage.x + 14 - main.x, y: stage.y + 40 - main.y });
  // Nothing has the pointer or the focus: the picture is of the tree, not of a cursor.
  await page.mouse.move(0, 899);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await page.waitForTimeout(500);
  await page.screenshot({ path });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(box: Box | null): Box {
  if (box === null) throw new Error('What the picture is of is not drawn.');
  return box;
}

async function dragBy(
  page: Page,
  from: Box | null,
  by: { readonly x: number; readonly y: number },
): Promise<void> {
  const { x: left, y: top, width, height } = boxOf(from);
  const x = left + width / 2;
  const y = top + height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x, y + by.y, { steps: 4 });
  await page.mouse.up();
}
