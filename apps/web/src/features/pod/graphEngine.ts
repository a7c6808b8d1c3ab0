import {
  bendFor,
  bounded,
  type Camera,
  centred,
  fitted,
  isSameCamera,
  revealed,
  type Size,
  scaleX,
  seenBy,
  zoomedAt,
} from '../../layout/camera.ts';
import { type Opening, openingCamera } from '../../layout/openingCamera.ts';
import { type Box, boxOf, rowAt, rowsIn, subtreeBox } from '../../layout/placed.ts';
import type { Scene } from '../../layout/scene.ts';
import { paintMinimap, worldAt } from '../../paint/paintMinimap.ts';
import { type PaintTheme, readPaintTheme } from '../../paint/paintTheme.ts';
import { blockScale, type Emphasis, paintTree, pillScale } from '../../paint/paintTree.ts';

/** How much a label says: everything, name and figures, the name, nothing. */
export type LabelDetail = 'full' | 'brief' | 'name' | 'far' | 'none';

/** The part of the tree whose labels are in the document. It changes when the camera leaves it, not per frame. */
export interface LabelWindow {
  readonly rows: Int32Array;
  readonly originX: number;
  readonly originY: number;
  readonly detail: LabelDetail;
}

interface Places {
  readonly stage: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly labels: HTMLElement;
  readonly map: HTMLCanvasElement;
}

const EMPTY: LabelWindow = { rows: new Int32Array(0), originX: 0, originY: 0, detail: 'none' };
const MOST_LABELS = 600;
const OVERSCAN = 0.35;
/**
 * Holds the camera of one graph and draws: at most once per animation frame, canvas and label layer in the same one. React
 * hears of it only when the window of labels has to change.
 */
export class GraphEngine {
  #places: Places | undefined;
  #theme: PaintTheme | undefined;
  #scene: Scene | undefined;
  #camera: Camera = { x: 24, y: 24, scale: 1, bend: 1 };
  #size: Size = { width: 0, height: 0 };
  #emphasis: Emphasis = { selected: -1, hovered: -1 };
  #frame = 0;
  #window = EMPTY;
  #windowBox: Box | undefined;
  #opened = false;
  #opening: Opening = { wanted: [], flagged: [] };
  #lastCentred = -1;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = (): LabelWindow => this.#window;

  attach(places: Places): () => void {
    this.#places = places;
    const resize = new ResizeObserver(() => this.#measure());
    resize.observe(places.stage);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const forced = matchMedia('(forced-colors: active)');
    const retheme = () => {
      this.#theme = undefined;
      this.#schedule();
    };
    const themed = new MutationObserver(retheme);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', retheme);
    forced.addEventListener('change', retheme);
    this.#measure();
    return () => {
      resize.disconnect();
      themed.disconnect();
      dark.removeEventListener('change', retheme);
      forced.removeEventListener('change', retheme);
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#places = undefined;
    };
  }

  /** Another scene. What `anchor` names keeps its place on the screen: [row before, row now]; -1: none. */
  setScene(scene: Scene, anchor: readonly [number, number], opening: Opening): void {
    const before = this.#scene;
    this.#scene = scene;
    this.#opening = opening;
    const [was, is] = anchor;
    if (before !== undefined && was >= 0 && is >= 0) {
      const old = boxOf(before.placed, was);
      const now = boxOf(scene.placed, is);
      const { scale } = this.#camera;
      this.#camera = {
        ...this.#camera,
        x: this.#camera.x + (old.left - now.left) * scaleX(this.#camera),
        y: this.#camera.y + (old.top - now.top) * scale,
      };
    }
    this.#windowBox = undefined;
    this.#bend();
    this.#open();
    this.#schedule();
  }

