import { gzipSync } from 'node:zlib';
import { conversationsAnswer } from '@forebear/model/wire/conversations';
import { podsAnswer } from '@forebear/model/wire/inventory';
import { destinationsAnswer, lateralAnswer } from '@forebear/model/wire/network';
import { treeObjects } from '@forebear/model/wire/tree';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runWords } from '../testing/fakeTerminal.ts';
import { createLogFolder, incident, incidentText } from '../testing/logFiles.ts';
import { textWidth } from '../textWidth.ts';

const { truth } = incident;
const folder = createLogFolder();
const cwd = folder.dir;

beforeAll(() => {
  folder.write('incident.ndjson', incidentText);
});
afterAll(() => folder.remove());

function run(...words: string[]) {
  return runWords([...words, '--file', 'incident.ndjson'], { cwd });
}

describe('the incident, read on a terminal', () => {
  it('names the pods of a log, the attacked one first, and says how to go on', async () => {
    const { code, out, err } = await runWords(['tree', '--file', 'incident.ndjson'], { cwd });
    expect(code).toBe(0);
    const [head, first] = out.split('\n');
    expect(head).toMatch(/^POD .*PROCESSES .*FLAGGED/);
    expect(first).toMatch(new RegExp(`^${truth.namespace}/${truth.pod} .*first \\+5m02s`));
    expect(err).toContain(`forebear tree ${truth.namespace}/${truth.pod}`);
  });

  it('shows what a log that was cut short holds, tells the damage beside it, and fails no script for it', async () => {
    const whole = gzipSync(incidentText);
    folder.write('cut.log.gz', whole.subarray(0, Math.floor(whole.length * 0.6)));
    const { code, out, err } = await runWords(['tree', '--file', 'cut.log.gz'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('Not complete');
    expect(err).toMatch(/^cut\.log\.gz: Cut short: .* at byte \d+\. Copy it again/);
  });

  it('draws the crawler’s tree: main, late shell with its delta, domain, bytes, hop', async () => {
    const { code, out } = await run('tree', `${truth.namespace}/${truth.pod}`);
    expect(code).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(
      new RegExp(`^${truth.namespace}/${truth.pod} of crawler on ${truth.node}`),
    );
    expect(lines.find((line) => line.startsWith('MAIN'))).toMatch(
      /node ⇠ docker-entrypoint\.sh crawler\.js/,
    );
    expect(lines.find((line) => line.includes('rm -f'))).toMatch(
      /^LATE AND NEW \+5m02s +\d+ .*└─ \/bin\/sh -c /,
    );
    const netcat = lines.findIndex((line) => /^LATE AND NEW.*\/usr\/bin\/nc /.test(line));
    expect(lines[netcat + 1]).toMatch(new RegExp(`-> ${truth.domain}:443 .*EXTERNAL RANDOM NAME`));
    expect(out).toMatch(/:9200 TCP .*rx 4\.\d{3} MiB -> \S+\/elasticsearch-master-0 \S*java/);
    expect(out).toMatch(new RegExp(`${truth.domain}:${truth.exfilPort} TCP tx 4\\.\\d{3} MiB`));
    expect(out).toMatch(/sandbox-helper .* ROOT/);
    expect(out).toMatch(/\(kernel\)/);
    expect(lines.at(-2)).toMatch(/^File complete · agent loss not monitored\.$/);
  });

  it('folds what repeats, with its count and its rhythm, and unfolds it when asked', async () => {
    const folded = await run('tree', 'jobposting');
    expect(folded.out).toMatch(/refresh-cache\.sh .*×16 every 30s/);
    const all = await run('tree', 'jobposting', '--unfold');
    expect(all.out.match(/^.*\/usr\/src\/app\/bin\/refresh-cache\.sh /gm)?.length).toBe(17);
    expect(folded.out.split('\n').length).toBeLessThan(20);
    const told = treeObjects.parse(JSON.parse((await run('tree', 'jobposting', '--json')).out));
    expect(told.nodes.find(({ count }) => count === 16)?.periodMs).toBe(30_000);
    expect(folded.out).toContain(`${told.nodes.length} lines after folding`);
  });

  it('calls late what the reader calls late', async () => {
    const { out } = await run('tree', 'coreapi', '--late', '2m');
    expect(out).not.toMatch(/^late/m);
    expect((await run('tree', 'coreapi')).out).toMatch(/^late, seen before \+1m21s/m);
    expect((await run('tree', 'coreapi', '--late', 'soon')).code).toBe(2);
  });

  it('draws a node with its pods in it', async () => {
    const { code, out } = await run('tree', '--node', truth.node);
    expect(code).toBe(0);
    expect(out).toMatch(/^host kind-control-plane/);
    expect(out).toMatch(
      new RegExp(
        `docker-entrypoint.sh crawler.js in ${truth.namespace}/${truth.pod}, 19 processes`,
      ),
    );
  });

  it('says which container, PID and binary called Elasticsearch, the late and new ones marked', async () => {
    const { code, out } = await run(
      'destinations',
      '--filter',
      'fd.sip.name contains elasticsearch',
      '--unfold',
    );
    expect(code).toBe(0);
    for (const caller of truth.callersOfElasticsearch) {
      const line = out
        .split('\n')
        .find((each) => each.includes(`PID ${caller.pid}`) && each.includes(caller.pod));
      expect(line).toContain(caller.container);
      expect(line).toContain(caller.binary);
      expect(line).toContain(caller.docker.slice(0, 12));
      expect(line?.startsWith('  LATE AND NEW')).toBe(caller.lateAndNew);
    }
  });

  it('shows the movement into the neighbour with its bytes', async () => {
    const { code, out } = await run('lateral', '--pod', 'crawler');
    expect(code).toBe(0);
    expect(out).toMatch(
      /crawler-\S+ \/usr\/bin\/curl .*rx 4\.\d{3} MiB\n +-> +\S+\/elasticsearch-master-0 \S+java :9200 .*likely/,
    );
  });

  it('lists connections one by one, with both ends and what they carried', async () => {
    const { code, out } = await run('conversations', '--filter', 'proc.name = nc');
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(
        `crawler-\\S+ /usr/bin/nc PID \\d+ \\S+ LATE AND NEW tx .*\\n +-> ${truth.domain} \\S+:443 EXTERNAL TCP`,
      ),
    );
    const most = await run('conversations', '--sort', '-bytes', '--json');
    const { items, total } = conversationsAnswer.parse(JSON.parse(most.out));
    expect(items).toHaveLength(total ?? -1);
    const sums = items.flatMap(({ bytesSent, bytesReceived }) =>
      bytesSent === null && bytesReceived === null
        ? []
        : [Number(bytesSent ?? 0) + Number(bytesReceived ?? 0)],
    );
    expect(sums).toEqual(sums.toSorted((a, b) => b - a));
  });

  it('finds processes in every pod, with their ancestors', async () => {
    const { code, out } = await run('search', truth.domain);
    expect(code).toBe(0);
    expect(out).toMatch(/LATE AND NEW \+5m02s +\d+ {2}\/usr\/bin\/nc /);
    expect(out).toMatch(/from sh ‹ node ‹ containerd-shim-runc-v2 ‹ systemd/);
    expect(out).toMatch(/^\S+\/elasticsearch-master-0$/m);
  });

  it('prints the leaf that a search needed, whatever kinds of events it asks for', async () => {
    const leaf = new RegExp(`-> ${truth.domain}:443 `);
    const plain = await run('search', `fd.sip.name = ${truth.domain} and fd.sport = 443`);
    expect(plain.out).toMatch(leaf);
    const ofConnects = await run(
      'search',
      `evt.type = connect and fd.sip.name = ${truth.domain} and fd.sport = 443`,
    );
    expect(ofConnects.out).toMatch(leaf);
  });

  it('marks what a search found late by the limit that was asked for', async () => {
    const path = 'proc.exepath contains refresh-cache';
    expect((await run('search', path)).out).toMatch(/^ {2}late, seen before \+1m12s/m);
    const { out } = await run('search', path, '--late', '5m');
    expect(out).toMatch(/^ {2}late, seen before \+5m12s/m);
    expect(out).not.toMatch(/late \+[1-4]m/i);
    expect((await run('search', path, '--late', 'soon')).code).toBe(2);
  });

  it('fits the terminal it is on', async () => {
    for (const columns of [80, 120, 200]) {
      const { out } = await runWords(['tree', 'crawler', '--file', 'incident.ndjson'], {
        cwd,
        columns,
        env: { NO_COLOR: '1' },
      });
      const widest = Math.max(...out.split('\n').map(textWidth));
      expect(widest).toBeLessThanOrEqual(columns);
    }
  });

  it('uses colours on a terminal only', async () => {
    const words = ['tree', 'crawler', '--file', 'incident.ndjson'];
    expect((await runWords(words, { cwd, columns: 100 })).out).toContain(
      '\u001b[1;33mLATE AND NEW +5m02s',
    );
    expect(
      (await runWords(words, { cwd, columns: 100, env: { NO_COLOR: '1' } })).out,
    ).not.toContain('\u001b');
    expect((await runWords(words, { cwd })).out).not.toContain('\u001b');
  });
});

describe('--json', () => {
  it('is what the API answers', async () => {
    const tree = await run('tree', 'crawler', '--json');
    expect(treeObjects.parse(JSON.parse(tree.out)).pod.pod).toBe(truth.pod);
    const pods = podsAnswer.parse(
      JSON.parse((await runWords(['tree', '--json', '--file', 'incident.ndjson'], { cwd })).out),
    );
    expect(pods.items[0]?.pod).toBe(truth.pod);
    const destinations = destinationsAnswer.parse(
      JSON.parse((await run('destinations', '--json')).out),
    );
    expect(destinations.items.some(({ name }) => name === truth.domain)).toBe(true);
    expect(
      lateralAnswer.parse(JSON.parse((await run('lateral', '--json')).out)).items.length,
    ).toBeGreaterThan(0);
  });
});

describe('exit codes', () => {
  it('are 1 when nothing matches', async () => {
    expect((await run('tree', 'nobody/nothing')).code).toBe(1);
    expect((await run('search', 'no-such-word-anywhere')).code).toBe(1);
    expect((await run('destinations', '--filter', 'fd.sip = 9.9.9.9')).code).toBe(1);
    expect((await run('lateral', '--filter', 'fd.sip = 9.9.9.9')).code).toBe(1);
    expect((await run('conversations', '--filter', 'fd.sip = 9.9.9.9')).code).toBe(1);
    expect((await runWords(['pods', '--data', 'nowhere'], { cwd })).code).toBe(1);
  });

  it('are 2 for what cannot be meant', async () => {
    for (const words of [
      ['tree'],
      ['bogus'],
      ['search'],
      ['pods', '--nope'],
      ['ingest'],
      ['tree', 'x', '--late', 'y'],
      ['serve', '--host', '0.0.0.0'],
      ['events', 'incident.ndjson', '--fields', 'x'],
      ['search', 'proc.name ='],
      ['pods', '--case', '..'],
    ]) {
      const { code, err } = await runWords(words, { cwd });
      expect([words, code]).toEqual([words, 2]);
      expect(err.trim()).not.toBe('');
    }
  });

  it('are 3 when an input cannot be used, with what was found', async () => {
    folder.write('empty.log', '');
    folder.write(
      'picture.png',
      Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(5000, 0)]),
    );
    for (const [name, words] of [
      ['empty.log', /: empty\./],
      ['picture.png', /bytes that are no text/],
      ['missing.log', /there is no such file/],
    ] as const) {
      const { code, err } = await runWords(['tree', '--file', name], { cwd });
      expect([name, code]).toEqual([name, 3]);
      expect(err).toMatch(words);
    }
  });

  it('are 0 for help and version', async () => {
    expect((await runWords(['--help'])).code).toBe(0);
    expect(await runWords(['--version'])).toMatchObject({ code: 0, out: '9.9.9\n' });
    for (const name of [
      'serve',
      'ingest',
      'status',
      'nodes',
      'pods',
      'tree',
      'events',
      'destinations',
      'lateral',
      'conversations',
      'search',
      'verify',
    ]) {
      const { code, out } = await runWords([name, '--help']);
      expect([name, code]).toEqual([name, 0]);
      for (const option of ['--case', '--data']) expect(out).toContain(option);
    }
  });
});

describe('a reader that goes away', () => {
  it('ends the work quietly', async () => {
    const { code, err } = await runWords(['events', 'incident.ndjson'], {
      cwd,
      readerLeavesAfter: 3,
    });
    expect([code, err]).toEqual([0, '']);
  });
});
