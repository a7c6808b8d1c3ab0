import { cls } from '../../kit/cls.ts';
import { isGrave } from '../../view/severities.ts';
import type { VisibleTree } from '../../view/visibleTree.ts';
import styles from './CardAlerts.module.css';
import { alertText } from './rowTexts.ts';

/** The alerts of what a row hides. */
export function HiddenAlerts({ tree, row }: { readonly tree: VisibleTree; readonly row: number }) {
  const count = tree.hiddenAlerts[row] ?? 0;
  return <AlertFigure count={count} gravity={tree.hiddenGravity[row] ?? 0} isBelow />;
}

/** How many alerts, and how grave, in as little room as a card has. */
export function AlertFigure({
  count,
  gravity,
  isBelow,
}: {
  readonly count: number;
  readonly gravity: number;
  readonly isBelow: boolean;
}) {
  if (count === 0) return null;
  const { figure, words } = alertText(count, gravity, isBelow);
  return (
    <b
      className={cls(styles.badge, isGrave(gravity) && styles.grave, isBelow && styles.hidden)}
      title={words}
    >
      {figure}
    </b>
  );
}