  setEmphasis(emphasis: Partial<Emphasis>): void {
    const next = { ...this.#emphasis, ...emphasis };
    if (next.selected === this.#emphasis.selected && next.hovered === this.#emphasis.hovered)
      return;
    if (next.selected !== this.#emphasis.selected) this.#windowBox = undefined;
    this.#emphasis = next;
    this.#schedule();
  }

  get scale(): number {
    return this.#camera.scale;
  }

  panBy(x: number, y: number): void {
    this.#move({ ...this.#camera, x: this.#camera.x + x, y: this.#camera.y + y });
  }

  zoomBy(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const { width, height } = this.#size;
    this.#move(zoomedAt(this.#camera, factor, at?.x ?? width / 2, at?.y ?? height / 2));
  }

  fitAll(): void {
    if (this.#scene === undefined) return;
    const { width, height } = this.#scene.placed;
    const all = { left: 0, top: 0, right: width, bottom: height };
    this.#move(fitted(all, this.#size, this.#camera.bend));
  }

  /** Centres the row; a second time in a row fits all that is drawn below it. */
  centre(row: number): void {
    if (this.#scene === undefined || row < 0) return;
    const { placed } = this.#scene;
    if (this.#lastCentred === row) {
      this.#move(fitted(subtreeBox(placed, row), this.#size, this.#camera.bend));
      return;
    }
    const camera = this.#camera.scale < 0.8 ? { ...this.#camera, scale: 1 } : this.#camera;
    this.#move(centred(camera, boxOf(placed, row), this.#size));
    this.#lastCentred = row;
  }

  reveal(row: number): void {
    if (this.#scene === undefined || row < 0 || row >= this.#scene.placed.tree.count) return;
    const box = boxOf(this.#scene.placed, row);
    this.#move(revealed(this.#camera, box, this.#size));
  }

  /** The card under a point of the stage; -1: none. */
  rowAt(x: number, y: number): number {
    if (this.#scene === undefined) return -1;
    const { scale } = this.#camera;
    const worldX = (x - this.#camera.x) / scaleX(this.#camera);
    return rowAt(this.#scene.placed, worldX, (y - this.#camera.y) / scale);
  }

  /** Moves the middle of the view to a point of the minimap. */
  goToMap(x: number, y: number, size: Size): void {
    if (this.#scene === undefined) return;
    const world = worldAt(this.#scene, size, x, y);
    const box = { left: world.x, right: world.x, top: world.y, bottom: world.y };
    this.#move(centred(this.#camera, box, this.#size));
  }

  #move(camera: Camera): void {
    if (this.#scene === undefined) return;
    const next = bounded(camera, this.#scene.placed, this.#size);
    if (isSameCamera(next, this.#camera)) return;
    this.#camera = next;
    this.#lastCentred = -1;
    this.#schedule();
  }

  #measure(): void {
    const { stage, canvas, map } = this.#places ?? {};
    if (stage === undefined || canvas === undefined || map === undefined) return;
    this.#size = { width: stage.clientWidth, height: stage.clientHeight };
    for (const one of [canvas, map]) {
      one.width = Math.max(1, Math.round(one.clientWidth * devicePixelRatio));
      one.height = Math.max(1, Math.round(one.clientHeight * devicePixelRatio));
    }
    this.#windowBox = undefined;
    this.#bend();
    this.#open();
    this.#schedule();
  }

  /** Bends the far view to the shape of tree and screen; the middle of the screen stays where it is. */
  #bend(): void {
    if (this.#scene === undefined || this.#size.width === 0) return;
    const bend = bendFor(this.#scene.placed, this.#size);
    const middle = (this.#size.width / 2 - this.#camera.x) / scaleX(this.#camera);
    const next = { ...this.#camera, bend };
    this.#camera = { ...next, x: this.#size.width / 2 - middle * scaleX(next) };
  }

  #open(): void {
    if (this.#opened || this.#scene === undefined || this.#size.width === 0) return;
    this.#opened = true;
    this.#camera = openingCamera(this.#scene.placed, this.#opening, this.#size, this.#camera.bend);
  }

  #schedule(): void {
    if (this.#frame !== 0 || this.#places === undefined) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const places = this.#places;
    const scene = this.#scene;
    if (places === undefined || scene === undefined || this.#size.width === 0) return;
    this.#theme ??= readPaintTheme(places.stage);
    const theme = this.#theme;
    const camera = this.#camera;
    const size = this.#size;
    const context = places.canvas.getContext('2d', { alpha: false });
    const map = places.map.getContext('2d');
    if (context === null || map === null) return;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paintTree(context, scene, camera, { size, theme, emphasis: this.#emphasis });
    const seen = seenBy(camera, size);
    const { width, height } = scene.placed;
    const isWhole = seen.left <= 0 && seen.top <= 0 && seen.right >= width && seen.bottom >= height;
    places.map.style.visibility = isWhole ? 'hidden' : 'visible';
    map.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const mapSize = { width: places.map.clientWidth, height: places.map.clientHeight };
    paintMinimap(map, scene, camera, { size: mapSize, view: size, theme });
    this.#updateWindow(scene);
    const { originX, originY } = this.#window;
    const x = camera.x + originX * camera.scale;
    const y = camera.y + originY * camera.scale;
    places.labels.style.transform = `translate(${x}px, ${y}px) scale(${camera.scale})`;
    places.labels.style.setProperty('--far', String(1 / camera.scale));
    places.stage.dataset['state'] = 'settled';
    places.stage.dataset['scale'] = camera.scale.toFixed(3);
  }

  #updateWindow(scene: Scene): void {
    const { scale } = this.#camera;
    const seen = seenBy(this.#camera, this.#size);
    const detail = detailAt(scale);
    const box = this.#windowBox;
    const isInside =
      box !== undefined &&
      detail === this.#window.detail &&
      seen.left >= box.left &&
      seen.top >= box.top &&
      seen.right <= box.right &&
      seen.bottom <= box.bottom;
    if (isInside) return;
    // From afar the window holds many cards: those in sight come before those beside it.
    const overscan = detail === 'far' || detail === 'name' ? OVERSCAN / 5 : OVERSCAN;
    const spareX = (seen.right - seen.left) * overscan;
    const spareY = (seen.bottom - seen.top) * overscan;
    const wide = {
      left: seen.left - spareX,
      top: seen.top - spareY,
      right: seen.right + spareX,
      bottom: seen.bottom + spareY,
    };
    this.#windowBox = wide;
    const { selected } = this.#emphasis;
    const found = detail === 'none' ? new Int32Array(0) : rowsIn(scene.placed, wide, MOST_LABELS);
    const isThere = selected < 0 || found.includes(selected);
    const rows = isThere ? found : Int32Array.from([...found, selected]).sort();
    this.#window = { rows, originX: Math.round(wide.left), originY: Math.round(wide.top), detail };
    for (const listener of this.#listeners) listener();
  }
}

function detailAt(scale: number): LabelDetail {
  if (scale < blockScale) return 'none';
  if (scale < pillScale) return 'far';
  if (scale < 0.55) return 'name';
  return scale < 0.8 ? 'brief' : 'full';
}
