import { describe, expect, it } from 'vitest';
import { visibleText } from '../kit/visibleText.ts';
import { bendFor, type Camera, fitted } from '../layout/camera.ts';
import { rowLayout } from '../layout/rowLayout.ts';
import { type Scene, sceneOf } from '../layout/scene.ts';
import { defaultExpansion } from '../view/defaultExpansion.ts';
import { Folds } from '../view/folds.ts';
import { signs } from '../view/look.ts';
import { projectTree } from '../view/projectTree.ts';
import { inventTree } from '../view/testing/inventTree.ts';
import { buildTreeModel } from '../view/treeModel.ts';
import type { Brush } from './brush.ts';
import { paintMinimap } from './paintMinimap.ts';
import type { PaintTheme } from './paintTheme.ts';
import { paintTree } from './paintTree.ts';

const size = { width: 1200, height: 800 };
const theme: PaintTheme = {
  paper: 'paper',
  sunken: 'sunken',
  raised: 'raised',
  ink: 'ink',
  faint: 'faint',
  hairline: 'hairline',
  line: 'line',
  main: 'main',
  mainWash: 'mainWash',
  lateFill: 'lateFill',
  lateLine: 'lateLine',
  lateWash: 'lateWash',
  lateInk: 'lateInk',
  alert: 'alert',
  alertWash: 'alertWash',
  connection: 'connection',
  connectionWash: 'connectionWash',
  external: 'external',
  externalWash: 'externalWash',
  font: 'sans-serif',
};

interface Recorded {
  readonly rects: { fill: unknown; x: number; y: number; width: number; height: number }[];
  readonly texts: string[];
  strokes: number;
  points: number;
}

/** A brush that writes down what it is asked for. */
function recorder(): { brush: Brush; recorded: Recorded } {
  const recorded: Recorded = { rects: [], texts: [], strokes: 0, points: 0 };
  const point = () => {
    recorded.points += 1;
  };
  const nothing = () => undefined;
  const brush: Brush = {
    globalAlpha: 1,
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    font: '',
    textAlign: 'left',
    textBaseline: 'top',
    fillRect(x, y, width, height) {
      recorded.rects.push({ fill: brush.fillStyle, x, y, width, height });
    },
    clearRect: nothing,
    strokeRect: nothing,
    beginPath: nothing,
    closePath: nothing,
    moveTo: point,
    lineTo: point,
    quadraticCurveTo: point,
    roundRect: point,
    setLineDash: nothing,
    fillText(text) {
      recorded.texts.push(text);
    },
    save: nothing,
    restore: nothing,
    fill: nothing,
    stroke() {
      recorded.strokes += 1;
    },
    clip: nothing,
    measureText: (text) => ({ width: text.length * 6 }),
  };
  return { brush, recorded };
}

function sceneWith(processes: number, loudEvery: number, opened: readonly string[] = ['*']): Scene {
  const model = buildTreeModel(
    inventTree({ seed: 4, processes, shape: 'mixed', loudEvery, leavesEvery: 12 }),
    60_000,
  );
  const folds = new Folds(model);
  return sceneOf(
    rowLayout(
      projectTree(model, folds, {
        shape: 'graph',
        fold: false,
        opened: new Set(opened),
        closed: new Set(),
        defaults: defaultExpansion(model, folds),
      }),
    ),
    visibleText,
  );
}

function paint(scene: Scene, camera: Camera): Recorded {
  const { brush, recorded } = recorder();
  paintTree(brush, scene, camera, { size, theme, emphasis: { selected: 3, hovered: -1 } });
  return recorded;
}

function whole({ placed }: Scene): Camera {
  const box = { left: 0, top: 0, right: placed.width, bottom: placed.height };
  return fitted(box, size, bendFor(placed, size));
}

