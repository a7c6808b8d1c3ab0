import { useMemo } from 'react';
import { Button } from '../../kit/Button.tsx';
import { Chip } from '../../kit/Chip.tsx';
import { formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { splitClauses, withoutClause } from '../../url/clauses.ts';
import { closedMatches } from '../../view/closedMatches.ts';
import { firstMain } from '../../view/relativeTime.ts';
import { headKey, refOfKey } from '../../view/rowKeys.ts';
import { nameOf } from '../../view/texts.ts';
import { askedEvents } from './askedEvents.ts';
import { MissingNote } from './MissingNote.tsx';
import { NoProcessNote } from './NoProcessNote.tsx';
import styles from './PodNotes.module.css';
import type { PodAddress } from './podAddress.ts';
import type { TreeState } from './useTree.ts';

const BASE_WORDS = {
  main: 'main',
  container_start: 'the start of the container',
  first_seen: 'the first process seen',
} as const;

export interface PodNotesProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  readonly actions: {
    readonly areEventsShown: boolean;
    readonly showEvents: () => void;
    readonly showDetails: () => void;
  };
}

interface NoteProps {
  readonly state: TreeState;
}

/** What the reader must know to read the tree right, each in one sentence with its way out. */
export function PodNotes({ address, state, actions }: PodNotesProps) {
  return (
    <>
      <NoMainNote state={state} />
      <NoProcessNote address={address} state={state} onDetails={actions.showDetails} />
      <MissingNote caseName={address.caseName} model={state.model} agents={state.view.agents} />
      <LostNote state={state} />
      <RootNote state={state} />
      <EventsNote state={state} actions={actions} />
      <ClosedNote state={state} />
      <NoMatchNote state={state} />
    </>
  );
}

/** Late is measured from something else than main. */
function NoMainNote({ state: { model } }: NoteProps) {
  const { pod, containers, nodes } = model.columns;
  const isMainless =
    pod.kind === 'pod' && model.count > 0 && containers.length > 0 && firstMain(model) < 0;
  if (!isMainless) return null;
  const base = nodes.lateBase.find((one) => one !== null && one !== 'main') ?? 'first_seen';
  return (
    <p className={styles.note}>
      <b>Main is not in this log.</b> Late is measured from {BASE_WORDS[base]}, and nothing is drawn
      as main.
    </p>
  );
}

/** A link names a process that is not here. */
function LostNote({ state }: NoteProps) {
  const { selected } = state.view;
  const isLost =
    selected !== undefined &&
    state.process < 0 &&
    selected !== headKey &&
    refOfKey(selected) !== '';
  if (!isLost) return null;
  return (
    <p className={styles.note}>
      <b>The process of this link is not in this tree.</b> It may be of another pod of this name, or
      of another log.
      <Button kind="quiet" onPress={() => state.change({ selected: undefined })}>
        Dismiss
      </Button>
    </p>
  );
}

/** Only what is below one process is drawn. */
function RootNote({ state: { model, view, change } }: NoteProps) {
  const root = view.root === undefined ? -1 : model.rowOfRef(view.root);
  if (root < 0) return null;
  return (
    <p className={styles.note}>
      <span>
        Rooted at <SafeText text={nameOf(model, root)} />.
      </span>
      <Button kind="quiet" onPress={() => change({ root: undefined })}>
        Show the whole tree
      </Button>
    </p>
  );
}

/** The filter asks for kinds of events, which processes are not. */
function EventsNote({ state, actions }: NoteProps & Pick<PodNotesProps, 'actions'>) {
  const events = askedEvents(state.view.filter);
  if (events.filter === '') return null;
  return (
    <p className={styles.note}>
      <span>
        <b>evt.type asks for events, not for processes.</b> The tree is not narrowed by it
        {state.process < 0 || events.kind !== '' ? '; the table of events is.' : '.'}
      </span>
      {!actions.areEventsShown && (
        <Button kind="quiet" onPress={actions.showEvents}>
          Show the events
        </Button>
      )}
    </p>
  );
}

/** The filter found something below what somebody closed. */
function ClosedNote({ state: { model, overlay, view, change } }: NoteProps) {
  const byHand = view.expansion.closed;
  const below = useMemo(() => closedMatches(model, overlay, byHand), [model, overlay, byHand]);
  if (below.count === 0) return null;
  return (
    <p className={styles.note}>
      <b>{formatNoun(below.count, 'match', 'matches')} in subtrees that are closed.</b>
      <Button
        kind="quiet"
        onPress={() =>
          change(({ expansion: { opened, closed } }) => ({
            expansion: { opened, closed: closed.filter((key) => !below.closed.includes(key)) },
          }))
        }
      >
        Show them
      </Button>
    </p>
  );
}

/** The filter found nothing: each of its clauses can be taken out. */
function NoMatchNote({ state: { overlay, view, change } }: NoteProps) {
  if (overlay === undefined || overlay.matches > 0) return null;
  const clauses = splitClauses(view.filter);
  return (
    <p className={styles.note}>
      <b>No process matches{view.range === undefined ? '' : ' in this time'}.</b>
      {clauses.map((clause, at) => (
        <Chip
          key={`${at}${clause}`}
          mono
          removeLabel={`Take out ${clause}`}
          onRemove={() => change({ filter: withoutClause(clauses, at) })}
        >
          <SafeText text={clause} />
        </Chip>
      ))}
      {view.range !== undefined && (
        <Button kind="quiet" onPress={() => change({ range: undefined })}>
          Show all times
        </Button>
      )}
    </p>
  );
}
