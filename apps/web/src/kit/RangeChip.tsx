import { Chip } from './Chip.tsx';
import { formatSpan, type Moment, parseMoment, type Zone } from './formatTime.ts';

export interface RangeChipProps {
  /** RFC 3339; an absent end is open. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly zone: Zone;
  readonly onClear: () => void;
}

/** The time that a page is limited to, with the way out of it; nothing when it is not. */
export function RangeChip({ from, to, zone, onClear }: RangeChipProps) {
  const [start, end] = [parseMoment(from ?? ''), parseMoment(to ?? '')];
  const text = rangeText(start, end, zone);
  if (text === '') return null;
  return (
    <Chip removeLabel="Show all times" onRemove={onClear}>
      {text}
    </Chip>
  );
}

function rangeText(from: Moment | undefined, to: Moment | undefined, zone: Zone): string {
  if (from !== undefined && to !== undefined) return formatSpan(from, to, zone);
  if (from !== undefined) return `from ${startText(from, zone)}`;
  return to === undefined ? '' : `before ${startText(to, zone)}`;
}

/** One end of an open range, as `formatSpan` writes a beginning. */
function startText(at: Moment, zone: Zone): string {
  return formatSpan(at, at, zone).split(' – ')[0] ?? '';
}
