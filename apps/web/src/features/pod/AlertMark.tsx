import { Badge } from '../../kit/Badge.tsx';
import { isGrave } from '../../view/severities.ts';
import { alertText } from './rowTexts.ts';

export interface AlertMarkProps {
  readonly count: number;
  /** `gravityOf` the gravest. */
  readonly gravity: number;
  /** They are of what the row hides. */
  readonly isBelow?: boolean;
}

/** How many alerts, and how grave: by sign, by colour and in words. Nothing for none. */
export function AlertMark({ count, gravity, isBelow = false }: AlertMarkProps) {
  if (count === 0) return null;
  const { figure, words } = alertText(count, gravity, isBelow);
  return (
    <Badge tone={isGrave(gravity) ? 'alert' : 'plain'} sign="" label={words}>
      {figure}
    </Badge>
  );
}
