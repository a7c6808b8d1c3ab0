import { expect, it } from 'vitest';
import { preventionText } from './preventionWords.ts';

const alert = {
  source: 'kubearmor',
  rule: 'block-apt',
  result: 'Permission denied',
  blocked: true,
};

it('says who prevented a process, by which rule, and what became of the attempt', () => {
  expect(preventionText([{ ...alert, blocked: false, rule: 'other' }, alert])).toBe(
    'prevented by KubeArmor, block-apt: Permission denied',
  );
  expect(preventionText([{ ...alert, result: '' }])).toBe('prevented by KubeArmor, block-apt');
});

it('says that it was prevented where no rule of it is known', () => {
  expect(preventionText([])).toBe('prevented: its exec was refused');
});
