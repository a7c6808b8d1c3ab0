import { describe, expect, it } from 'vitest';
import { policyOf } from '../../event/policyWords.ts';
import { plainReader } from './base.ts';

const read = plainReader('kprobe', (body) =>
  typeof body.what === 'string' ? body.what : undefined,
);
const subjectOf = (body: Readonly<Record<string, string>>): string =>
  read(
    body,
    { dialect: 'tetragon', label: 'process_kprobe', node: 'n1', ancestors: [] },
    { lost: false },
  ).subject ?? '';
const policy = (subject: string, label = 'process_kprobe') => policyOf({ label, subject });

describe('the policy of an event', () => {
  it('is the one that the decoder put into words, with or without an action', () => {
    expect(policy(subjectOf({ policy_name: 'no-setns', what: 'sys_setns' }))).toBe('no-setns');
    expect(policy(subjectOf({ policy_name: 'no-setns' }))).toBe('no-setns');
    expect(
      policy(subjectOf({ policy_name: 'a.b-c', what: 'read /x', action: 'KPROBE_ACTION_SIGKILL' })),
    ).toBe('a.b-c');
  });

  it('is not what a file is called, beside a policy or without one', () => {
    const what = 'read /tmp/ · policy invented';
    expect(policy(subjectOf({ policy_name: 'real', what }))).toBe('real');
    expect(policy(subjectOf({ what }))).toBeUndefined();
    expect(policy(subjectOf({ what: 'policy invented, action POST' }))).toBeUndefined();
    expect(policy(what, 'process_file')).toBeUndefined();
  });

  it('is none where the agent names none', () => {
    expect(policy(subjectOf({ what: 'sys_setns', action: 'KPROBE_ACTION_SIGKILL' }))).toBe(
      undefined,
    );
    expect(policy('')).toBeUndefined();
  });
});
