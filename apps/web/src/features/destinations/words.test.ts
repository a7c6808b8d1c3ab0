import { describe, expect, it } from 'vitest';
import { callersWords, destinationCounts, noneWords } from './words.ts';

const rows = (external: number, inside: number) => [
  ...Array.from({ length: external }, () => ({ external: true })),
  ...Array.from({ length: inside }, () => ({ external: false })),
];
const completeness = {
  complete: true,
  agentLoss: 'none reported',
  gaps: 0,
  quarantined: 0,
  shardsMissing: 0,
} as const;
const derived = { parts: 1, of: 2 };

function counts(
  items: ReturnType<typeof rows>,
  over: Partial<Parameters<typeof destinationCounts>[0]> = {},
) {
  return destinationCounts({ items, total: null, hasMore: false, completeness, ...over });
}

describe('how many destinations a list holds', () => {
  it('is all of them, or the first of a number that is said', () => {
    expect(counts(rows(24, 307))).toBe('331 destinations · 24 external');
    expect(counts(rows(24, 176), { total: 331, hasMore: true })).toBe(
      'first 200 of 331 destinations · 24 external',
    );
    expect(counts(rows(1, 0))).toBe('1 destination · 1 external');
  });

  it('is open only where it is: external ones come first, and parts of a case may be missing', () => {
    expect(counts(rows(200, 0), { total: 331, hasMore: true })).toContain('at least 200 external');
    expect(counts(rows(3, 9), { completeness: { ...completeness, derived } })).toBe(
      '12 destinations · 3 external so far',
    );
  });
});

describe('who called a destination', () => {
  const process = { ref: 'r', pod: 'web' };
  const pod = { ref: null, pod: 'web' };

  it('is processes, and pods or other places of which none is known', () => {
    expect(callersWords([process])).toBe('1 process');
    expect(callersWords([pod, pod])).toBe('2 pods of which no process is known');
    expect(callersWords([process, process, { ref: null, pod: '' }])).toBe(
      '2 processes and 1 place of which no process is known',
    );
  });
});

it('says that nobody watched the network only where nobody did', () => {
  const node = { node: 'n', agents: ['tetragon'] };
  const watching = 'watching the network';
  expect(noneWords([{ ...node, kinds: { process_exec: 1 } }])).toContain(watching);
  expect(noneWords([{ ...node, kinds: { process_connect: 1 } }])).not.toContain(watching);
  expect(noneWords(undefined)).not.toContain(watching);
});
