import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { nanos } from '@forebear/model/event/time';
import { generateBulk } from '@forebear/model/scenario/bulk';
import { notALogDetails, unknownFormatDetails } from '@forebear/model/wire/problem';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeTar } from '../intake/testing/archives.ts';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import type { Cases } from '../store/ports.ts';
import { decodeHere } from './decoding.ts';
import type { IngestService } from './ingestService.ts';
import { createIngestService } from './service.ts';

const now = () => nanos(1_790_000_000_000_000_000n);
const lines = [...generateBulk({ seed: 6, events: 300, pods: 3, nodes: 1 })];
let spoolDir: string;
let cases: Cases;
let ingest: IngestService;

beforeAll(async () => {
  spoolDir = await mkdtemp(join(tmpdir(), 'forebear-service-'));
  cases = openMemoryCases({ now });
  ingest = createIngestService({ cases, decoding: decodeHere, spoolDir, now, newId: randomUUID });
});

afterAll(async () => {
  await ingest.close();
  await rm(spoolDir, { recursive: true, force: true });
});

function logOf(from: number, to: number): Buffer {
  return Buffer.from(
    lines
      .slice(from, to)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

async function* sent(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function push(name: string, body: AsyncIterable<Uint8Array>) {
  const request = { sender: 'agent', cluster: '', format: 'auto', idempotencyKey: undefined };
  return ingest.push({ ...request, case: name, body });
}

function upload(into: string, name: string, body: AsyncIterable<Uint8Array>, more = {}) {
  const rest = { id: undefined, kind: 'upload', cluster: '', format: 'auto' } as const;
  return ingest.upload({ ...rest, case: into, name, bytesExpected: undefined, body, ...more });
}

async function sourceOf(name: string) {
  const opened = await cases.open(name);
  if (!opened.ok) throw new Error(opened.problem.message);
  const [source] = await opened.value.queries.sources();
  if (source === undefined) throw new Error('there is a source');
  return source;
}

describe('the name of a file', () => {
  it('reaches its decoder with its folders, and without the names of archives', async () => {
    const paths: (string | undefined)[] = [];
    const told = createIngestService({
      cases,
      spoolDir,
      now,
      newId: randomUUID,
      decoding: {
        decode: (chunks, options) => {
          paths.push(options.path);
          return decodeHere.decode(chunks, options);
        },
        close: async () => {},
      },
    });
    const rest = { id: undefined, kind: 'upload', cluster: '', format: 'auto' } as const;
    const send = (name: string, body: Buffer) =>
      told.upload({ ...rest, case: 'named', name, bytesExpected: undefined, body: sent(body) });
    await send('logs/pod-1/conn.log', logOf(0, 2));
    const inner = await makeTar([{ name: 'pod-3/dns.log', content: logOf(4, 6) }]);
    const files = [
      { name: 'zeek/pod-2/conn.log.gz', content: gzipSync(logOf(2, 4)) },
      { name: 'zeek/more.tar', content: inner },
    ];
    await send('up/logs.tar', await makeTar(files));
    const pushed = { case: 'named', sender: 'a/b', cluster: '', format: 'auto' };
    await told.push({ ...pushed, idempotencyKey: undefined, body: sent(logOf(6, 8)) });
    expect(paths).toEqual([
      'logs/pod-1/conn.log',
      'up/zeek/pod-3/dns.log',
      'up/zeek/pod-2/conn.log.gz',
      // A sender is no file.
      undefined,
    ]);
    await told.close();
  });
});

describe('a push', () => {
  it('adds to what its sender has pushed, the bytes as the ledger', async () => {
    const bodies = [logOf(0, 100), logOf(100, 180), logOf(180, 300)];
    await Promise.all(bodies.map((body) => push('adding', sent(body))));
    const { ledger, bytesReceived, members, formats } = await sourceOf('adding');
    const bytes = bodies.reduce((sum, { length }) => sum + length, 0);
    expect(ledger).toMatchObject({ in: 300, stored: 300, events: 300 });
    expect(bytesReceived).toBe(bytes);
    expect(members).toEqual([{ name: 'agent', bytes, records: 300, damage: [] }]);
    expect(formats).toEqual({ tetragon: 300 });
  });

  it('that is damaged keeps what is readable and says what was wrong', async () => {
    const packed = gzipSync(logOf(0, 200));
    await push('damaged', sent(logOf(200, 220)));
    const answer = await push('damaged', sent(packed.subarray(0, packed.length - 400)));
    expect(answer.ok).toBe(true);
    await push('damaged', sent(logOf(220, 230)));
    const { members, ledger } = await sourceOf('damaged');
    expect(ledger.stored).toBeGreaterThan(30);
    expect(members[0]?.damage).toMatchObject([{ kind: 'truncated' }]);
  });

  it('goes on after its case was deleted', async () => {
    await push('deleted', sent(logOf(0, 10)));
    await cases.remove('deleted');
    const answer = await push('deleted', sent(logOf(10, 15)));
    expect(answer).toMatchObject({ ok: true, value: { stored: 5 } });
    await cases.remove('default');
    expect(await push('default', sent(logOf(0, 5)))).toMatchObject({ ok: true });
    await cases.remove('default');
    expect(await push('default', sent(logOf(0, 7)))).toMatchObject({
      ok: true,
      value: { stored: 7 },
    });
  });

  it('that breaks off does not count as waiting: the next ones are taken', async () => {
    const half = new Uint8Array(40 * 1024 * 1024);
    for (let round = 0; round < 8; round += 1) {
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield half;
        await Promise.resolve();
        throw new Error('the sender is gone');
      };
      await expect(push('broken', broken())).rejects.toThrow('the sender is gone');
    }
    expect(await push('broken', sent(logOf(0, 3)))).toMatchObject({
      ok: true,
      value: { stored: 3 },
    });
  });

  it('is refused while too much is waiting', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = Array.from({ length: 5 }, () => {
      const slow = async function* (): AsyncGenerator<Uint8Array> {
        yield new Uint8Array(60 * 1024 * 1024);
        await promise;
      };
      return push('waiting', slow());
    });
    const refused = await Promise.race(waiting);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'saturated' } });
    resolve();
    await Promise.allSettled(waiting);
    expect(await push('waiting', sent(logOf(0, 3)))).toMatchObject({ ok: true });
  });
});

