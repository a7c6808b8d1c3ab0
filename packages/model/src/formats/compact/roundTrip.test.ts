import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../read.ts';
import { objectOf, textOf, timeOf } from '../read.ts';
import { compactLines } from '../tetragon/compact.ts';
import { compact } from './compact.ts';
import { type CompactLine, readLine } from './head.ts';

/** What our own printer makes of records of every kind, read back. */
const folder = fileURLToPath(new URL('../tetragon/fixtures/', import.meta.url));
const records = readdirSync(folder)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(folder + name, 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line): JsonObject => objectOf(JSON.parse(line)) ?? {})
  .filter((record) => compactLines(record).length === 1);

const mac = new TextDecoder('macintosh');

function misread(line: string): string {
  return mac.decode(new TextEncoder().encode(line));
}

function colour(text: string, role: string): string {
  return role === 'plain' ? text : `\u001b[1;34m${text}\u001b[0m`;
}

/** The message of a record's process. */
function processOf(record: JsonObject): JsonObject | undefined {
  return Object.values(record)
    .map((body) => objectOf(objectOf(body)?.process))
    .find((process) => process !== undefined);
}

function lineOf(record: JsonObject, timestamps = false): string {
  return compactLines(record, { timestamps }).join('');
}

/** Of no process, or of one that has neither pod, node nor binary: nothing is left to read. */
const readable = records.filter((record) => !/^TEST EVENT$|^🚀 process {3}$/u.test(lineOf(record)));

function toldOf(line: CompactLine | undefined) {
  return [line?.origin?.pod?.namespace, line?.origin?.pod?.name, line?.origin?.binary];
}

describe('what compactLines prints', () => {
  it('is read with its pod and its binary', () => {
    expect(readable.length).toBeGreaterThan(140);
    for (const record of readable) {
      const process = processOf(record);
      const pod = objectOf(process?.pod);
      const binary = process === undefined ? undefined : (textOf(process.binary) ?? '');
      const line = lineOf(record);
      expect([line, ...toldOf(readLine(line))]).toEqual([line, pod?.namespace, pod?.name, binary]);
    }
  });

  it('is read with its time, its colours, and misread', () => {
    for (const record of readable) {
      const line = lineOf(record);
      const read = readLine(line);
      expect(readLine(compactLines(record, { paint: colour }).join(''))).toEqual(read);
      expect(readLine(misread(line))).toEqual(read);
      const time = timeOf(record.time);
      const timed = time === undefined ? read : { ...read, time };
      expect(readLine(lineOf(record, true))).toEqual(timed);
      expect(readLine(misread(lineOf(record, true)))).toEqual(timed);
    }
  });

  it('is an event of the kind that it was printed from', () => {
    const kinds = new Map<string, Set<string>>();
    for (const record of readable) {
      const [key = ''] = Object.keys(record).filter((name) => objectOf(record[name]) !== undefined);
      const decoded = compact.decoder().decodeText?.(lineOf(record));
      const kind = decoded?.kind === 'events' ? decoded.events[0]?.kind : decoded?.kind;
      const known = kinds.get(key) ?? new Set();
      kinds.set(key, known.add(kind ?? 'nothing'));
    }
    const found = (key: string) => [...(kinds.get(key) ?? [])].toSorted();
    expect(found('process_exec')).toEqual(['exec']);
    expect(found('process_exit')).toEqual(['exit']);
    expect(found('process_connect')).toEqual(['flow', 'other']);
    expect(found('process_accept')).toEqual(['flow']);
    expect(found('process_sock_stats')).toEqual(['flow']);
    expect(found('process_listen')).toEqual(['other']);
    expect(found('process_dns')).toEqual(['dns', 'other']);
    expect(found('process_loader')).toEqual(['loader']);
    expect(found('process_throttle')).toEqual(['other', 'throttle']);
    expect(found('process_kprobe')).toEqual(['file', 'flow', 'kprobe', 'other']);
  });

  it('keeps any arguments that are quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        const text = `x ${given.toWellFormed()}x`;
        const process = { pod: { namespace: 'a', name: 'b' }, binary: text, arguments: text };
        const line = lineOf({ process_exec: { process } });
        const decoded = compact.decoder().decodeText?.(line);
        const [event] = decoded?.kind === 'events' ? decoded.events : [];
        expect(event?.subject).toBe(`${text} ${text}`.replaceAll('\n', '␊'));
      }),
    );
  });
});
