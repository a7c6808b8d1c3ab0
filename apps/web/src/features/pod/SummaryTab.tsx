import { agentWords } from '@forebear/model/words/agentWords';
import { linkWords } from '@forebear/model/words/linkWords';
import { markWords } from '@forebear/model/words/markWords';
import { untoldEndWords } from '@forebear/model/words/missing';
import { preventionText } from '@forebear/model/words/preventionWords';
import {
  isKnownByIdAlone,
  kindWords,
  noArgumentsWords,
  placeWords,
} from '@forebear/model/words/processWords';
import type { ProcessAnswer } from '../../api/answers.ts';
import { Chip } from '../../kit/Chip.tsx';
import { Fact } from '../../kit/Facts.tsx';
import { formatDelta, formatDuration } from '../../kit/format.ts';
import { millisBetween, parseMoment } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { areEndsTold } from '../../view/openEnd.ts';
import { relativeMs } from '../../view/relativeTime.ts';
import { commandText } from '../../view/texts.ts';
import { Ancestry, nameOfProcess } from './Ancestry.tsx';
import { ApiCalls } from './ApiCalls.tsx';
import { AuthorFacts } from './AuthorFacts.tsx';
import styles from './DetailsPanel.module.css';
import { FactGroup } from './FactGroup.tsx';
import { focusTree } from './focusTree.ts';
import type { TreeState } from './useTree.ts';

export interface SummaryTabProps {
  readonly answer: ProcessAnswer;
  readonly state: TreeState;
}

const BASE_WORDS = {
  main: 'main',
  container_start: 'the container’s start',
  first_seen: 'the first process seen',
} as const;

/** Every field of a process, the parent first. */
export function SummaryTab({ answer, state }: SummaryTabProps) {
  const { view } = state;
  const { zone } = view;
  return (
    <div className={styles.tab}>
      <Lineage answer={answer} state={state} />
      {answer.author !== null && <AuthorFacts author={answer.author} view={view} />}
      <ApiCalls answer={answer} view={view} />
      <FactGroup title="General">
        <Fact name="Cluster" text={answer.cluster} />
        <Fact name="Node" text={answer.node} />
        <Fact name="Event kind" text={kindText(answer)} />
        <Fact name={timeTitle(answer)}>
          <TimeText time={answer.firstSeen} zone={zone} digits="ns" day />
        </Fact>
      </FactGroup>
      <FactGroup title="Process">
        <Fact name="PID">
          {answer.pid ?? 'not in this log'}
          {answer.nsPid !== null && (
            <span className={styles.aside}> · {answer.nsPid} in its container</span>
          )}
        </Fact>
        <Fact name="UID">
          {answer.uid ?? 'not in this log'}
          {userName(answer) !== '' && (
            <span className={styles.aside}>
              {' · '}
              <SafeText text={userName(answer)} />
            </span>
          )}
        </Fact>
        <Fact name="CWD" text={answer.cwd} mono />
        <Fact name="Binary" text={answer.binary} mono copy={answer.binary} />
        <Fact
          name="Arguments"
          text={answer.arguments}
          mono
          copy={answer.arguments}
          unknown={noArgumentsWords(answer.kind, answer.binary)}
        />
        <Fact name="Flags" text={answer.flagsText} mono />
        <Fact name="Start time">
          <TimeText time={answer.startTime} zone={zone} digits="ns" day />
          {answer.startDerived && <span className={styles.aside}> · derived from its id</span>}
        </Fact>
        <Fact name="After main">
          <Delta answer={answer} state={state} />
        </Fact>
        <Fact name="End">
          <End answer={answer} state={state} />
        </Fact>
        <Fact name="Docker" text={answer.container?.docker} mono />
        <Fact name="AUID" text={auidText(answer.auid)} />
        {answer.capabilities !== '' && <Fact name="Capabilities" text={answer.capabilities} mono />}
        <Fact name="exec_id" text={answer.execId} mono copy={answer.execId} />
      </FactGroup>
      <FactGroup title="Pod">
        <Fact
          name="Namespace"
          text={answer.pod?.namespace}
          unknown={placeWords(answer.role, answer.kind, answer.binary) || 'not in this log'}
        />
        <Fact name="Name" text={answer.pod?.name} copy={answer.pod?.name} />
        <Fact name="Workload" text={answer.workload} />
        {answer.pod !== null && (
          <Fact name="Labels">
            {answer.labels.length === 0 ? (
              <span className={styles.unknown}>none</span>
            ) : (
              <span className={styles.chips}>
                {answer.labels.map((label) => (
                  <Chip key={label} mono>
                    <SafeText text={label} />
                  </Chip>
                ))}
              </span>
            )}
          </Fact>
        )}
      </FactGroup>
      <FactGroup title="Container">
        <Fact name="ID" text={answer.container?.id} mono copy={answer.container?.id} />
        <Fact name="Name" text={answer.container?.name} />
        <Fact
          name="Image ID"
          text={answer.container?.imageId}
          mono
          copy={answer.container?.imageId}
        />
        <Fact name="Image name" text={answer.container?.image} mono />
        <Fact name="Start time">
          {answer.container === null ? undefined : (
            <TimeText time={answer.container.startTime} zone={zone} digits="ns" day />
          )}
        </Fact>
        <Fact name="PID inside" text={answer.container?.pidInside} />
      </FactGroup>
      {answer.images.length > 1 && <Images answer={answer} state={state} />}
      {answer.ids.length > 0 && <AgentIds ids={answer.ids} />}
    </div>
  );
}

