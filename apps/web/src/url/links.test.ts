import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostLink, nodeOfPath, pathOfNode } from './links.ts';
import { defaultView } from './view.ts';

const anyNode = fc.oneof(fc.constantFrom('', '-', '--', '---', '-a', 'a-'), fc.string());

describe('the address of a host', () => {
  it('names each node, the one without a name too', () => {
    fc.assert(
      fc.property(anyNode, (node) => {
        expect(pathOfNode(node)).not.toBe('');
        expect(nodeOfPath(pathOfNode(node))).toBe(node);
      }),
    );
  });

  it('is the node itself, a dash for the node without a name, two dashes for a node called dash', () => {
    const segment = (node: string) => hostLink({ caseName: 'c', node }, defaultView).params.node;
    expect(['worker-2', '', '-'].map(segment)).toEqual(['worker-2', '-', '--']);
  });
});
