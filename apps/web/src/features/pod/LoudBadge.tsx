import { flagMark, outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateWords } from '@forebear/model/words/lateWords';
import { Badge } from '../../kit/Badge.tsx';
import { formatDelta } from '../../kit/format.ts';

export interface LoudBadgeProps {
  /** Milliseconds after main, and above which that is late. */
  readonly late: number;
  readonly limit: number;
  /** Null: novelty unknown. */
  readonly isNew: boolean | null;
  /** Codes of its flags. */
  readonly flags: readonly string[];
}

/** How late it is, what else it is loud for, or both. */
export function LoudBadge({ late, limit, isNew, flags }: LoudBadgeProps) {
  const isLate = late > limit;
  return (
    <>
      {isLate && (
        <Badge tone="late">
          {formatDelta(late)} {lateWords({ isNew, isLoud: true })}
        </Badge>
      )}
      {(!isLate || outOfPlaceWords(flags) !== '') && (
        <Badge tone="late" sign="⇱">
          {flagMark(flags)}
        </Badge>
      )}
    </>
  );
}