describe('an archive of many logs', () => {
  it('tells the store with each batch of the logs that it moved, at the end of all', async () => {
    const files = lines.map((line, index) => ({
      name: `${1000 + index}.log`,
      content: Buffer.from(`${line}
`),
    }));
    const opened = await cases.open('many', { create: true });
    if (!opened.ok) throw new Error(opened.problem.message);
    const append = vi.spyOn(opened.value.facts, 'append');
    const answer = await upload('many', 'logs.tar', sent(await makeTar(files)));
    const told = append.mock.calls.map(([, , { members }]) => members.length);
    expect(told).toHaveLength(lines.length);
    expect(Math.max(...told)).toBe(2);
    expect(answer).toMatchObject({ value: { ledger: { stored: lines.length } } });
    const { members } = await sourceOf('many');
    expect(members.map(({ name, records }) => [name, records])).toEqual(
      files.map(({ name }) => [name, 1]),
    );
  });

  it('lists a thousand damages as gaps, and says how many more there are', async () => {
    const cut = gzipSync(logOf(0, 1)).subarray(0, -4);
    const files = Array.from({ length: 1_003 }, (_, at) => ({
      name: `${at}.log.gz`,
      content: cut,
    }));
    const answer = await upload('torn', 'logs.tar', sent(await makeTar(files)));
    expect(answer).toMatchObject({ value: { state: 'damaged' } });
    const { gaps } = await sourceOf('torn');
    expect(gaps).toHaveLength(1_001);
    expect(gaps.at(-1)?.detail).toBe('3 more that are not listed');
  });

  it('says of each log what is wrong with it, of two with one name, too', async () => {
    const whole = gzipSync(logOf(0, 20));
    const files = [
      { name: 'tetragon.log.gz', content: whole },
      { name: 'tetragon.log.gz', content: gzipSync(logOf(20, 120)).subarray(0, -300) },
    ];
    const answer = await upload('namesakes', 'logs.tar', sent(await makeTar(files)));
    expect(answer).toMatchObject({ value: { state: 'damaged' } });
    const { members } = await sourceOf('namesakes');
    expect(members.map(({ damage }) => damage.map(({ kind }) => kind))).toEqual([
      [],
      ['truncated'],
    ]);
  });
});

describe('an upload that the store ends', () => {
  it('keeps what was told of its logs, and how many bytes had come', async () => {
    const files = [0, 1].map((at) => ({ name: `${at}.log`, content: logOf(at * 5, at * 5 + 5) }));
    const opened = await cases.open('broken-off', { create: true });
    if (!opened.ok) throw new Error(opened.problem.message);
    const { facts } = opened.value;
    const append = facts.append.bind(facts);
    const failing = vi.spyOn(facts, 'append').mockImplementation(async (...args) => {
      if (failing.mock.calls.length > 1) throw new Error('the disk is gone');
      return append(...args);
    });
    const body = sent(await makeTar(files));
    await expect(upload('broken-off', 'logs.tar', body)).rejects.toThrow('the disk is gone');
    const { state, members, bytesReceived } = await sourceOf('broken-off');
    expect(state).toBe('failed');
    expect(members.map(({ name, records }) => [name, records])).toEqual([['0.log', 5]]);
    expect(bytesReceived).toBeGreaterThan(0);
  });
});

