import { describe, expect, it } from 'vitest';
import { fileTouches } from './fileTouches.ts';

const event = (
  verb: string,
  path: string,
  more: { time?: string; label?: string; policy?: string; rule?: string } = {},
) => ({
  file: { verb, path },
  rule: more.rule ?? null,
  policy: more.policy ?? null,
  time: more.time ?? null,
  label: more.label ?? 'process_kprobe',
});

describe('files of a process', () => {
  it('are grouped by path, with verbs, first and last, and what told of them', () => {
    const rule = 'Read sensitive file untrusted';
    const [shadow, passwd] = fileTouches([
      event('open', '/etc/shadow', { time: '2026-01-01T00:00:02Z', label: `falco:${rule}`, rule }),
      event('read', '/etc/shadow', { time: '2026-01-01T00:00:01Z', policy: 'files' }),
      event('read', '/etc/shadow', { time: '2026-01-01T00:00:03Z', label: 'kubearmor:File' }),
      event('read', '/etc/passwd'),
    ]);
    expect(shadow).toEqual({
      path: '/etc/shadow',
      verbs: [
        { verb: 'open', count: 1 },
        { verb: 'read', count: 1 },
      ],
      first: '2026-01-01T00:00:01Z',
      last: '2026-01-01T00:00:03Z',
      agents: ['falco', 'tetragon', 'kubearmor'],
      policies: [rule, 'files'],
    });
    expect(passwd).toMatchObject({ path: '/etc/passwd', first: null, last: null });
  });

  it('are counted as often as the agent told of them that told most', () => {
    const [touch] = fileTouches([
      event('read', '/etc/shadow'),
      event('read', '/etc/shadow'),
      event('read', '/etc/shadow', { label: 'kubearmor:File' }),
    ]);
    expect(touch?.verbs).toEqual([{ verb: 'read', count: 2 }]);
  });

  it('leaves out what is no file', () => {
    expect(fileTouches([{ ...event('', ''), file: null }])).toEqual([]);
  });
});
