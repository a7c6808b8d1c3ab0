import { describe, expect, it } from 'vitest';
import { inventTree } from '../../view/testing/inventTree.ts';
import { buildTreeModel } from '../../view/treeModel.ts';
import { deltaText, exitText, roleHint, roleWords, rosesToRoot, userText } from './rowTexts.ts';

function modelWith(
  change: (nodes: ReturnType<typeof inventTree>['nodes'], add: (text: string) => number) => void,
) {
  const columns = inventTree({ seed: 1, processes: 4, shape: 'star' });
  change(columns.nodes, (text) => columns.strings.push(text) - 1);
  return buildTreeModel(columns, 60_000);
}

describe('what a row says', () => {
  it('gives the end of a process as code and signal, and nothing while it runs', () => {
    const model = modelWith((nodes, add) => {
      nodes.end = ['running', 'exited', 'exited', 'exited'];
      nodes.exitCode = [null, 0, 137, 3];
      nodes.signal = [0, 0, add('SIGKILL'), 0];
    });
    expect([0, 1, 2, 3].map((row) => exitText(model, row))).toEqual([
      '',
      '✓ 0',
      '✗ 137 KILL',
      '✗ 3',
    ]);
  });

  it('tells late and new from late and seen, and from novelty unknown', () => {
    const model = modelWith((nodes) => {
      nodes.loud = [0, 1, 0, 0];
      nodes.lateByMs = [null, 302_373, 81_300, 81_300];
      nodes.isNew = [0, 1, 0, null];
    });
    expect([0, 1, 2, 3].map((row) => roleWords(model, row).join(' · '))).toEqual([
      'MAIN',
      'LATE AND NEW',
      'late, seen before',
      'late, novelty unknown',
    ]);
  });

  it('says that a process left its container, late or not', () => {
    const model = modelWith((nodes) => {
      nodes.loud = [0, 1, 1, 0];
      nodes.lateByMs = [null, 302_373, 1_300, null];
      nodes.flags = [[], ['late_new', 'left_container'], ['left_container'], []];
    });
    expect([1, 2].map((row) => roleWords(model, row).join(' · '))).toEqual([
      'LATE, FLAGGED · LEFT ITS CONTAINER',
      'LEFT ITS CONTAINER',
    ]);
  });

  it('measures from main, and shows the clock when asked', () => {
    const model = modelWith((nodes) => {
      nodes.lateByMs[1] = 302_900;
    });
    expect(deltaText(model, 1, { relative: 'main', zone: 'utc' })).toBe('+5 m 02.9 s');
    expect(deltaText(model, 0, { relative: 'clock', zone: 'utc' })).toBe('07:05:47.739');
    const zones = (['utc', { offsetMinutes: 120 }] as const).map((zone) =>
      deltaText(model, 1, { relative: 'main', zone }),
    );
    expect(new Set(zones).size).toBe(1);
  });

  it('names root without a name, and says who rose to it', () => {
    const model = modelWith((nodes) => {
      nodes.user = [0, 0, 0, 0];
      nodes.uid = [1000, 0, 1000, null];
    });
    expect([1, 2, 3].map((row) => userText(model, row))).toEqual(['root', 'uid 1000', '']);
    expect([1, 2, 3].map((row) => rosesToRoot(model, row))).toEqual([true, false, false]);
  });
});

describe('what only others name', () => {
  it('is said to be known by its id where nothing tells more, and its child to be main with doubt', () => {
    const model = modelWith((nodes, add) => {
      nodes.kind[0] = 'ghost';
      nodes.binary[0] = 0;
      nodes.role[0] = 'host';
      nodes.flags[0] = [];
      nodes.kind[1] = 'ghost';
      nodes.binary[1] = add('/shim');
      nodes.role[1] = 'host';
      nodes.role[2] = 'main';
      nodes.loud[2] = 0;
      nodes.flags[2] = ['main_unsure'];
    });
    expect([0, 1, 2].map((row) => roleWords(model, row).join(' · '))).toEqual([
      'only its id',
      'ghost',
      'MAIN?',
    ]);
    expect(roleHint(model, 2)).toContain('by its id alone');
  });
});
