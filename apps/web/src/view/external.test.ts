import { scope } from '@forebear/model/wire/primitives';
import { expect, it } from 'vitest';
import { isExternal } from './external.ts';
import { inventTree } from './testing/inventTree.ts';

it('only a public address is outside; a leaf that is not there is not', () => {
  const { connections } = inventTree({ seed: 1, processes: 30, shape: 'star', leavesEvery: 1 });
  const told = { connections: { ...connections, scope: [...scope.options] } };
  const outside = scope.options.filter((_, leaf) => isExternal(told, leaf));
  expect(outside).toEqual(['public']);
  expect(isExternal(told, -1)).toBe(false);
});
