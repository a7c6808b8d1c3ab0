import { keepsProcess } from '@forebear/model/answer/subjects';
import {
  leavingOut,
  oneRecordLogs,
  questionsAbout,
} from '@forebear/model/answer/testing/filteredRecords';
import { firstTree, logContext } from '@forebear/model/answer/testing/logContext';
import { treeColumns } from '@forebear/model/answer/treeColumns';
import type { Derived } from '@forebear/model/graph/derived';
import type { Filter } from '@forebear/model/query/filter';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTreeModel } from '../../view/treeModel.ts';
import { matchTree } from './matchTree.ts';

const anyOneRecordLog = fc
  .tuple(fc.constantFrom(...oneRecordLogs.values()), fc.array(fc.nat(99), { maxLength: 4 }))
  .map(([log, places]) => leavingOut(log, places));

describe('a filter on the process of a record that', () => {
  it.each([...oneRecordLogs])('%s keeps it in the page where the store does', (_, text) => {
    expect(differentOf(text)).toEqual([]);
  });

  it('leaves anything out keeps it in the page where the store does', () => {
    const property = fc.property(anyOneRecordLog, (text) => {
      expect(differentOf(text)).toEqual([]);
    });
    fc.assert(property, { numRuns: 50 });
  });
});

/** The questions that the store and the page answer differently about the processes of a log. */
function differentOf(text: string): readonly string[] {
  const context = logContext(text);
  const selection = firstTree(context);
  if (selection === undefined) return [];
  const model = buildTreeModel(treeColumns(context, selection), 60_000);
  const derived = selection.podIndex === undefined ? uncontained(context.derived) : context.derived;
  return questionsAbout(text).flatMap(({ text: question, filter }) => {
    if (asksForMore(filter)) return [];
    const matched = matchTree(model, question, undefined);
    const isSame = selection.indexes.every((index, row) => {
      const process = derived.processes[index];
      const isStored = process !== undefined && keepsProcess(filter, derived, process);
      return isStored === (matched === undefined || matched[row] === 1);
    });
    return isSame ? [] : [question];
  });
}

/** What the columns of a node's tree know of a forest: no containers. */
function uncontained(derived: Derived): Derived {
  const processes = derived.processes.map((process) => ({ ...process, container: undefined }));
  return { ...derived, processes };
}

/** Kinds of events are on no columns. */
function asksForMore(filter: Filter): boolean {
  return filter.kind === 'clauses' && filter.clauses.some(({ field }) => field === 'evt.type');
}