/** What each agent calls it, and how it is known that they mean this one. */
function AgentIds({ ids }: { readonly ids: ProcessAnswer['ids'] }) {
  return (
    <FactGroup title={ids.length === 1 ? 'Told by' : `Told by ${ids.length} agents' ids`}>
      {ids.map(({ dialect, id, evidence }) => (
        <Fact key={`${dialect}${id}`} name={agentWords(dialect)} copy={id}>
          <SafeText mono text={id} />
          <span className={styles.aside}>
            {' · '}
            {evidence === 'own' ? 'its own id' : <SafeText text={evidence} />}
          </span>
        </Fact>
      ))}
    </FactGroup>
  );
}

/** The parent, how it was found, and the way up to the root. */
function Lineage({ answer, state }: SummaryTabProps) {
  const { parent } = answer;
  const go = (ref: string) => {
    const process = state.model.rowOfRef(ref);
    if (process < 0) return;
    state.reveal(process);
    // What was pressed belongs to the process that is left, and goes with it.
    focusTree();
  };
  return (
    <FactGroup title="Lineage">
      <Fact name="Parent">
        {parent === null ? (
          <span className={styles.unknown}>none: a root of this tree</span>
        ) : (
          <>
            <button type="button" className={styles.jump} onClick={() => go(parent.ref)}>
              <SafeText text={nameOfProcess(parent)} />
            </button>
            {isKnownByIdAlone(parent.kind, parent.binary) && (
              <span className={styles.aside}> · not in this log, only its id is (ghost)</span>
            )}
            {parent.pid !== null && parent.binary !== '' && (
              <span className={styles.aside}> pid {parent.pid}</span>
            )}
            <span className={styles.aside}> · {linkWords(parent.linkMethod, answer.execId)}</span>
            {parent.suspect !== null && (
              <span className={styles.suspect}>
                {' · suspect: '}
                <SafeText text={parent.suspect} />
              </span>
            )}
          </>
        )}
      </Fact>
      <Fact name="Ancestors">
        <Ancestry answer={answer} model={state.model} onGo={go} />
      </Fact>
    </FactGroup>
  );
}

/** The time that the row has, too: how late it is, else how far it began from the first main there is. */
function Delta({ answer, state }: SummaryTabProps) {
  const { model } = state;
  const row = model.rowOfRef(answer.ref);
  const ms = row < 0 ? (answer.lateByMs ?? undefined) : relativeMs(model, row, 'main');
  if (answer.role === 'main') {
    return (
      <>
        this is main
        {ms !== undefined && ms > 0 && (
          <span className={styles.aside}> · {formatDelta(ms)} to what it became</span>
        )}
      </>
    );
  }
  if (ms === undefined) return <span className={styles.unknown}>no start to measure from</span>;
  // To the nanosecond: what is behind it are rests of the division.
  const exact = Number(ms.toFixed(6));
  const base =
    answer.lateBase === null || answer.lateBase === 'main'
      ? ''
      : ` after ${BASE_WORDS[answer.lateBase]}`;
  return (
    <span title={`${exact} ms`}>
      {formatDelta(ms)}
      {base}
      <span className={styles.aside}>
        {' '}
        · {exact} ms
        {answer.role === 'host' &&
          ' · from the main of this tree: outside of containers nothing is late'}
      </span>
    </span>
  );
}

