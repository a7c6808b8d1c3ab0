import { describe, expect, it } from 'vitest';
import { Arena } from '../arena/arena.ts';
import type { ProcessEvent } from '../event/event.ts';
import { formatTime } from '../event/time.ts';
import { tetragon } from '../formats/tetragon/tetragon.ts';
import { RecordReader, type RecordReaderOptions } from './readRecord.ts';
import type { RecordRead } from './recordRead.ts';
import { bigToy, greedy, toy, toyText } from './testing/toyFormats.ts';

const formats = [tetragon, toy, toyText];
const exec =
  '{"process_exec":{"process":{"exec_id":"a","binary":"/bin/a"}},"node_name":"n","time":"2026-01-01T00:00:00Z"}';

function read(value: unknown, options?: RecordReaderOptions, of = formats): RecordRead {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return new RecordReader(of, options).read(new TextEncoder().encode(text));
}

function eventsOf(result: RecordRead): readonly ProcessEvent[] {
  return result.kind === 'events' || result.kind === 'unwrapped' ? result.events : [];
}

function subjectsOf(result: RecordRead): readonly (string | undefined)[] {
  return eventsOf(result).map(({ subject }) => subject);
}

describe('the format of a record', () => {
  it('depends on the record alone, whatever was read before', () => {
    const lines = [exec, '{"toy":"a"}', '{"toy":"a","process_exec":{},"time":"x"}', '{"x":1}'];
    const alone = lines.map((line) => read(line).kind);
    const reader = new RecordReader(formats);
    reader.scanIn(new Arena());
    const order = [0, 1, 2, 3, 2, 1, 0, 3, 0, 2];
    for (const at of order) {
      const { kind } = reader.read(new TextEncoder().encode(lines[at] ?? ''));
      expect(kind === 'known' ? 'events' : kind).toBe(alone[at]);
    }
  });

  it('is not decided by a decoder that reads anything', () => {
    const reader = new RecordReader([greedy, toy]);
    const first = reader.read(new TextEncoder().encode('{"greedy":1}'));
    expect(first).toMatchObject({ kind: 'events', format: 'greedy' });
    const second = reader.read(new TextEncoder().encode('{"toy":"a"}'));
    expect(second).toMatchObject({ kind: 'events', format: 'toy' });
    expect(reader.read(new TextEncoder().encode('{"x":1}')).kind).toBe('quarantined');
  });

  it('is not scanned as Tetragon’s where somebody else may claim it', () => {
    const reader = new RecordReader(formats);
    reader.scanIn(new Arena());
    const encode = (text: string) => new TextEncoder().encode(text);
    for (let i = 0; i < 3; i += 1) reader.read(encode(exec));
    const both = `${exec.slice(0, -1)},"toy":"a"}`;
    for (let i = 0; i < 3; i += 1) {
      expect(reader.read(encode(both))).toMatchObject({ reason: 'ambiguous_format' });
    }
  });

  it('is the one that is asked for, whatever others say', () => {
    const both = { toy: 'a', process_exec: {}, time: 'x' };
    expect(read(both)).toEqual({
      kind: 'quarantined',
      reason: 'ambiguous_format',
      near: ['tetragon', 'toy'],
    });
    expect(subjectsOf(read(both, { forced: toy }))).toEqual(['a']);
    // In an envelope, too.
    expect(subjectsOf(read({ sourcetype: 's', event: both }, { forced: toy }))).toEqual(['a']);
    // What it refuses is not understood, with its own reason.
    expect(read(exec, { forced: toy })).toEqual({
      kind: 'quarantined',
      reason: 'no_event',
      near: ['toy'],
    });
  });

  it('says which formats come close to a record that is of none', () => {
    expect(read({ mark: 1, other: 2 })).toMatchObject({ reason: 'unknown_format', near: ['toy'] });
    expect(read({ other: 2 })).toMatchObject({ reason: 'unknown_format', near: [] });
    expect(read({ toy: 7 })).toMatchObject({ reason: 'bad_field', near: ['toy'] });
  });
});