describe('painting', () => {
  it('shows late ones from any distance, at least three pixels large', () => {
    const scene = sceneWith(20_000, 400);
    const { rects } = paint(scene, whole(scene));
    const late = rects.filter(({ fill }) => fill === 'lateFill');
    const rows = scene.flaggedRows.length;
    expect(rows).toBeGreaterThan(20);
    const marks = late.filter(({ width, height }) => width >= 3 && height >= 3);
    // Marks on one pixel may share it; none lies outside the screen.
    expect(marks.length).toBeGreaterThan(rows * 0.8);
    for (const { x, y } of marks) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThan(size.height);
    }
  });

  it('shows a single late one among twenty thousand', () => {
    const model = inventTree({ seed: 4, processes: 20_000, shape: 'mixed' });
    model.nodes.loud[13_371] = 1;
    const built = buildTreeModel(model, 60_000);
    const folds = new Folds(built);
    const tree = projectTree(built, folds, {
      shape: 'graph',
      fold: false,
      opened: new Set(['*']),
      closed: new Set(),
      defaults: defaultExpansion(built, folds),
    });
    const scene = sceneOf(rowLayout(tree), visibleText);
    const last = paint(scene, whole(scene)).rects.filter(({ fill }) => fill === 'lateFill');
    expect(last.length).toBeGreaterThan(0);
    const { brush, recorded } = recorder();
    const map = { width: 168, height: 112 };
    paintMinimap(brush, scene, whole(scene), { size: map, view: size, theme });
    const dots = recorded.rects.filter(({ fill }) => fill === 'lateFill');
    expect(dots).toHaveLength(1);
    expect(dots[0]?.width).toBeGreaterThanOrEqual(3);
    expect(recorded.rects.at(-1)).toEqual(dots[0]);
  });

  it('costs what the screen can show, not what the tree holds', () => {
    const small = sceneWith(2000, 0);
    const large = sceneWith(60_000, 0);
    const near = { x: 0, y: -4000, scale: 1, bend: 1 };
    expect(paint(large, near).points).toBeLessThan(3000);
    const far = paint(large, whole(large));
    const cells = (size.width / 3) * size.height;
    expect(far.rects.length).toBeLessThan(cells);
    expect(paint(small, near).points).toBeLessThan(3000);
  });

  it('paints the hidden characters of a container as escapes', () => {
    const columns = inventTree({ seed: 1, processes: 3, shape: 'star' });
    for (const container of columns.containers) container.name = 'a\u202Eb\u001B[31m';
    const model = buildTreeModel(columns, 60_000);
    const tree = projectTree(model, new Folds(model), {
      shape: 'graph',
      fold: true,
      opened: new Set(['*']),
      closed: new Set(),
      defaults: new Uint8Array(3),
    });
    const scene = sceneOf(rowLayout(tree), visibleText);
    const { texts } = paint(scene, { x: 20, y: 20, scale: 1, bend: 1 });
    expect(texts).toContain('a⟨U+202E⟩b␛[31m');
    expect(texts.join()).not.toContain('\u202E');
  });

  it('paints no text of a log but the name of a container', () => {
    const scene = sceneWith(300, 10);
    const camera = { x: 20, y: 20, scale: 1, bend: 1 };
    const blocks = { ...camera, scale: 0.25 };
    const words = [...paint(scene, camera).texts, ...paint(scene, blocks).texts];
    const known = new Set(['runner', '?', ...Object.values(signs)]);
    expect(words.filter((word) => !known.has(word))).toEqual([]);
  });

  it('paints the sign of a destination that has no room for a word', () => {
    const scene = sceneWith(300, 10);
    const at = (scale: number) => paint(scene, { x: 20, y: 20, scale, bend: 1 });
    // Near, the words of the labels say it.
    expect(at(0.46).texts.filter((text) => text === '⇄' || text === '⊙')).toEqual([]);
    expect(at(0.44).texts.filter((text) => text === '⇄' || text === '⊙')).not.toEqual([]);
  });
});
