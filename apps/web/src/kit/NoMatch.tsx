import { Button } from './Button.tsx';
import { Chip } from './Chip.tsx';
import { EmptyState } from './EmptyState.tsx';
import { SafeText } from './SafeText.tsx';

export interface NoMatchProps {
  /** What there is none of: `pods`. */
  readonly what: string;
  /** The parts of the filter, as they were typed. */
  readonly clauses: readonly string[];
  /** Rows left when one clause is taken out, where somebody counted. */
  readonly without?: readonly (number | undefined)[];
  readonly onRemove: (clause: number) => void;
  readonly onClear: () => void;
}

/** The filter leaves nothing: its parts, each with a way to take it out. */
export function NoMatch({ what, clauses, without, onRemove, onClear }: NoMatchProps) {
  return (
    <EmptyState
      title={`No ${what} match the filter`}
      actions={<Button onPress={onClear}>Clear the filter</Button>}
    >
      {clauses.length > 1 && <p>Take a part out:</p>}
      {clauses.map((clause, at) => {
        const count = without?.[at];
        return (
          <p key={`${at}${clause}`}>
            <Chip mono removeLabel={`Take out ${clause}`} onRemove={() => onRemove(at)}>
              <SafeText text={clause} />
            </Chip>{' '}
            {clauses.length > 1 && count !== undefined && `${count} without it`}
          </p>
        );
      })}
    </EmptyState>
  );
}