function End({ answer, state }: SummaryTabProps) {
  const { zone } = state.view;
  const start = parseMoment(answer.startTime ?? '');
  const end = parseMoment(answer.endTime ?? '');
  const life = start && end ? formatDuration(millisBetween(start, end)) : '';
  const code = answer.exit?.code;
  if (isPrevented(answer)) return <>{markWords('blocked', 1)}</>;
  const isOpen = answer.end === 'running' || answer.end === 'unknown';
  const agents = [answer.dialect, ...answer.ids.map(({ dialect }) => dialect)];
  if (isOpen && !isOnlyNamed(answer.kind) && !areEndsTold(state.model, agents))
    return <>{untoldEndWords}</>;
  const words = {
    running: 'alive at end of log',
    replaced: 'replaced by the next image',
    unknown: isOnlyNamed(answer.kind) ? 'not in this log' : 'alive at end of log',
    exited: code === null || code === undefined ? 'exited' : `exited with code ${code}`,
  }[answer.end];
  return (
    <>
      {words}
      {answer.end === 'unknown' && !isOnlyNamed(answer.kind) && (
        <span className={styles.aside}> · no exit of it in this log</span>
      )}
      {answer.end === 'running' && (
        <span className={styles.aside}> · no exit so far, and its node still reports</span>
      )}
      {answer.exit?.signal !== null && answer.exit?.signal !== undefined && (
        <>
          {' · '}
          <SafeText text={answer.exit.signal} />
        </>
      )}
      {answer.endTime !== null && (
        <>
          {' · '}
          <TimeText time={answer.endTime} zone={zone} digits="ns" />
        </>
      )}
      {life !== '' && <span className={styles.aside}> · lived {life}</span>}
    </>
  );
}

/** What it was before: exec in place is one process with several images. */
function Images({ answer, state }: SummaryTabProps) {
  return (
    <section className={styles.group}>
      <h3>Images, oldest first</h3>
      <ol className={styles.images}>
        {answer.images.map((image) => (
          <li key={image.execId}>
            <SafeText mono text={commandText(image.binary, image.arguments)} />
            <span className={styles.aside}>
              <TimeText time={image.startTime} zone={state.view.zone} digits="ns" />
              {image.lateByMs !== null && ` · ${formatDelta(image.lateByMs)}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What it is known by: an exec only where the log holds one. */
function kindText(answer: ProcessAnswer): string {
  if (isPrevented(answer)) return preventionText(answer.alerts);
  if (!lacksExec(answer)) return kindWords(answer.kind);
  const kinds = answer.eventKinds.join(', ');
  return `process_exec is not in this log${kinds === '' ? '' : `; known from its events: ${kinds}`}`;
}

function timeTitle(answer: ProcessAnswer): string {
  if (isPrevented(answer)) return 'Attempted';
  return lacksExec(answer) ? 'First seen' : 'Time';
}

function isPrevented({ flags }: ProcessAnswer): boolean {
  return flags.some(({ code }) => code === 'blocked');
}

function lacksExec({ kind, eventKinds }: ProcessAnswer): boolean {
  return kind === 'exec' && !eventKinds.includes('exec');
}

/** Known from what others say: the log would not hold its exit. */
function isOnlyNamed(kind: ProcessAnswer['kind']): boolean {
  return kind === 'ghost' || kind === 'inferred';
}

function userName(answer: ProcessAnswer): string {
  if (answer.user !== '') return answer.user;
  return answer.uid === 0 ? 'root' : '';
}

/** 4294967295 is the kernel's way to say that nobody logged in. */
function auidText(auid: number | null): string | undefined {
  if (auid === null) return undefined;
  return auid === 4_294_967_295 || auid === -1 ? 'unset' : String(auid);
}
