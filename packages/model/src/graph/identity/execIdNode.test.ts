import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { execIdNode } from './execIdNode.ts';

function encode(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

describe('the node that an exec_id spells', () => {
  it.each([
    ['node-1:576224453722:22258', 'node-1'],
    ['a:b:c:5:6', 'a:b:c'],
    [':13188140450890:82023', undefined],
    ['node-1:x:5', undefined],
    ['node-1', undefined],
  ])('of %s is %s', (text, node) => {
    expect(execIdNode(encode(text))).toBe(node);
    expect(execIdNode(encode(text).replaceAll('=', ''))).toBe(node);
  });

  it('is undefined for what is no such id, and never throws', () => {
    expect(execIdNode('not base64: 17')).toBeUndefined();
    expect(execIdNode('')).toBeUndefined();
    expect(execIdNode('A'.repeat(5000))).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (id) => {
        execIdNode(id);
      }),
    );
  });
});
