import type { Box } from './placed.ts';

/** What of the drawing is seen: screen = world * scale + (x, y). */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const largestScale = 1.6;
export const smallestScale = 0.004;
const MARGIN = 24;

/** The part of the world that a camera shows. */
export function seenBy(camera: Camera, size: Size): Box {
  return {
    left: -camera.x / camera.scale,
    top: -camera.y / camera.scale,
    right: (size.width - camera.x) / camera.scale,
    bottom: (size.height - camera.y) / camera.scale,
  };
}

/** Zooms by a factor; the world's point under the given point of the screen stays where it is. */
export function zoomedAt(camera: Camera, factor: number, atX: number, atY: number): Camera {
  const scale = clampScale(camera.scale * factor);
  const ratio = scale / camera.scale;
  return { scale, x: atX - (atX - camera.x) * ratio, y: atY - (atY - camera.y) * ratio };
}

/** Never lets the whole drawing leave the screen: a part of it stays in sight. */
export function bounded(camera: Camera, world: Size, size: Size): Camera {
  const { scale } = camera;
  const keepX = Math.min(size.width * 0.3, world.width * scale);
  const keepY = Math.min(size.height * 0.3, world.height * scale);
  return {
    scale,
    x: clamp(camera.x, keepX - world.width * scale, size.width - keepX),
    y: clamp(camera.y, keepY - world.height * scale, size.height - keepY),
  };
}

/** Shows a whole box, never larger than life. */
export function fitted(box: Box, size: Size): Camera {
  const width = Math.max(1, box.right - box.left);
  const height = Math.max(1, box.bottom - box.top);
  const scale = clampScale(
    Math.min(1, (size.width - MARGIN * 2) / width, (size.height - MARGIN * 2) / height),
  );
  return {
    scale,
    x: (size.width - width * scale) / 2 - box.left * scale,
    y: (size.height - height * scale) / 2 - box.top * scale,
  };
}

/** The opening view: life size at the tree's first card, or what is asked for in the middle. */
export function opening(size: Size, target?: Box): Camera {
  const home = { x: MARGIN, y: MARGIN, scale: 1 };
  if (target === undefined) return home;
  return revealed(home, target, size);
}

/** The same scale with a box in the middle of the screen. */
export function centred(camera: Camera, box: Box, size: Size): Camera {
  const { scale } = camera;
  return {
    scale,
    x: size.width / 2 - ((box.left + box.right) / 2) * scale,
    y: size.height / 2 - ((box.top + box.bottom) / 2) * scale,
  };
}

/** Moves no further than needed for a box to be seen, with some room around it; the same camera when it is. */
export function revealed(camera: Camera, box: Box, size: Size): Camera {
  const { scale } = camera;
  const shift = (low: number, high: number, at: number, extent: number): number => {
    const room = Math.min(MARGIN * 2, Math.max(0, (extent - (high - low) * scale) / 2));
    const start = low * scale + at;
    const end = high * scale + at;
    if (start < room) return at + room - start;
    if (end > extent - room) return at + extent - room - end;
    return at;
  };
  const x = shift(box.left, box.right, camera.x, size.width);
  const y = shift(box.top, box.bottom, camera.y, size.height);
  return x === camera.x && y === camera.y ? camera : { scale, x, y };
}

export function isSameCamera(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.scale === b.scale;
}

function clampScale(scale: number): number {
  return clamp(scale, smallestScale, largestScale);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, Math.min(low, high)), Math.max(low, high));
}
