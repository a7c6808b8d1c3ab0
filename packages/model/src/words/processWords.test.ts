import { describe, expect, it } from 'vitest';
import { noArgumentsWords, placeWords, tellsArguments } from './processWords.ts';

describe('a process without arguments', () => {
  it('had none when an event of its own tells its command', () => {
    for (const kind of ['exec', 'fork', 'procfs'])
      expect([tellsArguments(kind, '/bin/bash'), noArgumentsWords(kind, '/bin/bash')]).toEqual([
        true,
        'no arguments',
      ]);
  });

  it('is not said to have had none when nothing tells its command', () => {
    const words = [
      ['exec', ''],
      ['ghost', '/bin/bash'],
      ['inferred', '/bin/bash'],
    ].map(([kind = '', binary = '']) => [
      tellsArguments(kind, binary),
      noArgumentsWords(kind, binary),
    ]);
    expect(words).toEqual([
      [false, 'not in this log'],
      [false, 'not in this log: no event of its own'],
      [false, 'not in this log: inferred from names'],
    ]);
  });
});

describe('where a process was', () => {
  it('is the host only for one of which more than the id is known', () => {
    expect(placeWords('host', 'exec', '/usr/bin/kubelet')).toBe('host process');
    expect(placeWords('host', 'ghost', '/shim')).toBe('host process');
    expect(placeWords('host', 'ghost', '')).toContain('only its id');
    expect(placeWords('main', 'exec', '/app')).toBe('');
  });
});
