import { spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as compose from '../../compose.ts';
import { runWords } from '../testing/fakeTerminal.ts';
import { hostileTexts, obeyedBytes } from '../testing/hostileTexts.ts';
import { createLogFolder, incident, incidentText } from '../testing/logFiles.ts';

const folder = createLogFolder();
const cwd = folder.dir;
const { truth } = incident;
const hasJq = spawnSync('jq', ['--version']).status === 0;

beforeAll(() => {
  folder.write('incident.ndjson', incidentText);
  folder.write('incident.ndjson.gz', gzipSync(incidentText));
  folder.write('hostile.ndjson', hostileTexts().map(hostileLine).join('\n'));
});
afterAll(() => folder.remove());

function run(...words: string[]) {
  return runWords(['events', ...words], { cwd });
}

describe('events of a log, as a pipe', () => {
  it('are the agents’ own lines', async () => {
    const { code, out } = await run('incident.ndjson', '--binary', 'nc');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toBe(
      `🚀 process ${truth.namespace}/${truth.pod} /usr/bin/nc "${truth.domain} 443"`,
    );
    expect(
      lines.some((line) => /^🔌 connect \S+ \/usr\/bin\/nc TCP \S+ => \S+:443/.test(line)),
    ).toBe(true);
  });

  it('have the agents’ colours on a terminal, and none in a pipe or when colours are not wanted', async () => {
    const words = ['events', 'incident.ndjson', '--binary', 'nc'];
    const plain = (await runWords(words, { cwd })).out;
    expect(plain).not.toContain('\u001b');
    const seen = (await runWords(words, { cwd, columns: 200 })).out;
    expect(seen.split('\n')[0]).toBe(
      [
        '\u001b[1;34m🚀 process\u001b[22;39m',
        `\u001b[32m${truth.namespace}/${truth.pod}\u001b[39m`,
        '\u001b[35m/usr/bin/nc\u001b[39m',
        `\u001b[36m"${truth.domain} 443"\u001b[39m`,
      ].join(' '),
    );
    expect(stripVTControlCharacters(seen)).toBe(plain);
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
      expect((await runWords(words, { cwd, columns: 200, env })).out).toBe(plain);
  });

  it('are one line per event and lose none, compressed or not, from a file or standard input', async () => {
    const count = incident.lines.length;
    const plain = await run('incident.ndjson');
    expect(plain.out.trimEnd().split('\n').length).toBe(count);
    expect((await run('incident.ndjson.gz')).out).toBe(plain.out);
    const piped = await runWords(['events', '-'], { cwd, input: incidentText });
    expect(piped.out).toBe(plain.out);
  });

  it('are the original bytes with -o json', async () => {
    const { outBytes } = await run('incident.ndjson', '-o', 'json');
    expect(outBytes.equals(Buffer.from(incidentText))).toBe(true);
    const odd =
      '  {"process_exec": {"process":{"exec_id":"YTox","pid":1,  "binary":"/a\xff"}},\n "node_name":"n"}';
    const pretty = await runWords(['events', '-', '-o', 'json'], {
      input: Buffer.from(odd, 'latin1'),
    });
    expect(pretty.outBytes.toString('latin1')).toBe(`${odd.trimStart()}\n`);
  });

  it('serve the jq programs written for the agent', async (context) => {
    if (!hasJq) {
      context.skip('jq is not installed');
    }
    const { outBytes } = await run(
      'incident.ndjson',
      '-n',
      truth.namespace,
      '--pod',
      'coreapi',
      '-o',
      'json',
    );
    const jq = (program: string) =>
      spawnSync('jq', ['-c', program], { input: outBytes, maxBuffer: 1 << 28 }).stdout.toString();
    const connects = jq('select(.process_connect.process.pod.pod_labels.app == "coreapi")');
    const processes = jq('.process_connect.process | select(.pod.pod_labels.app == "coreapi")');
    const expected = incident.lines.filter(
      (line) => line.includes('"process_connect"') && line.includes('"app":"coreapi"'),
    );
    expect(connects.trimEnd().split('\n').length).toBe(expected.length);
    expect(expected.length).toBeGreaterThan(0);
    expect(processes.trimEnd().split('\n').length).toBe(expected.length);
  });

  it('are chosen by namespace, pod or workload, kind, binary and filter', async () => {
    const all = (await run('incident.ndjson', '--pod', truth.pod)).out;
    expect((await run('incident.ndjson', '--pod', 'crawler')).out).toBe(all);
    expect((await run('incident.ndjson', '-n', 'other')).code).toBe(1);
    const kinds = (await run('incident.ndjson', '--kind', 'process_exit,dns')).out
      .trimEnd()
      .split('\n');
    expect(kinds.every((line) => /^(💥 exit|📖 dns)/u.test(line))).toBe(true);
    const filtered = await run(
      'incident.ndjson',
      '--filter',
      'proc.name = nc and evt.type = connect',
      '--fields',
      'proc.name,evt.type',
    );
    expect(new Set(filtered.out.trimEnd().split('\n').slice(1))).toEqual(
      new Set(['nc              connect']),
    );
    expect((await run('incident.ndjson', '--filter', truth.domain.toUpperCase())).code).toBe(0);
    expect((await run('incident.ndjson', '--filter', 'proc.name in (a)')).code).toBe(2);
  });

  it('are chosen by time', async () => {
    const times = async (...words: string[]) =>
      (await run('incident.ndjson', '--fields', '%evt.time', ...words)).out
        .trimEnd()
        .split('\n')
        .slice(1);
    const window = await times('--from', '2026-03-17T09:17:31Z', '--for', '1s');
    expect(window.length).toBeGreaterThan(5);
    expect(window.every((time) => time.startsWith('2026-03-17T09:17:31.'))).toBe(true);
    expect(await times('--from', '2026-03-17T09:17:31Z', '--to', '2026-03-17T09:17:32Z')).toEqual(
      window,
    );
    expect((await times('--for', '1s')).length).toBeLessThan(50);
    expect((await run('incident.ndjson', '--from', 'noon')).code).toBe(2);
  });

  it('are columns of one’s choice', async () => {
    const { out } = await run(
      'incident.ndjson',
      '--binary',
      'nc',
      '--kind',
      'exec',
      '--fields',
      '%evt.time,%user.uid,%proc.name',
    );
    expect(out).toBe(
      'EVT.TIME                        USER.UID  PROC.NAME\n2026-03-17T09:17:31.789733911Z  1000      nc\n',
    );
  });

  it('tell on standard error what could not be read', async () => {
    const { code, err } = await runWords(['events', '-'], {
      input: `# note\n{"cut": \n${incident.lines[0]}\n`,
    });
    expect(code).toBe(0);
    expect(err).toMatch(/1 record could not be read, 1 line passed over/);
    const none = await runWords(['events', '-'], { input: 'hello\n' });
    expect([none.code, none.out]).toEqual([3, '']);
  });
});

describe('kinds of events', () => {
  it('are chosen by the log’s own name where we have no word for them', async () => {
    folder.write('icmp.ndjson', `${incidentText}{"process_icmp":{},"node_name":"n"}\n`);
    const { code, out } = await run('icmp.ndjson', '--kind', 'process_icmp', '-o', 'json');
    expect(code).toBe(0);
    expect(out).toBe('{"process_icmp":{},"node_name":"n"}\n');
    const both = await run('icmp.ndjson', '--kind', 'process_icmp,process_exit', '-o', 'json');
    expect(both.out).toContain('process_icmp');
    expect(both.out).toContain('process_exit');
  });

  it('are chosen by that name from a store too', async () => {
    const kept = { cwd, load: async () => compose };
    folder.write('icmp.ndjson', `${incidentText}{"process_icmp":{},"node_name":"n"}\n`);
    expect((await runWords(['ingest', 'icmp.ndjson', '--data', 'kept'], kept)).code).toBe(0);
    const words = ['events', '--kind', 'process_icmp', '-o', 'json', '--data', 'kept'];
    const { out } = await runWords(words, kept);
    expect(out).toBe('{"process_icmp":{},"node_name":"n"}\n');
  });
});

describe('hostile logs', () => {
  it.each([
    ['compact', ['-o', 'compact']],
    ['table', ['-o', 'table']],
    ['json on a terminal', ['-o', 'json']],
  ])('send nothing to the terminal that it would obey: %s', async (_name, words) => {
    const { out, err } = await runWords(['events', 'hostile.ndjson', ...words], {
      cwd,
      columns: 200,
      env: { NO_COLOR: '1' },
    });
    expect(out.split('\n').length).toBeGreaterThan(100);
    expect(obeyedBytes(out.replaceAll('\t', ' '))).toEqual([]);
    expect(obeyedBytes(err)).toEqual([]);
  });

  it.each([
    ['tree', '--file', 'hostile.ndjson', '--node', 'n'],
    ['search', 'after', '--file', 'hostile.ndjson'],
    ['destinations', '--file', 'hostile.ndjson'],
  ])('nor do %s %s', async (...words) => {
    const { code, out, err } = await runWords(words, { cwd, columns: 200, env: { NO_COLOR: '1' } });
    expect(code).toBe(0);
    expect(obeyedBytes(out)).toEqual([]);
    // The progress line is ours: a return and an erase.
    expect(obeyedBytes(err.replaceAll('\r\u001b[2K', ''))).toEqual([]);
  });

  it('do not reach the terminal through messages about names and options either', async () => {
    for (const text of hostileTexts()) {
      const runs = [
        await runWords(['tree', '--file', `${text}.log`], { cwd, columns: 80 }),
        await runWords([text], { cwd, columns: 80 }),
        await runWords(['tree', `a/${text}`, `--${text}`], { cwd, columns: 80 }),
        await runWords(['serve', '--host', text], { cwd, columns: 80, env: { NO_COLOR: '1' } }),
      ];
      for (const { err } of runs) {
        const own = err.replaceAll('\u001b[31m', '').replaceAll('\u001b[39m', '');
        expect(obeyedBytes(own)).toEqual([]);
      }
    }
  });
});

function hostileLine(text: string, index: number): string {
  const process = {
    exec_id: Buffer.from(`n:${1_000_000 + index}:${100 + index}`).toString('base64'),
    pid: 100 + index,
    uid: 0,
    cwd: text,
    binary: `/bin/${text}`,
    arguments: text,
    start_time: '2026-01-01T00:00:00.000000001Z',
  };
  const event =
    index % 2 === 0
      ? { process_exec: { process } }
      : {
          process_connect: {
            process,
            source_ip: '10.0.0.1',
            source_port: 1000 + index,
            destination_ip: '203.0.113.9',
            destination_port: 443,
            destination_names: [`${text}.example.`],
            protocol: 'TCP',
          },
        };
  return JSON.stringify({ ...event, node_name: 'n', time: '2026-01-01T00:00:01Z' });
}
