import type { TreeColumns } from '@forebear/model/wire/tree';
import { severities } from '@forebear/model/words/severityWords';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultExpansion } from './defaultExpansion.ts';
import { describeRow } from './describe.ts';
import { toggled } from './expansion.ts';
import { Folds } from './folds.ts';
import { look, lookOf } from './look.ts';
import type { ProjectionOptions } from './projectionRules.ts';
import { projectTree } from './projectTree.ts';
import { rowKind } from './rowKeys.ts';
import { gravityOf, isGrave, severityOf } from './severities.ts';
import { inventTree } from './testing/inventTree.ts';
import { looseAlert, looseLeaf, looseOf } from './testing/tellLoose.ts';
import { buildTreeModel } from './treeModel.ts';
import { hasState, keyOf, processOf, rowOfKey, rowState, type VisibleTree } from './visibleTree.ts';

type Severity = TreeColumns['nodes']['maxSeverity'][number];

interface Told {
  readonly row: number;
  readonly count: number;
  readonly severity: Severity;
}

function treeWith(
  told: readonly Told[],
  options: Partial<ProjectionOptions> = {},
  change?: (columns: TreeColumns) => void,
): VisibleTree {
  const columns = inventTree({ seed: 9, processes: 80, shape: 'mixed' });
  for (const { row, count, severity } of told) {
    columns.nodes.alerts[row] = count;
    columns.nodes.maxSeverity[row] = severity;
  }
  change?.(columns);
  const model = buildTreeModel(columns, 60_000);
  const folds = new Folds(model);
  return projectTree(model, folds, {
    shape: 'rows',
    fold: true,
    opened: new Set(),
    closed: new Set(),
    defaults: defaultExpansion(model, folds),
    ...options,
  });
}

describe('severities', () => {
  it('grow with gravity, and come back as they were', () => {
    const gravities = severities.map((one) => gravityOf(one));
    expect(gravities).toEqual(gravities.toSorted((a, b) => b - a));
    expect(gravities.map(severityOf)).toEqual([...severities]);
    expect([gravityOf(null), gravityOf('Unheard')]).toEqual([0, 1]);
    expect(severities.filter((one) => isGrave(gravityOf(one)))).toEqual([
      'Emergency',
      'Alert',
      'Critical',
      'Error',
    ]);
  });
});

describe('alerts of a tree', () => {
  it('are all there, on their process or on what hides it, whatever is closed and folded', () => {
    const tellings = fc.uniqueArray(
      fc.record({
        row: fc.nat(79),
        count: fc.integer({ min: 1, max: 5 }),
        severity: fc.constantFrom<Severity>('Critical', 'Error', 'Notice', 'Debug'),
      }),
      { selector: ({ row }) => row, maxLength: 12 },
    );
    fc.assert(
      fc.property(
        tellings,
        fc.constantFrom('*', '*0', '*1', '*3'),
        fc.constantFrom<'rows' | 'graph'>('rows', 'graph'),
        fc.integer({ min: -1, max: 79 }),
        (told, levels, shape, root) => {
          const tree = treeWith(told, { opened: new Set([levels]), shape, root });
          const { model } = tree;
          let count = 0;
          let gravest = 0;
          for (let row = 0; row < tree.count; row += 1) {
            const process = processOf(tree, row);
            count += (tree.hiddenAlerts[row] ?? 0) + (model.columns.nodes.alerts[process] ?? 0);
            gravest = Math.max(gravest, tree.hiddenGravity[row] ?? 0, model.gravity[process] ?? 0);
          }
          expect(count).toBe(told.reduce((sum, one) => sum + one.count, 0));
          expect(gravest).toBe(Math.max(0, ...told.map((one) => gravityOf(one.severity))));
        },
      ),
    );
  });

  it('are said of a closed ancestor with the gravest of them', () => {
    const tree = treeWith(
      [
        { row: 3, count: 2, severity: 'Notice' },
        { row: 5, count: 1, severity: 'Critical' },
      ],
      { opened: new Set(['*0']) },
    );
    const row = tree.rowOfProcess[0] ?? -1;
    expect(tree.hiddenAlerts[row]).toBe(3);
    expect(severityOf(tree.hiddenGravity[row] ?? 0)).toBe('Critical');
    expect(describeRow(tree, row)).toContain('below it 3 alerts, Critical the gravest');
  });

  it('open the way to a grave one, and leave a mild one closed', () => {
    const deep = 79;
    const shown = (severity: Severity) => {
      const columns = inventTree({ seed: 9, processes: 400, shape: 'mixed' });
      columns.nodes.alerts[deep] = 1;
      columns.nodes.maxSeverity[deep] = severity;
      const model = buildTreeModel(columns, 60_000);
      return defaultExpansion(model, new Folds(model))[model.parent[deep] ?? -1];
    };
    expect(shown('Critical')).toBe(1);
  });
});

