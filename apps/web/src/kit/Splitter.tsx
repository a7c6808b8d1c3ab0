import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { cls } from './cls.ts';
import { readNumber, remember } from './remembered.ts';
import styles from './Splitter.module.css';

export interface SplitterProps {
  /** Under which name the size is remembered on this machine. */
  readonly name: string;
  /** Said of the handle: `Resize the details panel`. */
  readonly label: string;
  /** `row`: the panes lie side by side; `column`: one above the other. */
  readonly direction: 'row' | 'column';
  /** Which pane has the size; the other takes the rest. */
  readonly sized: 'first' | 'second';
  /** Pixels, before anybody moved it. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  /** Hides the sized pane and the handle; the size is kept. */
  readonly collapsed?: boolean;
  readonly first: ReactNode;
  readonly second: ReactNode;
}

/** Two panes and a handle that is dragged, or moved with the arrow keys (Shift: ten times as far), or put back by a double click. */
export function Splitter(props: SplitterProps) {
  const {
    name,
    label,
    direction,
    sized,
    initial,
    min,
    max,
    collapsed = false,
    first,
    second,
  } = props;
  const [size, setSize] = useState(() => readNumber(`split.${name}`) ?? initial);
  const drag = useRef<{ readonly from: number; readonly size: number } | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  const sign = sized === 'first' ? 1 : -1;

  const moveTo = (wanted: number) => {
    const room = box.current?.getBoundingClientRect();
    const extent = (direction === 'row' ? room?.width : room?.height) ?? max;
    const next = Math.round(Math.max(min, Math.min(wanted, max, Math.max(min, extent - 160))));
    setSize(next);
    remember(`split.${name}`, String(next));
  };
  const along = (event: PointerEvent) => (direction === 'row' ? event.clientX : event.clientY);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 80 : 8;
    const less = direction === 'row' ? 'ArrowLeft' : 'ArrowUp';
    const more = direction === 'row' ? 'ArrowRight' : 'ArrowDown';
    if (event.key === less) moveTo(size - step * sign);
    else if (event.key === more) moveTo(size + step * sign);
    else if (event.key === 'Home') moveTo(min);
    else if (event.key === 'End') moveTo(max);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const pane = (which: 'first' | 'second', content: ReactNode) => {
    const isSized = which === sized;
    if (isSized && collapsed) return null;
    const extent = direction === 'row' ? { width: size } : { height: size };
    return (
      <div
        className={cls(styles.pane, isSized ? styles.fixed : styles.rest)}
        style={isSized ? extent : {}}
      >
        {content}
      </div>
    );
  };

  return (
    <div ref={box} className={cls(styles.splitter, styles[direction])}>
      {pane('first', first)}
      {!collapsed && (
        <div
          className={styles.handle}
          role="separator"
          tabIndex={0}
          aria-label={label}
          aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
          aria-valuenow={size}
          aria-valuemin={min}
          aria-valuemax={max}
          onKeyDown={onKeyDown}
          onDoubleClick={() => moveTo(initial)}
          onPointerDown={(event) => {
            drag.current = { from: along(event), size };
            event.currentTarget.setPointerCapture(event.pointerId);
            event.preventDefault();
          }}
          onPointerMove={(event) => {
            if (drag.current === undefined) return;
            moveTo(drag.current.size + (along(event) - drag.current.from) * sign);
          }}
          onPointerUp={() => {
            drag.current = undefined;
          }}
          onPointerCancel={() => {
            drag.current = undefined;
          }}
        />
      )}
      {pane('second', second)}
    </div>
  );
}
