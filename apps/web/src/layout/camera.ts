import type { Box } from './placed.ts';

/**
 * What of the drawing is seen: screen x = world x * scaleX + x, screen y = world y * scale + y. Near and middling both
 * scales are one; from far a tree of a million pixels by ten thousand would be a line, so its width shrinks slower, as
 * `bend` says: 1 as fast, 0 not at all.
 */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly bend: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const largestScale = 1.6;
const smallestScale = 0.00002;
const MARGIN = 24;
/** Below this the width shrinks by its own measure. */
const FAR = 0.2;
const LEAST_BEND = 0.05;

export function scaleX({ scale, bend }: Pick<Camera, 'scale' | 'bend'>): number {
  return scale >= FAR ? scale : FAR * (scale / FAR) ** bend;
}

/** The bend with which width and height of a world fill the screen at the same time. */
export function bendFor(world: Size, size: Size): number {
  const down = (size.height - MARGIN * 2) / Math.max(1, world.height);
  const across = (size.width - MARGIN * 2) / Math.max(1, world.width);
  if (down >= FAR) return 1;
  if (across >= FAR) return LEAST_BEND;
  return clamp(Math.log(across / FAR) / Math.log(down / FAR), LEAST_BEND, 1);
}

/** The part of the world that a camera shows. */
export function seenBy(camera: Camera, size: Size): Box {
  return {
    left: -camera.x / scaleX(camera),
    top: -camera.y / camera.scale,
    right: (size.width - camera.x) / scaleX(camera),
    bottom: (size.height - camera.y) / camera.scale,
  };
}

/** Zooms by a factor; the world's point under the given point of the screen stays where it is. */
export function zoomedAt(camera: Camera, factor: number, atX: number, atY: number): Camera {
  const scale = clampScale(camera.scale * factor);
  const ratio = scale / camera.scale;
  const across = scaleX({ scale, bend: camera.bend }) / scaleX(camera);
  return {
    ...camera,
    scale,
    x: atX - (atX - camera.x) * across,
    y: atY - (atY - camera.y) * ratio,
  };
}

/** Never lets the whole drawing leave the screen: a part of it stays in sight. */
export function bounded(camera: Camera, world: Size, size: Size): Camera {
  const { scale } = camera;
  const across = world.width * scaleX(camera);
  const keepX = Math.min(size.width * 0.3, across);
  const keepY = Math.min(size.height * 0.3, world.height * scale);
  return {
    ...camera,
    x: clamp(camera.x, keepX - across, size.width - keepX),
    y: clamp(camera.y, keepY - world.height * scale, size.height - keepY),
  };
}

/** Shows a whole box, never larger than life. */
export function fitted(box: Box, size: Size, bend = 1): Camera {
  const width = Math.max(1, box.right - box.left);
  const height = Math.max(1, box.bottom - box.top);
  const down = (size.height - MARGIN * 2) / height;
  const wide = (size.width - MARGIN * 2) / width;
  const forWidth = wide >= FAR ? wide : FAR * (wide / FAR) ** (1 / bend);
  // A hair above what the logarithms give, so that the whole world fits when it is the whole world.
  const scale = clampScale(Math.min(1, forWidth * (1 + 1e-9), down));
  const across = scaleX({ scale, bend });
  return {
    bend,
    scale,
    x: (size.width - width * across) / 2 - box.left * across,
    y: (size.height - height * scale) / 2 - box.top * scale,
  };
}

/** The same scale with a box in the middle of the screen. */
export function centred(camera: Camera, box: Box, size: Size): Camera {
  const { scale } = camera;
  return {
    ...camera,
    x: size.width / 2 - ((box.left + box.right) / 2) * scaleX(camera),
    y: size.height / 2 - ((box.top + box.bottom) / 2) * scale,
  };
}

/** Moves no further than needed for a box to be seen, with some room around it; the same camera when it is. */
export function revealed(camera: Camera, box: Box, size: Size): Camera {
  const { scale } = camera;
  const shift = (start: number, end: number, extent: number): number => {
    const room = Math.min(MARGIN * 2, Math.max(0, (extent - (end - start)) / 2));
    if (start < room) return room - start;
    return end > extent - room ? extent - room - end : 0;
  };
  const across = scaleX(camera);
  const x = shift(box.left * across + camera.x, box.right * across + camera.x, size.width);
  const y = shift(box.top * scale + camera.y, box.bottom * scale + camera.y, size.height);
  return x === 0 && y === 0 ? camera : { ...camera, x: camera.x + x, y: camera.y + y };
}

export function isSameCamera(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.scale === b.scale && a.bend === b.bend;
}

function clampScale(scale: number): number {
  return clamp(scale, smallestScale, largestScale);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, Math.min(low, high)), Math.max(low, high));
}
