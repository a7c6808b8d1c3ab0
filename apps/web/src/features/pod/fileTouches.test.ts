import { describe, expect, it } from 'vitest';
import { fileTouches } from './fileTouches.ts';

const event = (
  summary: string,
  more: { time?: string | null; label?: string; policy?: string },
) => ({
  summary,
  policy: more.policy ?? null,
  time: more.time ?? null,
  label: more.label ?? 'process_kprobe',
});

describe('files of a process', () => {
  it('are grouped by path, with verbs, counts, first and last', () => {
    const [shadow, passwd] = fileTouches([
      event('open /etc/shadow', { time: '2026-01-01T00:00:02Z', label: 'falco:Read sensitive' }),
      event('read /etc/shadow · policy files, action POST', {
        time: '2026-01-01T00:00:01Z',
        policy: 'files',
      }),
      event('read /etc/shadow', { time: '2026-01-01T00:00:03Z', label: 'kubearmor:File' }),
      event('read /etc/passwd', {}),
    ]);
    expect(shadow).toEqual({
      path: '/etc/shadow',
      verbs: [
        { verb: 'open', count: 1 },
        { verb: 'read', count: 2 },
      ],
      count: 3,
      first: '2026-01-01T00:00:01Z',
      last: '2026-01-01T00:00:03Z',
      agents: ['falco', 'tetragon', 'kubearmor'],
      policies: ['files'],
    });
    expect(passwd).toMatchObject({ path: '/etc/passwd', count: 1, first: null, last: null });
  });

  it('keeps spaces, points and words like a policy in a path', () => {
    const [odd] = fileTouches([event('write /tmp/a b · policy c', {})]);
    expect(odd?.path).toBe('/tmp/a b · policy c');
  });
});