describe('a record in an envelope', () => {
  it('is told where it lay', () => {
    const value = { log: '{"toy":"a"}', stream: 'stdout', time: '2026-01-01T00:00:00.5Z' };
    const [event] = eventsOf(read(value, { path: 'zeek/pod-1/conn.log' }));
    expect(event?.subject).toBe('a in zeek/pod-1/conn.log');
    expect(event?.time === undefined ? '' : formatTime(event.time)).toContain('00:00:00.500');
  });

  it('gives its events in order, those of all formats', () => {
    const lines = ['{"toy":"a"}', exec, 'toy 7', '{"toy":"b"}', 'it started'];
    const hits = { hits: { hits: lines.map((message) => ({ _source: { message } })) } };
    const result = read(hits);
    expect(eventsOf(result).map(({ label, subject }) => subject ?? label)).toEqual([
      'a',
      'process_exec',
      'line 7',
      'b',
      // Nobody knows whether a sentence under `message` was a record.
      'record 5 of 5 in its envelope, unknown_format: {message}',
    ]);
    expect(result).toMatchObject({ formats: ['toy', 'tetragon', 'toy_text'] });
  });

  it('is an event that tells of it when it is not understood among others that are', () => {
    const streams = [
      { stream: {}, values: ['{"toy":"a"}', '{"x\\ny":1}', '{"toy":7}', '{', 'noise'].map(timed) },
    ];
    const result = read({ streams });
    expect(subjectsOf(result)).toEqual([
      'a',
      'record 2 of 5 in its envelope, unknown_format: {x␊y}',
      'record 3 of 5 in its envelope, bad_field: {toy}',
      'record 4 of 5 in its envelope, bad_json: {',
    ]);
    expect(eventsOf(result)[1]).toMatchObject({
      dialect: 'envelope',
      kind: 'other',
      label: 'envelope:unread',
    });
    expect(eventsOf(result)[1]?.time).toBe(1_700_000_000_000_000_001n);
  });

  it('makes the envelope what it is where nothing in it was decoded', () => {
    const of = (...lines: string[]) =>
      read({ streams: [{ stream: {}, values: lines.map(timed) }] });
    expect(of('{"x":1}', '{"toy":7}')).toMatchObject({
      kind: 'quarantined',
      reason: 'unknown_format',
    });
    expect(of('noise', '{"toy":7}')).toMatchObject({ kind: 'quarantined', reason: 'bad_field' });
    expect(of('noise', '# more')).toEqual({ kind: 'skipped', reason: 'text', format: undefined });
    expect(of('{"toy":"skip"}')).toEqual({ kind: 'skipped', reason: 'toy_noise', format: 'toy' });
    expect(of()).toEqual({ kind: 'skipped', reason: 'empty_envelope', format: undefined });
  });

  it('keeps the digits that its format asks for, however deep it lies', () => {
    const record = '{"big":9007199254740993}';
    const result = (text: string) => subjectsOf(read(text, {}, [...formats, bigToy]));
    expect(result(record)).toEqual(['9007199254740993']);
    expect(result(JSON.stringify({ message: record }))).toEqual(['9007199254740993']);
    expect(result(`{"index":"i","event":${record}}`)).toEqual(['9007199254740993']);
    const deep = JSON.stringify({ log: `{"_source":${record}}`, stream: 'stdout' });
    expect(result(deep)).toEqual(['9007199254740993']);
  });

  it('is read with what decoders of its own remember when it is long', () => {
    const lines = Array.from({ length: 2000 }, (_, index) => `{"toy":"${index}"}`);
    const result = read({ streams: [{ stream: {}, values: lines.map(timed) }] });
    expect(subjectsOf(result)).toEqual(lines.map((_, index) => String(index)));
  });
});

function timed(line: string): readonly [string, string] {
  return ['1700000000000000001', line];
}
