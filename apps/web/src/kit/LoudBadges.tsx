import { outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateAndNew } from '@forebear/model/words/lateWords';
import { Badge } from './Badge.tsx';

export interface LoudBadgesProps {
  readonly process: { readonly lateNew: boolean; readonly outOfPlace: readonly string[] };
  /** In a narrow cell: being out of place is its sign alone; `signs`: being late, too. */
  readonly narrow?: boolean | 'signs';
}

/** What makes a process stand out where another one's row names it: its time, its place, or both. */
export function LoudBadges({ process, narrow = false }: LoudBadgesProps) {
  const place = outOfPlaceWords(process.outOfPlace);
  return (
    <>
      {process.lateNew && (
        <Badge tone="late" label={lateAndNew}>
          {narrow === 'signs' ? '' : lateAndNew.toUpperCase()}
        </Badge>
      )}
      {place !== '' && (
        <Badge tone="late" sign="⇱" label={place}>
          {narrow === false ? place.toUpperCase() : ''}
        </Badge>
      )}
    </>
  );
}
