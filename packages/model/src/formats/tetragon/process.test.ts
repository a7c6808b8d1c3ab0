import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeExecId } from './execId.ts';
import { inferredSightingOf, processWordsOf } from './process.ts';

const id = fc
  .record({ node: fc.constantFrom('n1', ''), ktime: fc.bigInt(0n, 2n ** 64n - 1n), pid: fc.nat(3) })
  .map(encodeExecId);
const nowhere = { pod: undefined, container: undefined };
const message = fc.record(
  {
    binary: fc.constantFrom('/bin/sh', '<kernel>', '[kthreadd]'),
    flags: fc.constantFrom('execve', 'procFS auid'),
    start_time: fc.constant('2026-03-01T10:00:00Z'),
  },
  { requiredKeys: [] },
);

it('whatever an id alone says of a process, every message with that id says, too', () => {
  fc.assert(
    fc.property(fc.oneof(id, fc.string({ minLength: 1 })), message, (execId, rest) => {
      const { pid, ktime, traits } = inferredSightingOf(execId);
      const words = processWordsOf({ exec_id: execId, ...rest }, nowhere, 'n1');
      expect(words).toMatchObject({
        ...(pid === undefined ? {} : { pid }),
        ...(ktime === undefined ? {} : { ktime }),
      });
      expect(traits & ~(words?.traits ?? 0)).toBe(0);
    }),
  );
});
