import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { countAndHash } from './countAndHash.ts';
import { chunked, logLines } from './testing/bytes.ts';

it('passes bytes through and tells their count and SHA-256', async () => {
  const bytes = logLines(2000, 9);
  const counted = countAndHash(chunked(bytes, () => 4096));
  const passed: Uint8Array[] = [];
  for await (const chunk of counted.chunks) passed.push(chunk);
  expect(Buffer.concat(passed).equals(bytes)).toBe(true);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(counted.receipt()).toEqual({ bytes: bytes.length, sha256, complete: true });
});

it('does not call what was left early complete', async () => {
  const bytes = logLines(2000, 9);
  const counted = countAndHash(chunked(bytes, () => 4096));
  for await (const _ of counted.chunks) break;
  const sha256 = createHash('sha256').update(bytes.subarray(0, 4096)).digest('hex');
  expect(counted.receipt()).toEqual({ bytes: 4096, sha256, complete: false });
});
