import { useEffect, useMemo, useRef, useState } from 'react';
import { paintRowMap } from '../../paint/paintRowMap.ts';
import { readPaintTheme } from '../../paint/paintTheme.ts';
import { rowMap } from '../../view/rowMap.ts';
import type { VisibleTree } from '../../view/visibleTree.ts';
import styles from './RowsView.module.css';

const WIDTH = 12;

export interface RowMapProps {
  readonly tree: VisibleTree;
  /** First row in sight, and how many are. */
  readonly first: number;
  readonly shown: number;
  /** Called with a row to bring to the middle. */
  readonly onGo: (row: number) => void;
}

/** All rows in little at the right edge: where what is late and flagged lies. For the pointer; keys have n and F3. */
export function RowMap({ tree, first, shown, onGo }: RowMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const pixels = useMemo(() => rowMap(tree, height), [tree, height]);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || height === 0) return undefined;
    const paint = () => {
      const scale = devicePixelRatio;
      element.width = WIDTH * scale;
      element.height = height * scale;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      const scene = {
        pixels,
        from: first / tree.count,
        to: Math.min(1, (first + shown) / tree.count),
      };
      paintRowMap(context, scene, {
        size: { width: WIDTH, height },
        theme: readPaintTheme(element.parentElement ?? document.body),
      });
    };
    paint();
    const themed = new MutationObserver(paint);
    themed.observe(document.documentElement, { attributes: true });
    return () => themed.disconnect();
  }, [pixels, height, first, shown, tree.count]);
  const go = (clientY: number, element: HTMLCanvasElement) => {
    const box = element.getBoundingClientRect();
    const part = Math.max(0, Math.min(1, (clientY - box.top) / Math.max(1, box.height)));
    onGo(Math.min(tree.count - 1, Math.floor(part * tree.count)));
  };
  return (
    <canvas
      ref={canvas}
      className={styles.map}
      aria-hidden="true"
      data-testid="row-map"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event.clientY, event.currentTarget);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) go(event.clientY, event.currentTarget);
      }}
    />
  );
}
