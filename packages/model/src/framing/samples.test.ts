import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  findMiscount,
  findMisquote,
  frameInChunks,
  frameWhole,
  recordsOf,
  settle,
} from './testing/pieces.ts';
import { decodeText } from './text.ts';

const FOLDER = process.env['FOREBEAR_SAMPLES'] ?? '../shared/samples';
const files = existsSync(FOLDER) ? globSync(`${FOLDER}/**/*.{ndjson,json,jsonl,log}`).sort() : [];
if (files.length === 0) console.log(`framing: no samples at ${FOLDER}, conformance is skipped`);

describe.skipIf(files.length === 0)('real logs', () => {
  it.each(files)(
    '%s: every JSON value is a record, every byte is accounted for and as it was',
    (file) => {
      const bytes = new Uint8Array(readFileSync(file));
      const pieces = frameWhole(bytes);
      expect(findMiscount(bytes, settle(pieces))).toBeUndefined();
      expect(frameInChunks(bytes, [1000, 3, 70_000])).toEqual(pieces);
      const texts = recordsOf(pieces).map((record) => decodeText(record.bytes));
      expect(findMisquote(bytes, pieces)).toBeUndefined();
      const lines = decodeText(bytes)
        .split('\n')
        .filter(parses)
        .map((line) => line.trim());
      const isLine = new Set(lines);
      expect(texts.filter((text) => isLine.has(text))).toEqual(lines);
      // One Zeek baseline has its times masked, so that its only value is no JSON.
      expect(settle(pieces).some(({ kind }) => kind === 'record' || kind === 'unreadable')).toBe(
        true,
      );
    },
  );
});

function parses(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && line.startsWith('{');
  } catch {
    return false;
  }
}
