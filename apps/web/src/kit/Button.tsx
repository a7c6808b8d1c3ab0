import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from 'react-aria-components/Button';
import styles from './Button.module.css';
import { cls } from './cls.ts';
import { Hint } from './Tooltip.tsx';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  readonly kind?: ButtonKind;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

/** The class that makes a router's link look like a button: it still goes somewhere. */
export const linkButton = cls(styles.button, styles.plain);

/** A control of 28 px that does something; a thing that goes somewhere is a link. */
export function Button({ kind = 'plain', icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={cls(styles.button, styles[kind], className)}>
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  readonly icon: ReactNode;
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly keys?: string;
}

/** A button of one picture, with its words in a tooltip. */
export function IconButton({
  icon,
  label,
  keys,
  kind = 'quiet',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Hint text={label} {...(keys === undefined ? {} : { keys })}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cls(styles.button, styles.square, styles[kind], className)}
      >
        <span className={styles.icon}>{icon}</span>
      </AriaButton>
    </Hint>
  );
}
