import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recordHash } from './decoding.ts';

describe('the hash of a record', () => {
  it('is the first eight bytes of SHA-256, the lowest first', () => {
    for (const text of ['', 'a', '{"process_exec":{}}', 'é'.repeat(3_000)]) {
      const bytes = new TextEncoder().encode(text);
      expect(recordHash(bytes)).toBe(createHash('sha256').update(bytes).digest().readBigUInt64LE());
    }
  });
});
