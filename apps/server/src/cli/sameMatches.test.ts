import type { AnswerContext } from '@forebear/model/answer/context';
import { keepsProcess } from '@forebear/model/answer/subjects';
import {
  leavingOut,
  oneRecordLogs,
  questionsAbout,
} from '@forebear/model/answer/testing/filteredRecords';
import { firstTree, logContext } from '@forebear/model/answer/testing/logContext';
import { treeObjects } from '@forebear/model/answer/treeObjects';
import type { ProcessEvent } from '@forebear/model/event/event';
import { nanos } from '@forebear/model/event/time';
import { type FieldName, type Filter, matchAll } from '@forebear/model/query/filter';
import { matches } from '@forebear/model/query/matches';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logTools } from '../compose.ts';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import type { CaseStore } from '../store/ports.ts';
import { openCase, takeLog } from '../store/testing/intoStore.ts';
import { subjectOfEvent } from './loggedEvent.ts';
import { newPipeReport, readRecords } from './logPipe.ts';
import { keepsNode, type NodeOfTree } from './nodeSubject.ts';

const anyOneRecordLog = fc
  .tuple(fc.constantFrom(...oneRecordLogs.values()), fc.array(fc.nat(99), { maxLength: 4 }))
  .map(([log, places]) => leavingOut(log, places));

describe('a filter on the event of a record that', () => {
  it.each([...oneRecordLogs])('%s keeps it in a pipe where the store does', async (_, text) => {
    expect(await differentOfEvents(text)).toEqual([]);
  });

  it('leaves anything out keeps it in a pipe where the store does', async () => {
    const property = fc.asyncProperty(anyOneRecordLog, async (text) => {
      expect(await differentOfEvents(text)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 50 });
  });
});

describe('a filter on the process of a record that', () => {
  it.each([...oneRecordLogs])('%s keeps it on a terminal where the store does', (_, text) => {
    expect(differentOfProcesses(text)).toEqual([]);
  });

  it('leaves anything out keeps it on a terminal where the store does', () => {
    const property = fc.property(anyOneRecordLog, (text) => {
      expect(differentOfProcesses(text)).toEqual([]);
    });
    fc.assert(property, { numRuns: 50 });
  });

  it('asks for a kind of event is answered by the rest of it: a tree has no events', () => {
    const [node] = nodesOf(logContext(oneRecordLogs.get('says everything') ?? ''));
    if (node === undefined) throw new Error('the record has a process');
    const keeps = (...clauses: readonly (readonly [FieldName, string])[]): boolean => {
      const all = clauses.map(([field, value]) => ({ field, operator: '=', value }) as const);
      return keepsNode({ kind: 'clauses', clauses: all }, node);
    };
    expect(keeps(['evt.type', 'connect'])).toBe(true);
    expect(keeps(['evt.type', 'connect'], ['evt.hostname', 'quay-7'])).toBe(true);
    expect(keeps(['evt.type', 'connect'], ['evt.hostname', 'quay-8'])).toBe(false);
  });
});

/** The questions that a store and a pipe answer differently about the events of a log. */
async function differentOfEvents(text: string): Promise<readonly string[]> {
  const store = await openCase(openMemoryCases({ now: () => nanos(0n) }), 'one');
  await takeLog(store, 's1', text);
  const events = await pipedEvents(text);
  expect(await storedCount(store, matchAll)).toBe(events.length);
  const different: string[] = [];
  for (const { text: question, filter } of questionsAbout(text)) {
    const piped = events.filter((event) => matches(filter, subjectOfEvent(event)));
    if ((await storedCount(store, filter)) !== piped.length) different.push(question);
  }
  return different;
}

async function storedCount({ queries }: CaseStore, filter: Filter): Promise<number> {
  const answer = await queries.events({ filter, lateLimitMs: 60_000, limit: 10 });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value.items.length;
}

async function pipedEvents(text: string): Promise<readonly ProcessEvent[]> {
  async function* chunks() {
    yield new TextEncoder().encode(text);
  }
  const events: ProcessEvent[] = [];
  for await (const records of readRecords(chunks(), logTools, newPipeReport())) {
    for (const record of records) events.push(...record.events);
  }
  return events;
}

/** The questions that a store and the command line answer differently about the processes of a log. */
function differentOfProcesses(text: string): readonly string[] {
  const context = logContext(text);
  const { derived } = context;
  const indexes = firstTree(context)?.indexes ?? [];
  const nodes = nodesOf(context);
  return questionsAbout(text).flatMap(({ text: question, filter }) => {
    if (asksForKinds(filter)) return [];
    const stored = derived.processes.filter(
      (process, index) => indexes.includes(index) && keepsProcess(filter, derived, process),
    );
    const shown = nodes.filter((node) => keepsNode(filter, node));
    const isSame = stored.map(({ ref }) => ref).join() === shown.map(refOf).join();
    return isSame ? [] : [question];
  });
}

function nodesOf(context: AnswerContext): readonly NodeOfTree[] {
  const selection = firstTree(context);
  if (selection === undefined) return [];
  const { pod, nodes } = treeObjects(context, selection);
  return nodes.map((process) => ({ pod, process }));
}

function refOf({ process }: NodeOfTree): string {
  return process.ref;
}

function asksForKinds(filter: Filter): boolean {
  return filter.kind === 'clauses' && filter.clauses.some(({ field }) => field === 'evt.type');
}
