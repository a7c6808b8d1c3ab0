// @vitest-environment jsdom
import type { TreeColumns } from '@forebear/model/wire/tree';
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultView } from '../../url/view.ts';
import { Folds } from '../../view/folds.ts';
import { projectTree } from '../../view/projectTree.ts';
import { inventTree } from '../../view/testing/inventTree.ts';
import { buildTreeModel } from '../../view/treeModel.ts';
import { GraphCard } from './GraphCard.tsx';
import { columnsFor, templateOf } from './rowColumns.ts';
import { TreeRow } from './TreeRow.tsx';

afterEach(cleanup);

const columns = columnsFor(1400, undefined);
const hostile = 'eve\u202E@shop.example';

/** The second of three processes, changed, as a card and as a row. */
function drawn(change: (answer: TreeColumns) => void, opened = '*') {
  const answer = inventTree({ seed: 2, processes: 3, shape: 'star', leavesEvery: 1 });
  change(answer);
  const model = buildTreeModel(answer, 60_000);
  const tree = projectTree(model, new Folds(model), {
    shape: 'rows',
    fold: true,
    opened: new Set([opened]),
    closed: new Set(),
    defaults: new Uint8Array(3),
  });
  const row = tree.rowOfProcess[opened === '*0' ? 0 : 1] ?? -1;
  const card = render(
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
      height={58}
    />,
  ).container;
  const line = render(
    <TreeRow
      tree={tree}
      view={defaultView}
      row={row}
      isActive={false}
      isTabStop
      columns={columns}
      template={templateOf(columns)}
    />,
  ).container;
  const name = line.querySelector('[role=row]')?.getAttribute('aria-label') ?? '';
  const hints = [...line.querySelectorAll('[title]')].map((one) => one.getAttribute('title'));
  return { card: card.textContent, line: line.textContent, hints, name };
}

const alerted = (answer: TreeColumns) => {
  answer.nodes.alerts[1] = 2;
  answer.nodes.maxSeverity[1] = 'Critical';
};

describe('a card and a row', () => {
  it('say alerts by sign and count, and how grave they are in words', () => {
    const { card, line, hints, name } = drawn(alerted);
    expect(card).toContain('▲2');
    expect(line).toContain('▲2');
    expect(hints).toContain('2 alerts, Critical the gravest');
    expect(name).toContain('2 alerts, Critical the gravest');
  });

  it('tell the alerts of what they hide from their own', () => {
    const { card, line, hints } = drawn(alerted, '*0');
    expect(card).toContain('▲2↓');
    expect(line).toContain('▲2↓');
    expect(hints).toContain('Hidden below: 2 alerts, Critical the gravest');
  });

  it('have another sign for what is mild', () => {
    const { card } = drawn((answer) => {
      answer.nodes.alerts[1] = 1;
      answer.nodes.maxSeverity[1] = 'Notice';
    });
    expect(card).toContain('△1');
  });

  it('name the person who had a process started, whatever the name is', () => {
    const { card, line, name } = drawn((answer) => {
      answer.nodes.author[1] = 0;
      answer.authors.push({
        user: hostile,
        impersonating: 'bob',
        sourceIps: [],
        userAgent: '',
        command: 'sh',
        time: null,
        match: 'exact',
        candidates: 1,
      });
    });
    for (const text of [card, line]) {
      expect(text).toContain('by eve⟨U+202E⟩@shop.example (as bob)');
      expect(text).not.toContain('\u202E');
    }
    expect(name).toContain('started by eve⟨U+202E⟩@shop.example (as bob)');
  });

  it('draw what was prevented as that', () => {
    const { card, line, name } = drawn((answer) => {
      answer.nodes.flags[1] = ['blocked'];
      answer.nodes.end[1] = 'running';
    });
    expect(card).toContain('BLOCKED');
    expect(line).toContain('BLOCKED');
    expect(line).toContain('never ran');
    for (const text of [card, line, name]) expect(text).not.toMatch(/alive|running/);
  });

  it('call what was prevented neither late nor new, for it never ran', () => {
    const { card, line, name } = drawn((answer) => {
      answer.nodes.flags[1] = ['late_new', 'blocked'];
      answer.nodes.loud[1] = 1;
      answer.nodes.lateByMs[1] = 300_000;
      answer.nodes.isNew[1] = 1;
    });
    expect(card).toContain('BLOCKED');
    for (const text of [card, line, name]) expect(text).not.toMatch(/late/i);
  });

  it('say in words that somebody came in past the API server', () => {
    const { card, name } = drawn((answer) => {
      answer.nodes.flags[1] = ['unaccounted'];
      answer.nodes.role[1] = 'injected';
    });
    expect(card).toContain('UNACCOUNTED');
    expect(name).toContain('came in not through the API server');
  });

  it('say of what is inferred that it is', () => {
    const { card } = drawn((answer) => {
      answer.nodes.kind[1] = 'inferred';
    });
    expect(card).toContain('inferred from names');
  });
});
