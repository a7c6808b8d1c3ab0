import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { GraphEngine } from './graphEngine.ts';
import type { TreeActions } from './treeActions.ts';
import type { TreeState } from './useTree.ts';

const DRAG_FROM = 4;

/** Dragging, hovering, pressing and the wheel on the graph's stage. */
export function useGraphPointer(
  stage: RefObject<HTMLDivElement | null>,
  engine: GraphEngine,
  state: TreeState,
  actions: TreeActions,
) {
  const drag = useRef<{ x: number; y: number; moved: boolean }>(undefined);
  useEffect(() => {
    const element = stage.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : 1;
      if (event.ctrlKey || event.metaKey) {
        const box = element.getBoundingClientRect();
        const at = { x: event.clientX - box.left, y: event.clientY - box.top };
        engine.zoomBy(Math.exp((-event.deltaY * unit) / 300), at);
      } else if (event.shiftKey) engine.panBy(-event.deltaY * unit, 0);
      else engine.panBy(-event.deltaX * unit, -event.deltaY * unit);
    };
    // React's own wheel listener is passive, and a page that scrolls along is no map.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [stage, engine]);

  const rowUnder = (event: { clientX: number; clientY: number }): number => {
    const box = stage.current?.getBoundingClientRect();
    return box === undefined ? -1 : engine.rowAt(event.clientX - box.left, event.clientY - box.top);
  };
  return {
    onPointerEnter: () => actions.hold('pointer', true),
    onPointerLeave: () => {
      actions.hold('pointer', false);
      engine.setEmphasis({ hovered: -1 });
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      drag.current = { x: event.clientX, y: event.clientY, moved: false };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current;
      if (now === undefined || event.buttons === 0) {
        drag.current = undefined;
        engine.setEmphasis({ hovered: rowUnder(event) });
        return;
      }
      const x = event.clientX - now.x;
      const y = event.clientY - now.y;
      if (!now.moved && Math.hypot(x, y) < DRAG_FROM) return;
      if (!now.moved) event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.clientX, y: event.clientY, moved: true };
      engine.panBy(x, y);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current;
      drag.current = undefined;
      if (now === undefined || now.moved) return;
      const row = rowUnder(event);
      if (row < 0) return;
      const isTwisty = event.target instanceof Element && event.target.closest('[data-twisty]');
      if (isTwisty) state.toggle(row);
      else if (row === state.activeRow && event.detail >= 2) actions.openRow(row);
      else state.go(row);
    },
    onDoubleClick: (event: { clientX: number; clientY: number }) => {
      const row = rowUnder(event);
      if (row >= 0) actions.openRow(row);
    },
  };
}
