import { agentWords } from '@forebear/model/words/agentWords';
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
  readonly actions: { readonly areEventsShown: boolean; readonly showEvents: () => void };
}

/** What the reader must know to read the tree right, each in one sentence with its way out. */
export function PodNotes({ address, state, actions }: PodNotesProps) {
  const { model, view, change, overlay } = state;
  const { pod, containers, nodes } = model.columns;
  const hasNoProcess = model.count === 0;
  const hasNoMain =
    pod.kind === 'pod' && !hasNoProcess && containers.length > 0 && firstMain(model) < 0;
  const base = nodes.lateBase.find((one) => one !== null && one !== 'main') ?? 'first_seen';
  const isLost =
    view.selected !== undefined &&
    state.process < 0 &&
    view.selected !== headKey &&
    refOfKey(view.selected) !== '';
  const root = view.root === undefined ? -1 : model.rowOfRef(view.root);
  const clauses = splitClauses(view.filter);
  const events = askedEvents(view.filter);
  const byHand = view.expansion.closed;
  const below = useMemo(() => closedMatches(model, overlay, byHand), [model, overlay, byHand]);
  return (
    <>
      {hasNoMain && (
        <p className={styles.note}>
          <b>Main is not in this log.</b> Late is measured from {BASE_WORDS[base]}, and nothing is
          drawn as main.
        </p>
      )}
      {hasNoProcess && (
        <p className={styles.note}>
          {view.agents.length === 0 ? (
            <span>
              <b>No processes of it are in this log.</b> What is drawn was told of the{' '}
              {pod.kind === 'host' ? 'host' : 'pod'} itself; a tree needs an agent that reports
              execs.
            </span>
          ) : (
            <b>{view.agents.map(agentWords).join(', ')} names no process of it.</b>
          )}
        </p>
      )}
      <MissingNote caseName={address.caseName} model={model} agents={view.agents} />
      {isLost && (
        <p className={styles.note}>
          <b>The process of this link is not in this tree.</b> It may be of another pod of this
          name, or of another log.
          <Button kind="quiet" onPress={() => change({ selected: undefined })}>
            Dismiss
          </Button>
        </p>
      )}
      {root >= 0 && (
        <p className={styles.note}>
          <span>
            Rooted at <SafeText text={nameOf(model, root)} />.
          </span>
          <Button kind="quiet" onPress={() => change({ root: undefined })}>
            Show the whole tree
          </Button>
        </p>
      )}
      {events.filter !== '' && (
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
      )}
      {below.count > 0 && (
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
      )}
      {overlay !== undefined && overlay.matches === 0 && (
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
      )}
    </>
  );
}