describe('an upload that is refused', () => {
  const send = (into: string, body: AsyncIterable<Uint8Array>, more = {}) =>
    upload(into, 'some.log', body, more);
  const names = async () => (await cases.list()).map(({ name }) => name);
  const noLog = Buffer.from('{"level":"info"}\n{"level":"warn"}\n');

  it('leaves no case that was begun for it, and says itself what the file begins with', async () => {
    expect(await send('none', sent(noLog))).toMatchObject({
      ok: false,
      problem: { code: 'not_a_log', details: { lines: ['{"level":"info"}', '{"level":"warn"}'] } },
    });
    expect((await send('none', sent())).ok).toBe(false);
    expect((await send('none', sent(logOf(0, 2)), { format: 'nothing' })).ok).toBe(false);
    expect(await names()).not.toContain('none');
  });

  it('asks what it is: how it begins, what it comes close to, what it may be', async () => {
    const strange = [
      'no log',
      '{"process_exec":[],"rule":"r"}',
      '{"flow":{},"rule":"r","output_fields":{}}',
    ];
    const refused = await send('asked', sent(Buffer.from(strange.join('\n'))));
    const details = notALogDetails.parse(refused.ok ? {} : refused.problem.details);
    expect(details.lines).toEqual(strange);
    expect(details.records).toBe(3);
    expect(details.near).toContainEqual({ id: 'falco', title: 'Falco', records: 1 });
    expect(details.formats).toContainEqual({
      id: 'tetragon',
      title: 'Tetragon / Hubble Enterprise',
    });
    const long = await send('asked', sent(Buffer.from('x'.repeat(5000)), Buffer.from([0, 1, 10])));
    const [line] = notALogDetails.parse(long.ok ? {} : long.problem.details).lines;
    expect(line ?? '').toHaveLength(0);
  });

  it('is read as what it is said to be, or refused with the list of what there is', async () => {
    const unknown = await send('said', sent(noLog), { format: 'nothing' });
    expect(unknown).toMatchObject({ ok: false, problem: { code: 'bad_request' } });
    const { formats } = unknownFormatDetails.parse(unknown.ok ? {} : unknown.problem.details);
    expect(formats.map(({ id }) => id)).toContain('tetragon');
    const other = await send('said', sent(logOf(0, 2)), { format: 'falco' });
    expect(other).toMatchObject({ ok: false, problem: { details: { near: [{ id: 'falco' }] } } });
    const right = await send('said', sent(logOf(0, 2)), { format: 'tetragon' });
    expect(right).toMatchObject({ ok: true, value: { formats: { tetragon: 2 } } });
  });

  it('leaves a case that was there, however empty', async () => {
    await cases.create('kept');
    expect((await send('kept', sent(noLog))).ok).toBe(false);
    expect((await send('default', sent(noLog))).ok).toBe(false);
    expect(await names()).toEqual(expect.arrayContaining(['default', 'kept']));
  });

  it('leaves the case to whoever puts something in meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = async function* (): AsyncGenerator<Uint8Array> {
      yield noLog;
      await promise;
    };
    const refused = send('shared', slow());
    expect((await push('shared', sent(logOf(0, 4)))).ok).toBe(true);
    resolve();
    expect((await refused).ok).toBe(false);
    expect(await names()).toContain('shared');
  });

  it('leaves none of several that began one together, and the next is begun anew', async () => {
    const all = await Promise.all([noLog, noLog, noLog].map((body) => send('crowd', sent(body))));
    expect(all.map(({ ok }) => ok)).toEqual([false, false, false]);
    expect(await names()).not.toContain('crowd');
    const [refused, taken] = await Promise.all([
      send('crowd', sent(noLog)),
      send('crowd', sent(logOf(0, 4))),
    ]);
    expect([refused.ok, taken.ok]).toEqual([false, true]);
    expect(await names()).toContain('crowd');
  });

  it('leaves a case that was deleted and made again by others', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = async function* (): AsyncGenerator<Uint8Array> {
      yield noLog;
      await promise;
    };
    const refused = send('remade', slow());
    while (!(await names()).includes('remade')) await new Promise(setImmediate);
    await cases.remove('remade');
    await cases.create('remade');
    resolve();
    await refused.catch(() => undefined);
    expect(await names()).toContain('remade');
  });
});
