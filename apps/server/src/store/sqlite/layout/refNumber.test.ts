import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberOfRef, refNumberOf } from './refNumber.ts';

it('is the same of a process and of its ref, whose cluster is resolved', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (id, cluster) => {
      const number = refNumberOf({ dialect: 'tetragon', cluster, id, node: 'edge/node-1' });
      const key = `tetragon\0${cluster === '' ? 'edge' : cluster}\0${id}`;
      const ref = hash('sha256', key, 'base64url').slice(0, 22);
      expect(number).toBe(numberOfRef(ref));
      expect(number).toBe(numberOfRef(`${ref}~2`));
    }),
  );
});

it('is none of what is no ref', () => {
  for (const text of ['', 'short', `${'a'.repeat(21)}+`, `${'a'.repeat(22)}~`])
    expect(numberOfRef(text)).toBeUndefined();
});
