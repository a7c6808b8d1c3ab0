import { Fragment, memo } from 'react';
import { cls } from './cls.ts';
import styles from './SafeText.module.css';
import { visibleRuns, visibleText } from './visibleText.ts';

export interface SafeTextProps {
  /** Text of a log: hostile until shown otherwise. */
  readonly text: string;
  /** What to draw instead of the whole, such as a clipped form; the whole stays in the title. */
  readonly shown?: string;
  readonly mono?: boolean;
  /** A long name may be broken behind its points, slashes and colons, before it is broken anywhere. */
  readonly breaksAtPoints?: boolean;
  readonly className?: string | undefined;
}

/**
 * Draws text of a log so that it can only be read: characters that are unseen or reorder others become
 * visible escapes, and its direction is isolated from everything around it.
 */
export const SafeText = memo(function SafeText(props: SafeTextProps) {
  const { text, shown, mono, breaksAtPoints, className } = props;
  const drawn = shown ?? text;
  const title = drawn === text ? undefined : visibleText(text);
  return (
    <bdi
      dir="ltr"
      className={cls(styles.text, mono === true && styles.mono, className)}
      title={title}
    >
      {visibleRuns(drawn).map((run, at) =>
        run.kind === 'plain' ? (
          <Fragment key={at}>
            {breaksAtPoints === true ? <Broken text={run.text} /> : run.text}
          </Fragment>
        ) : (
          <span
            key={at}
            className={cls(styles.escape, run.short !== undefined && styles.control)}
            title={run.title}
            data-short={run.short}
          >
            {run.text}
          </span>
        ),
      )}
    </bdi>
  );
});

function Broken({ text }: { readonly text: string }) {
  return text.split(/(?<=[./:])(?=[^./:\s])/).map((part, at) => (
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
