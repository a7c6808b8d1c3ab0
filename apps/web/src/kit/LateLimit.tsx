import { ChevronDown } from 'lucide-react';
import { Button } from './Button.tsx';
import { formatLimit } from './format.ts';
import { Menu } from './Menu.tsx';

export interface LateLimitProps {
  readonly ms: number;
  readonly onChange: (ms: number) => void;
}

const CHOICES = [10_000, 30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000];

/** How long after main a process is late. */
export function LateLimit({ ms, onChange }: LateLimitProps) {
  const choices = CHOICES.includes(ms) ? CHOICES : [...CHOICES, ms].toSorted((a, b) => a - b);
  return (
    <Menu
      label="Late after"
      entries={choices.map((one) => ({
        id: String(one),
        text: `${formatLimit(one)} after main`,
        chosen: one === ms,
      }))}
      onChoose={(id) => onChange(Number(id))}
    >
      <Button kind="quiet">
        Late after {formatLimit(ms)}
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
    </Menu>
  );
}
