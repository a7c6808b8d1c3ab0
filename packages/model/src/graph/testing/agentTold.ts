import type { Dialect } from '../../event/dialects.ts';
import { type Facts, processKey } from '../../event/facts.ts';
import type { Sighting } from '../../event/sighting.ts';
import { execIdOf, namedIdOf, seenIdOf } from '../../event/spelledIds.ts';
import { Trait } from '../../event/traits.ts';
import { containerFactOf, factOf, podFactOf } from '../facts/factOf.ts';
import { second } from './told.ts';

/** One record of an agent that gives no ids, in the fewest words. */
export interface AgentRecord {
  readonly dialect?: Exclude<Dialect, 'tetragon'>;
  readonly does: 'exec' | 'acts';
  /** Seconds after the boot; undefined: the record has no time. */
  readonly at?: number;
  readonly pid: number;
  readonly binary: string;
  readonly args?: string;
  readonly mark?: string;
  readonly node?: string;
  readonly ppid?: number;
  readonly parentBinary?: string;
  readonly parentMark?: string;
  /** The parent's parent, by pid. */
  readonly above?: { readonly pid: number; readonly binary: string };
  /** Names of the ancestors beyond the parent, or of all when there is no `ppid`; nearest first. */
  readonly names?: readonly string[];
  readonly container?: string;
  readonly pod?: string;
  readonly blocked?: boolean;
  /** The record says that the process is in no container. */
  readonly onHost?: boolean;
}

const cluster = 'c1';

/** The id under which a record names its process. */
function recordId(record: AgentRecord): string {
  const life = lifeOf(record);
  return record.does === 'exec' ? execIdOf(life) : seenIdOf(life);
}

/** The key under which facts name the process of a record. */
export function recordKey(record: AgentRecord): string {
  return processKey({ dialect: record.dialect ?? 'kubearmor', cluster, id: recordId(record) });
}

/** The facts of the records: their processes and parents, pods and containers. */
export function agentFacts(
  records: readonly AgentRecord[],
): Pick<Facts, 'processes' | 'pods' | 'containers'> {
  const processes: Facts['processes'][number][] = [];
  const pods: Facts['pods'][number][] = [];
  const containers: Facts['containers'][number][] = [];
  for (const record of records) {
    const { node = 'n1' } = record;
    for (const sighting of sightingsOf(record)) {
      const fact = factOf(sighting, node, cluster);
      processes.push(fact);
      if (sighting.pod !== undefined) pods.push(podFactOf(sighting.pod, cluster));
      if (sighting.container !== undefined) {
        containers.push(containerFactOf(sighting.container, fact.pod ?? '', cluster));
      }
    }
  }
  return { processes, pods, containers };
}

function lifeOf(record: AgentRecord): Parameters<typeof execIdOf>[0] {
  const { dialect = 'kubearmor', node = 'n1', pid, mark = '', binary, at } = record;
  return { dialect, node, pid, mark, binary, time: at === undefined ? undefined : second(at) };
}

function* sightingsOf(record: AgentRecord): Iterable<Sighting> {
  const { does, pid, binary, args, at, ppid, parentBinary = '', parentMark = '' } = record;
  const { names = [], blocked = false, onHost = false } = record;
  const id = recordId(record);
  const life = lifeOf(record);
  const named = names.length > 0 ? namedIdOf(id, 1) : undefined;
  const parentId =
    ppid === undefined
      ? named
      : seenIdOf({ ...life, pid: ppid, mark: parentMark, binary: parentBinary });
  const [namespace = '', name = ''] = (record.pod ?? '').split('/');
  yield {
    rank: does === 'exec' ? 4 : 3,
    id,
    traits:
      (does === 'exec' ? Trait.execSeen : 0) |
      (blocked ? Trait.blocked : 0) |
      (onHost ? Trait.onHost : 0),
    pid,
    binary,
    ...(parentId === undefined ? {} : { parentId }),
    ...(args === undefined ? {} : { arguments: args }),
    ...(does === 'exec' && at !== undefined ? { startTime: second(at) } : {}),
    ...(record.pod === undefined ? {} : { pod: { namespace, name } }),
    ...(record.container === undefined ? {} : { container: { id: record.container } }),
  };
  const first = ppid === undefined ? 1 : 2;
  const above = (index: number): { parentId?: string } =>
    index < names.length ? { parentId: namedIdOf(id, first + index) } : {};
  if (ppid !== undefined && parentId !== undefined) {
    const higher = record.above === undefined ? undefined : { ...life, mark: '', ...record.above };
    const upper = higher === undefined ? above(0) : { parentId: seenIdOf(higher) };
    yield { rank: 2, id: parentId, traits: 0, pid: ppid, binary: parentBinary, ...upper };
    if (higher !== undefined) {
      yield { rank: 2, id: seenIdOf(higher), traits: 0, pid: higher.pid, binary: higher.binary };
    }
  }
  for (const [index, ancestor] of names.entries()) {
    const own = namedIdOf(id, first + index);
    yield { rank: 1, id: own, traits: 0, binary: ancestor, ...above(index + 1) };
  }
}
