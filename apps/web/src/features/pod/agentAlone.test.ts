import { expect, it } from 'vitest';
import { inventTree } from '../../view/testing/inventTree.ts';
import { refTogether } from './agentAlone.ts';

it('finds a process that one agent alone tells among those of all agents, by what that agent calls it', () => {
  const whole = inventTree({ seed: 1, processes: 5, shape: 'star' });
  const id = whole.strings.push('falco:exec:1') - 1;
  whole.nodes.ids[3] = [
    ['tetragon', whole.nodes.execId[3] ?? 0],
    ['falco', id],
  ];
  const [, second, , fourth] = whole.nodes.ref;
  const asked = { ref: 'other', agent: 'falco', execId: 'falco:exec:1' };
  expect(refTogether(whole, asked)).toBe(fourth);
  expect(refTogether(whole, { ...asked, agent: 'kubearmor' })).toBeUndefined();
  expect(refTogether(whole, { ...asked, execId: 'falco:exec:2' })).toBeUndefined();
  expect(refTogether(whole, { ...asked, ref: second ?? '' })).toBe(second);
});
