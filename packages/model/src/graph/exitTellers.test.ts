import { expect, it } from 'vitest';
import type { Facts } from '../event/facts.ts';
import { exitTellersOf } from './exitTellers.ts';
import { factsOf } from './testing/told.ts';

const node = { cluster: 'c1', node: 'n1', bootSeconds: [] };

function told(process: string, kinds: readonly string[]): Facts {
  return {
    ...factsOf([]),
    exits: process === '' ? [] : [{ process, cluster: 'c1', node: 'n1' }],
    nodes: [{ ...node, kinds: new Map(kinds.map((kind) => [kind, 1])) }],
  };
}

it('takes Tetragon by the events of its nodes: a part of a case need not hold an exit', () => {
  expect([...exitTellersOf(told('', ['process_exec', 'process_exit']))]).toEqual(['tetragon']);
  expect([...exitTellersOf(told('tetragon\0c1\0a', ['process_exec']))]).toEqual([]);
});

it('takes every other agent by the exits that it told', () => {
  expect([...exitTellersOf(told('ecs\0c1\0ecs:at:n1:7', []))]).toEqual(['ecs']);
  expect([...exitTellersOf(told('', ['falco:Terminal shell']))]).toEqual([]);
});
