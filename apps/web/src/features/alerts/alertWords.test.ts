import { expect, it } from 'vitest';
import { defaultView } from '../../url/view.ts';
import { alertLink } from './alertLink.ts';
import { outcomeWords, shortOutput } from './alertWords.ts';

it('an output is one line without what other columns say; without one it is what the alert was about', () => {
  const output = '13:10:28.408277579: Critical Executing binary\n not part of base image';
  expect(shortOutput({ output, subject: '' })).toBe('Executing binary not part of base image');
  expect(shortOutput({ output: '', subject: 'read /etc/shadow' })).toBe('read /etc/shadow');
});

it('an outcome says what was done, by what, and what became of it', () => {
  expect(outcomeWords({ action: 'Block', enforcer: 'BPFLSM', result: 'Permission denied' })).toBe(
    'Block by BPFLSM: Permission denied',
  );
  expect(outcomeWords({ action: '', enforcer: '', result: '' })).toBe('');
});

it('an alert leads to its process, else to its pod, else to its node, else nowhere', () => {
  const at = (place: Parameters<typeof alertLink>[0]) => alertLink(place, 'c', defaultView);
  const process = { ref: 'r1' };
  expect(at({ process, namespace: 'shop', pod: 'web', node: 'n' })).toMatchObject({
    params: { namespace: 'shop', pod: 'web' },
    search: { n: 'r1' },
  });
  expect(at({ process: null, namespace: 'shop', pod: 'web', node: 'n' })).toMatchObject({
    params: { pod: 'web' },
    search: {},
  });
  expect(at({ process, namespace: '', pod: '', node: '' })).toMatchObject({ search: { n: 'r1' } });
  expect(at({ process: null, namespace: '', pod: '', node: 'n' })).toMatchObject({
    params: { node: 'n' },
  });
  expect(at({ process: null, namespace: '', pod: '', node: '' })).toBeUndefined();
});
