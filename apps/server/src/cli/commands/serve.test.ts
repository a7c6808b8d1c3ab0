import { appendFileSync, existsSync, renameSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { sourcesAnswer } from '@forebear/model/wire/sources';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as compose from '../../compose.ts';
import { runProgram } from '../program.ts';
import { createFakeTerminal, runWords } from '../testing/fakeTerminal.ts';
import { createLogFolder, incident, incidentText } from '../testing/logFiles.ts';

const folder = createLogFolder();
const cwd = folder.dir;
const { truth } = incident;
const part = (from: number, to?: number) => `${incident.lines.slice(from, to).join('\n')}\n`;
const ingested = sourcesAnswer.pick({ items: true });
/** The house as it is, with cases on disk. */
const load = async () => compose;

beforeAll(() => {
  folder.write('incident.ndjson', incidentText);
  folder.write('noise.txt', 'nothing of any agent\n');
});
afterAll(() => folder.remove());

/** Serves in this process while `work` runs, then stops it as Ctrl-C does. */
async function whileServing<T>(
  words: readonly string[],
  work: (url: string) => Promise<T>,
): Promise<{
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly value: T;
}> {
  const terminal = createFakeTerminal({ cwd, load });
  const running = runProgram(terminal.context, ['serve', '--port', '0', ...words]);
  try {
    const url = await addressIn(terminal.out, running);
    const value = await work(url);
    terminal.stop();
    return { code: await running, out: terminal.out(), err: terminal.err(), value };
  } finally {
    terminal.stop();
    await running;
  }
}

async function addressIn(out: () => string, running: Promise<unknown>): Promise<string> {
  let ended = false;
  void running.finally(() => {
    ended = true;
  });
  for (;;) {
    const found = /Forebear is at (http:\/\/\S+)/.exec(out())?.[1];
    if (found !== undefined) return found;
    if (ended) throw new Error('serve ended before it listened');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** fetch sets its own Host; this does not. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('serve', () => {
  it('takes files in, says where it is, and commands on its data speak to it', async () => {
    const data = ['--data', 'served'];
    const served = await whileServing(
      ['incident.ndjson', ...data, '--allowed-host', 'forebear.example'],
      async (url) => {
        const tree = await runWords(['tree', 'crawler', ...data], { cwd, load });
        expect(tree.out).toMatch(/LATE AND NEW \+5m02s .*\/usr\/bin\/nc/);
        const again = await runWords(['ingest', 'incident.ndjson', '--json', ...data], {
          cwd,
          load,
        });
        const { items } = ingested.parse(JSON.parse(again.out));
        expect(items[0]?.ledger).toMatchObject({ stored: 0, duplicate: incident.lines.length });
        const status = await runWords(['status', ...data], { cwd, load });
        expect(status.out).toContain(url);
        const events = await runWords(['events', '--binary', 'nc', '-o', 'json', ...data], {
          cwd,
          load,
        });
        const expected = incident.lines.filter((line) => line.includes('"binary":"/usr/bin/nc"'));
        expect(new Set(events.out.trimEnd().split('\n'))).toEqual(
          new Set(expected.filter((line) => isAbout(line, '/usr/bin/nc'))),
        );
        const second = await runWords(['serve', '--port', '0', ...data], { cwd, load });
        expect([second.code, second.err]).toEqual([3, expect.stringContaining(url)]);
        expect((await runWords(['verify', ...data], { cwd, load })).code).toBe(3);
        const port = new URL(url).port;
        expect(await statusOf(url, { host: `forebear.example:${port}` })).toBe(200);
        expect(await statusOf(url, { host: `evil.example:${port}` })).toBe(421);
        return url;
      },
    );
    expect(served.code).toBe(0);
    expect(served.out).toMatch(/case default: 1 log, 2,448 events, 273 executions/);
    expect(served.err).toMatch(/incident\.ndjson: 2,448 records taken in/);
    expect(existsSync(join(cwd, 'served', 'server.json'))).toBe(false);
    await expect(fetch(served.value)).rejects.toThrow('fetch failed');

    const verified = await runWords(['verify', '--rebuild', ...data], { cwd, load });
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('No fault')]);
  });

  it('ends with 3 when nothing that was named could be used, and serves what could', async () => {
    const refused = await runWords(['serve', 'noise.txt', '--port', '0', '--data', 'refused'], {
      cwd,
      load,
    });
    expect([refused.code, refused.err]).toEqual([
      3,
      expect.stringContaining('noise.txt is no log'),
    ]);
    const served = await whileServing(
      ['noise.txt', 'incident.ndjson', '--data', 'some'],
      async () => 0,
    );
    expect([served.code, served.err]).toEqual([0, expect.stringContaining('noise.txt is no log')]);
  });

  it('refuses every address but loopback before it opens anything', async () => {
    const { code, err } = await runWords(['serve', '--host', '0.0.0.0', '--data', 'never'], {
      cwd,
      load,
    });
    expect([code, err]).toEqual([2, expect.stringContaining('no sign-in')]);
    expect(existsSync(join(cwd, 'never'))).toBe(false);
  });
});

describe('ingest --follow', () => {
  it('pushes a growing log as it comes, through a rotation, until it is stopped', async () => {
    const path = folder.write('grow.ndjson', part(0, 100));
    const data = ['--data', 'followed'];
    const stored = async (): Promise<number> => {
      const { out } = await runWords(['status', '--json', ...data], { cwd, load });
      const { sources } = z.object({ sources: ingested.shape.items }).parse(JSON.parse(out));
      return sources.reduce((sum, { ledger }) => sum + ledger.stored, 0);
    };
    const until = async (count: number) => {
      while ((await stored()) < count) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const { value } = await whileServing(data, async () => {
      const terminal = createFakeTerminal({ cwd, load });
      const running = runProgram(terminal.context, ['ingest', '--follow', 'grow.ndjson', ...data]);
      await until(100);
      appendFileSync(path, part(100, 150));
      await until(150);
      renameSync(path, `${path}.1`);
      folder.write('grow.ndjson', part(150, 200));
      await until(200);
      terminal.stop();
      return { code: await running, out: terminal.out() };
    });
    expect(value.code).toBe(0);
    expect(value.out).toMatch(/^in 200 · stored 200 /);
  });

  it('follows one log', async () => {
    const words = ['ingest', '--follow', 'noise.txt', 'incident.ndjson', '--data', 'two'];
    expect((await runWords(words, { cwd, load })).code).toBe(2);
  });
});

describe('ingest', () => {
  it('prints the ledger of every log and exits with 4 only when asked to be strict', async () => {
    folder.write('partly.ndjson', `${incident.lines.slice(0, 10).join('\n')}\n{"cut": \n`);
    const words = ['ingest', 'partly.ndjson', '--data', 'partly'];
    const first = await runWords(words, { cwd, load });
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/partly\.ndjson +complete +11 +10 +0 +1 /);
    const strict = await runWords(['ingest', 'partly.ndjson', '--strict', '--data', 'strict'], {
      cwd,
      load,
    });
    expect(strict.code).toBe(4);
  });

  it('takes a folder in rotation order, and standard input', async () => {
    const third = Math.floor(incident.lines.length / 3);
    const parts = createLogFolder();
    parts.write('t.log.2', part(0, third));
    parts.write('t.log.1', part(third, 2 * third));
    parts.write('t.log', part(2 * third));
    const folderRun = await runWords(['ingest', parts.dir, '--json', '--data', 'rotated'], {
      cwd,
      load,
    });
    const { items } = ingested.parse(JSON.parse(folderRun.out));
    expect(items.map(({ name }) => name)).toEqual(['t.log.2', 't.log.1', 't.log']);
    expect(items.reduce((sum, { ledger }) => sum + ledger.stored, 0)).toBe(incident.lines.length);
    parts.remove();
    const piped = await runWords(['ingest', '-', '--json', '--data', 'piped'], {
      cwd,
      load,
      input: incidentText,
    });
    expect(ingested.parse(JSON.parse(piped.out)).items[0]).toMatchObject({
      name: 'stdin',
      state: 'complete',
    });
    const trees = await Promise.all(
      ['rotated', 'piped'].map(
        async (data) => (await runWords(['tree', truth.pod, '--data', data], { cwd, load })).out,
      ),
    );
    expect(trees[0]).toBe(trees[1]);
  });

  it('keeps what is in when it is interrupted, and says so', async () => {
    const terminal = createFakeTerminal({ cwd, load });
    async function* slowly() {
      yield Buffer.from(incidentText);
      // What came has been taken; the rest never comes.
      terminal.stop();
      await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
    }
    const context = {
      ...terminal.context,
      terminal: { ...terminal.context.terminal, input: slowly },
    };
    const running = runProgram(context, ['ingest', '-', '--data', 'cut']);
    expect(await running).toBe(130);
    const { out } = await runWords(['status', '--data', 'cut'], { cwd, load });
    expect(out).toMatch(/stdin +cancelled/);
  });

  it('answers a second writer of one data directory with a sentence', async () => {
    const held = await compose.composeServer({
      dataDir: join(cwd, 'held'),
      allowedHosts: [],
      log: false,
      now: createFakeTerminal().context.terminal.now,
    });
    const { code, err } = await runWords(['ingest', 'incident.ndjson', '--data', 'held'], {
      cwd,
      load,
    });
    await held.close();
    expect([code, err]).toEqual([3, expect.stringMatching(/in use by process \d+/)]);
  });
});

/** The binaries of the processes that a record's events are about. */
const anyRecord = z
  .record(z.string(), z.unknown())
  .transform((record) =>
    Object.values(record).map(
      (body) =>
        z.object({ process: z.object({ binary: z.string() }) }).safeParse(body).data?.process
          .binary,
    ),
  );

/** The event's own process is this binary: not its parent or a listed ancestor. */
function isAbout(line: string, binary: string): boolean {
  return anyRecord.parse(JSON.parse(line)).some((own) => own === binary);
}
