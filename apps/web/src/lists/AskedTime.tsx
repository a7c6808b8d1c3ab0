import { Chip } from '../kit/Chip.tsx';
import { RangeChip } from '../kit/RangeChip.tsx';
import { questionOf } from '../url/question.ts';
import type { ChangeView } from '../url/useView.ts';
import type { View } from '../url/view.ts';
import { timeNotApplied } from './timeNotApplied.ts';

export interface AskedTimeProps {
  /** The view that what is on screen answers. */
  readonly asked: View;
  readonly change: ChangeView;
}

/** The time that a page of a case is limited to, and what of a link's time says nothing here; nothing when all times are shown. */
export function AskedTime({ asked, change }: AskedTimeProps) {
  const notApplied = timeNotApplied(asked.range);
  const clear = () => change({ range: undefined });
  return (
    <>
      <RangeChip {...questionOf(asked)} zone={asked.zone} onClear={clear} />
      {notApplied !== '' && (
        <Chip removeLabel="Show all times" onRemove={clear}>
          {notApplied}
        </Chip>
      )}
    </>
  );
}
