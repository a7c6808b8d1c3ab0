import { describe, expect, it } from 'vitest';
import { openEndOf } from './openEnd.ts';
import { inventTree } from './testing/inventTree.ts';
import { buildTreeModel } from './treeModel.ts';

type End = 'running' | 'unknown' | 'exited';

function ended(agent: string, ends: readonly End[], kind: readonly string[] = []) {
  const plain = inventTree({ seed: 1, processes: 4, shape: 'mixed' });
  const dialect = plain.strings.length;
  const nodes = {
    ...plain.nodes,
    dialect: plain.nodes.dialect.map(() => dialect),
    ids: plain.nodes.ids.map(() => null),
    flags: plain.nodes.flags.map(() => []),
    end: plain.nodes.end.map((_, row) => ends[row] ?? 'exited'),
    kind: plain.nodes.kind.map((_, row): 'ghost' | 'exec' =>
      kind[row] === 'ghost' ? 'ghost' : 'exec',
    ),
  };
  const model = buildTreeModel({ ...plain, strings: [...plain.strings, agent], nodes }, 60_000);
  return ends.map((_, row) => openEndOf(model, row));
}

describe('a process without an exit', () => {
  it('is alive at the end of the log, whether or not its node still reports; a ghost is not', () => {
    expect(
      ended('tetragon', ['running', 'unknown', 'unknown', 'exited'], ['', '', 'ghost']),
    ).toEqual(['alive', 'alive', undefined, undefined]);
    expect(ended('tetragon', ['unknown', 'unknown', 'unknown', 'unknown'])).toEqual(
      Array.from({ length: 4 }, () => 'alive'),
    );
  });

  it('ended nobody knows when, where its agent never tells exits', () => {
    expect(ended('kubearmor', ['unknown', 'running', 'unknown', 'exited'])).toEqual([
      'untold',
      'untold',
      'untold',
      undefined,
    ]);
  });

  it('is alive with an agent that has to be set to tell exits, once it told one', () => {
    expect(ended('falco', ['unknown', 'unknown', 'unknown', 'unknown'])[0]).toBe('untold');
    expect(ended('falco', ['unknown', 'exited', 'unknown', 'unknown'])[0]).toBe('alive');
  });
});
