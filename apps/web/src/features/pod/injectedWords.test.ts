import { expect, it } from 'vitest';
import { injectedWords } from './injectedWords.ts';

const shim = {
  ref: 'r',
  binary: '/usr/bin/containerd-shim-runc-v2',
  arguments: '',
  pid: 812,
  kind: 'exec',
  linkMethod: 'exec_id',
  suspect: null,
} as const;
const bash = { role: 'injected', parent: shim, lateByMs: 240_981, lateBase: 'main' } as const;

it('says how it is known that a process was put into its container: who started it, and when', () => {
  expect(injectedWords(bash)).toMatch(
    /^Its parent, containerd-shim-runc-v2 \(pid 812\), is not in the container, and it began 4 m 01\.0 s after the main process of the container\./,
  );
});

it('claims no more of a parent than the log has', () => {
  expect(injectedWords({ ...bash, parent: null })).toContain('its parent is not in this log');
  const unseen = { ...shim, binary: '', kind: 'ghost' } as const;
  expect(injectedWords({ ...bash, parent: unseen })).toContain('only the id is known');
});

it('says nothing of a process that its own container started', () => {
  expect(injectedWords({ ...bash, role: '' })).toBe('');
});

it('names who had it started, where the audit log tells it', () => {
  const author = {
    user: 'jane',
    impersonating: '',
    sourceIps: [],
    userAgent: '',
    command: 'bash',
    time: null,
    match: 'exact',
    candidates: 1,
  } as const;
  const words = injectedWords({ ...bash, author: { ...author, sourceIps: [] } });
  expect(words).toContain('jane had it started through the API server');
  expect(words).not.toContain('does not say');
});
