// @vitest-environment jsdom
import { processKind } from '@forebear/model/wire/primitives';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultView } from '../../url/view.ts';
import { Folds } from '../../view/folds.ts';
import { mark } from '../../view/marks.ts';
import { projectTree } from '../../view/projectTree.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { inventTree } from '../../view/testing/inventTree.ts';
import { buildTreeModel } from '../../view/treeModel.ts';
import type { VisibleTree } from '../../view/visibleTree.ts';
import { GraphCard } from './GraphCard.tsx';
import { columnsFor, templateOf } from './rowColumns.ts';
import { TreeRow } from './TreeRow.tsx';

afterEach(cleanup);

const hostile = '</span><img src=x onerror=alert(1)> \u202Egnp.exe\u202C \u001B[31mred';

function hostileTree(): VisibleTree {
  const columns = inventTree({ seed: 2, processes: 3, shape: 'star', leavesEvery: 1 });
  columns.strings = columns.strings.map((text) => (text === '' ? '' : `/bin/${hostile}`));
  columns.pod.pod = hostile;
  columns.nodes.loud[1] = 1;
  columns.nodes.isNew[1] = 1;
  columns.nodes.lateByMs[1] = 302_373;
  const model = buildTreeModel(columns, 60_000);
  return projectTree(model, new Folds(model), {
    shape: 'rows',
    fold: true,
    opened: new Set(['*']),
    closed: new Set(),
    defaults: new Uint8Array(3),
  });
}

const columns = columnsFor(1400, undefined);

function rowOf(tree: VisibleTree, row: number) {
  return (
    <TreeRow
      tree={tree}
      view={defaultView}
      row={row}
      isActive={false}
      isTabStop
      columns={columns}
      template={templateOf(columns)}
    />
  );
}

function cardOf(tree: VisibleTree, row: number) {
  return (
    <GraphCard
      tree={tree}
      row={row}
      detail="full"
      view={defaultView}
      isActive
      isFresh={false}
      left={0}
      top={0}
      width={240}
      height={tree.kind[row] === 5 ? 28 : 58}
    />
  );
}

describe('the card of a process without arguments', () => {
  it.each([
    ['exec', 'no arguments'],
    ['fork', 'no arguments'],
    ['ghost', 'not in this log: no event of its own'],
    ['inferred', 'not in this log: inferred from names'],
  ])('says what the log tells of the arguments of a %s', (kind, words) => {
    const tree = hostileTree();
    const { nodes } = tree.model.columns;
    nodes.arguments[1] = 0;
    nodes.kind[1] = processKind.parse(kind);
    render(cardOf(tree, tree.rowOfProcess[1] ?? -1));
    expect(screen.getByText(words)).toBeDefined();
  });
});

describe('text of a log in rows and cards', () => {
  it('stays text, its hidden characters visible, in every kind of row', () => {
    const tree = hostileTree();
    for (let row = 0; row < tree.count; row += 1) {
      const { container, unmount } = render(
        <>
          {rowOf(tree, row)}
          {cardOf(tree, row)}
        </>,
      );
      expect(container.querySelector('img')).toBeNull();
      expect(container.textContent).not.toContain('\u202E');
      expect(container.textContent).not.toContain('\u001B');
      for (const element of container.querySelectorAll('[aria-label], [title]')) {
        const words = `${element.getAttribute('aria-label')} ${element.getAttribute('title')}`;
        expect(words).not.toContain('\u202E');
      }
      unmount();
    }
  });

  it('tells a reader the true place of a row, whatever is in the document', () => {
    const tree = hostileTree();
    render(rowOf(tree, tree.rowOfProcess[1] ?? -1));
    const row = screen.getByRole('row');
    expect(row.getAttribute('aria-level')).toBe('3');
    expect(Number(row.getAttribute('aria-setsize'))).toBeGreaterThanOrEqual(2);
    expect(row.getAttribute('aria-label')).toContain('late by 5 minutes 2 seconds, new');
  });

  it('names a card in words and shows its late mark as text', () => {
    const tree = hostileTree();
    render(cardOf(tree, tree.rowOfProcess[1] ?? -1));
    const card = screen.getByRole('treeitem', { name: /late by 5 minutes 2 seconds/ });
    expect(card.textContent).toContain('LATE');
    expect(card.textContent).toContain('+5 m 02.4 s');
  });

  it('puts what is grave before what is only known of a process on its card', () => {
    const tree = hostileTree();
    const { nodes, connections } = tree.model.columns;
    const leaf = tree.model.leaves[0] ?? -1;
    const process = connections.process[leaf] ?? -1;
    connections.scope[leaf] = 'public';
    connections.direction[leaf] = 'outbound';
    nodes.pid[process] = 4711;
    tree.model.marks[process] = mark.loud | mark.late | mark.injected | mark.random;
    const { container } = render(cardOf(tree, tree.rowOfProcess[process] ?? -1));
    const facts = container.querySelector('[aria-hidden]')?.textContent;
    expect(facts).toMatch(/LATE.*⊙1.*▲name.*INJECTED.*pid 4711/);
  });

  it('gives the colour of what leads outside to nothing that stays inside', () => {
    const tree = hostileTree();
    const leaf = tree.kind.indexOf(rowKind.leaf);
    const { connections } = tree.model.columns;
    const signIn = (scope: 'public' | 'pod') => {
      connections.scope[tree.item[leaf] ?? -1] = scope;
      const { container, unmount } = render(rowOf(tree, leaf));
      const classes = container.querySelector('[aria-hidden] + * + [aria-hidden]')?.className;
      unmount();
      return classes;
    };
    expect(signIn('public')).toMatch(/externalSign/);
    expect(signIn('pod')).toMatch(/sign/);
    expect(signIn('pod')).not.toMatch(/externalSign/);
  });

  it('says in the first column what the graph says: a suspect parent, a rise to root', () => {
    const tree = hostileTree();
    const { nodes } = tree.model.columns;
    const process = tree.model.parent.findIndex((parent) => parent >= 0);
    tree.model.marks[process] = (tree.model.marks[process] ?? 0) | mark.suspect;
    nodes.uid[tree.model.parent[process] ?? -1] = 1000;
    nodes.uid[process] = 0;
    const first = columnsFor(0, []);
    render(
      <TreeRow
        tree={tree}
        view={defaultView}
        row={tree.rowOfProcess[process] ?? -1}
        isActive={false}
        isTabStop
        columns={first}
        template={templateOf(first)}
      />,
    );
    expect(screen.getByTitle(/Suspect parent/).textContent).toBe('?');
    expect(screen.getByTitle(/Rose to root/).textContent).toContain('root');
    // That it is late comes first, and is not replaced by the rise.
    tree.model.marks[process] = (tree.model.marks[process] ?? 0) | mark.loud | mark.late;
    const { container } = render(rowOf(tree, tree.rowOfProcess[process] ?? -1));
    expect(container.textContent).toMatch(/\?↑ root.*LATE/);
  });
});