describe('all alerts of a tree', () => {
  it('hold those that name no process, and how grave they are', () => {
    const { model } = treeWith([], { opened: new Set(['*']) }, (columns) => {
      columns.nodes.alerts[4] = 2;
      columns.nodes.maxSeverity[4] = 'Notice';
      columns.loose.alertCount = 1;
      columns.loose.maxSeverity = 'Critical';
    });
    expect(model.alerts).toBe(3);
    expect(model.gravest).toBe(gravityOf('Critical'));
  });
});

describe('a process that was prevented', () => {
  const blocked = (columns: TreeColumns) => {
    columns.nodes.flags[4] = ['blocked'];
    columns.nodes.end[4] = 'unknown';
    columns.nodes.exitCode[4] = null;
  };

  it('has its own look, and is neither alive nor folded away', () => {
    const tree = treeWith([], { opened: new Set(['*']) }, blocked);
    const row = tree.rowOfProcess[4] ?? -1;
    expect(lookOf(tree, row)).toBe(look.blocked);
    const words = describeRow(tree, row);
    expect(words).toContain('was prevented: never ran');
    expect(words).not.toContain('alive');
  });

  it('is not counted among what is late and new, nor drawn as it, but for what is out of place', () => {
    const late = (flags: string[]) => (columns: TreeColumns) => {
      columns.nodes.flags[4] = flags;
      columns.nodes.loud[4] = 1;
      columns.nodes.lateByMs[4] = 300_000;
    };
    const loudOf = (flags: string[]) =>
      treeWith([], { opened: new Set(['*']) }, late(flags)).model.loud;
    expect(loudOf(['late_new', 'blocked'])).toBe(loudOf(['late_new']) - 1);
    expect(loudOf(['left_container', 'blocked'])).toBe(loudOf(['left_container']));
  });

  it('is not what was inferred from names, which looks uncertain', () => {
    const tree = treeWith([], { opened: new Set(['*']) }, (columns) => {
      columns.nodes.kind[4] = 'inferred';
    });
    const row = tree.rowOfProcess[4] ?? -1;
    expect(lookOf(tree, row)).toBe(look.named);
    expect(describeRow(tree, row)).toContain('inferred from names');
  });
});

describe('what no process is known of', () => {
  const leaves = [
    looseLeaf({ port: 80 }),
    looseLeaf({ ip: '198.51.100.7', port: 4444, verdict: 'DROPPED', verdictReason: 'POLICY' }),
  ];
  const alerts = [
    looseAlert({}),
    looseAlert({}),
    looseAlert({ rule: 'Bad', severity: 'Error', blocked: true }),
  ];
  const told = (columns: TreeColumns) => {
    columns.loose = looseOf(leaves, alerts, 'Error');
  };

  it('hangs on the pod, alerts by rule and what was dropped first', () => {
    const tree = treeWith([], {}, told);
    const group = tree.kind.indexOf(rowKind.loose);
    expect(tree.parent[group]).toBe(0);
    const below = [...tree.kind.keys()].filter((row) => tree.parent[row] === group);
    expect(below.map((row) => tree.kind[row])).toEqual([
      rowKind.looseRule,
      rowKind.looseRule,
      rowKind.leaf,
      rowKind.leaf,
    ]);
    const words = below.map((row) => describeRow(tree, row));
    expect(words[0]).toContain('alert Bad, Error, blocked');
    expect(words[1]).toContain('alert Attach/Exec Pod, Notice, 2 times');
    expect(words[2]).toContain('198.51.100.7, port 4444, DROPPED, dropped by the network');
    expect(lookOf(tree, below[2] ?? -1)).toBe(look.refused);
  });

  it('is counted where it is closed', () => {
    const tree = treeWith([], { closed: new Set(['o.']) }, told);
    const group = tree.kind.indexOf(rowKind.loose);
    expect(hasState(tree, group, rowState.expanded)).toBe(false);
    expect(describeRow(tree, group)).toContain(
      'no process known, 2 flows, 3 alerts, 3 alerts, Error the gravest',
    );
  });

  it('opens and closes by its key, and every row of it is found again by its own', () => {
    const tree = treeWith([], {}, told);
    const group = tree.kind.indexOf(rowKind.loose);
    const closed = toggled({ opened: [], closed: [] }, tree, group, () => false);
    expect(closed).toEqual({ opened: [], closed: ['o.'] });
    const shut = treeWith([], { closed: new Set(closed.closed) }, told);
    expect(toggled(closed, shut, shut.kind.indexOf(rowKind.loose), () => false)).toEqual({
      opened: ['o.'],
      closed: [],
    });
    for (let row = 0; row < tree.count; row += 1)
      expect(rowOfKey(tree, keyOf(tree, row))).toBe(row);
  });

  it('keeps the answer as it came, and adds no row where there is nothing', () => {
    const columns = inventTree({ seed: 9, processes: 10, shape: 'star' });
    const plain = buildTreeModel(columns, 60_000);
    expect(plain.columns).toBe(columns);
    told(columns);
    const model = buildTreeModel(columns, 60_000);
    expect(model.answer).toBe(columns);
    expect(model.columns.connections.count).toBe(columns.connections.count + 2);
    expect(treeWith([]).kind.indexOf(rowKind.loose)).toBe(-1);
  });
});
