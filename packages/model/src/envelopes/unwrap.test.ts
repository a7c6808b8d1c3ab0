import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime } from '../event/time.ts';
import { parseLossless } from '../formats/losslessJson.ts';
import { isObject } from '../formats/read.ts';
import { contentOf } from './envelope.ts';
import { type Claims, type Found, unwrap } from './unwrap.ts';

/** A format of records `{"toy": …}` and of lines `toy …`. */
const claims: Claims = {
  value: (value) => isObject(value) && 'toy' in value,
  text: (line) => line.startsWith('toy '),
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function opened(value: unknown, how = parse) {
  return unwrap(contentOf(value), { path: 'a.log' }, { claims, parse: how });
}

/** What was found, a line each. */
function found(value: unknown): readonly string[] | undefined {
  return opened(value)?.found.map(say);
}

function say(one: Found): string {
  switch (one.kind) {
    case 'value':
      return JSON.stringify(one.value);
    case 'text':
      return one.text;
    case 'noise':
      return `noise: ${one.text}`;
    case 'unread':
      return `${one.reason}: ${one.sample}`;
  }
}

/** What the only record is told to come from. */
function told(value: unknown) {
  const origin = opened(value)?.found[0]?.origin;
  if (origin === undefined) return undefined;
  const { path: _, time, ...rest } = origin;
  return time === undefined ? rest : { ...rest, time: formatTime(time) };
}

const record = { toy: 1, deep: { a: [1, 2] } };
const line = JSON.stringify(record);
const text = 'toy 12:00 something happened';

function otlpOf(logRecord: object, attributes: readonly object[] = []) {
  return { resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords: [logRecord] }] }] };
}

function key(name: string, value: string) {
  return { key: name, value: { stringValue: value } };
}

const kvlist = {
  kvlistValue: {
    values: [
      { key: 'toy', value: { intValue: '1' } },
      {
        key: 'deep',
        value: {
          kvlistValue: {
            values: [
              {
                key: 'a',
                value: { arrayValue: { values: [{ intValue: 1 }, { doubleValue: 2 }] } },
              },
            ],
          },
        },
      },
    ],
  },
};

/** Each holds one record of JSON. */
const wraps: Readonly<Record<string, (line: string) => unknown>> = {
  'OTLP body text': (inner) => otlpOf({ timeUnixNano: '1', body: { stringValue: inner } }),
  'a bare OTLP record': (inner) => ({ timeUnixNano: '1', body: { stringValue: inner } }),
  'OTLP of 2021': (inner) => ({
    resourceLogs: [{ instrumentationLibraryLogs: [{ logs: [{ body: { stringValue: inner } }] }] }],
  }),
  'Splunk HEC, text': (inner) => ({ time: 1, host: 'h', sourcetype: 's', event: inner }),
  'Splunk HEC, object': (inner) => ({ index: 'main', event: objectIn(inner) }),
  'a row of a Splunk export': (inner) => ({ preview: false, result: { _raw: inner, host: 'h' } }),
  'an Elasticsearch hit': (inner) => ({
    _index: 'i',
    _id: '1',
    _source: objectIn(inner),
  }),
  'an answer to a search': (inner) => ({
    took: 1,
    hits: { total: 1, hits: [{ _index: 'i', _source: { message: inner, '@timestamp': 'x' } }] },
  }),
  'answers to searches': (inner) => ({
    responses: [{ status: 404 }, { hits: { hits: [{ _source: objectIn(inner) }] } }],
  }),
  Docker: (inner) => ({ log: `${inner}\n`, stream: 'stdout', time: '2026-01-01T00:00:00Z' }),
  CRI: (inner) => `2026-01-01T00:00:00.5Z stdout F ${inner}`,
  Fluentd: (inner) => `2026-01-01T00:00:00Z\ttag.one\t${inner}`,
  'kubectl timestamps': (inner) => `2026-01-01T00:00:00Z ${inner}`,
  'Fluent Bit': (inner) => ({ date: 1.5, log: inner, kubernetes: { pod_name: 'agent-x' } }),
  'Fluent Bit with CRI': (inner) => ({
    log: `2026-01-01T00:00:00.5Z stdout F ${inner}`,
    kubernetes: {},
  }),
  Vector: (inner) => ({ message: inner, source_type: 'kubernetes_logs', file: '/x' }),
  'Vector, unmarked': (inner) => ({ message: inner }),
  Filebeat: (inner) => ({ message: inner, agent: { type: 'filebeat' }, host: { name: 'h' } }),
  journald: (inner) => ({ MESSAGE: inner, __REALTIME_TIMESTAMP: '1700000000123456' }),
  logcli: (inner) => ({ labels: {}, line: inner, timestamp: '2026-01-01T00:00:00Z' }),
  CloudEvents: (inner) => ({ specversion: '1.0', type: 't', data: objectIn(inner) }),
  'Falcosidekick’s page': (inner) => ({ event: objectIn(inner), outputs: ['loki'] }),
  'a push to Loki': (inner) => ({ streams: [{ stream: {}, values: [['1', inner]] }] }),
  'an answer of Loki': (inner) => ({
    data: { resultType: 'streams', result: [{ stream: {}, values: [['1', inner]] }] },
  }),
  'a quoted string, as jq prints': (inner) => JSON.stringify(inner),
};
const wrapping = Object.values(wraps);

describe('unwrap', () => {
  it.each(Object.entries(wraps))('finds the record in %s', (_, wrap) => {
    expect(found(wrap(line))).toEqual([line]);
  });

  it('finds it in any of them in any others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...wrapping), { minLength: 1, maxLength: 3 }),
        (layers) => {
          let inner: unknown = line;
          for (const wrap of layers) {
            inner = wrap(
              typeof inner === 'string' && inner.startsWith('{') ? inner : textOf(inner),
            );
          }
          expect(found(inner)).toEqual([line]);
        },
      ),
    );
  });

  it('opens nothing that a format claims, nor what is no envelope', () => {
    for (const value of [
      record,
      { ...record, message: line, log: line, kubernetes: {} },
      {},
      { level: 'info' },
      { message: 'it started', level: 'info' },
      { message: '[1,2]' },
      { event: { action: 'exec' }, host: { name: 'h' } },
      { hits: 3 },
      { streams: 'none' },
      { specversion: '1.0' },
      { index: { a: 1 } },
      { data: record },
      'a line of text',
      7,
      null,
    ]) {
      expect(found(value)).toBeUndefined();
    }
  });

  it('tells noise of a collector from a record that is not read', () => {
    expect(found({ log: 'it started\n', stream: 'stderr' })).toEqual(['noise: it started']);
    expect(found({ message: 'it started', kubernetes: {} })).toEqual(['noise: it started']);
    expect(found({ message: '{"a":1}', kubernetes: {} })).toEqual(['unknown_format: {a}']);
    expect(found({ message: '{"a":1', kubernetes: {} })).toEqual(['bad_json: {"a":1']);
    expect(found({ message: '{"toy":1,"toy":2}' })).toEqual(['duplicate_key: {"toy":1,"toy":2}']);
    expect(found({ index: { _index: 'i', _id: '7' } })).toEqual([]);
    expect(found({ resourceLogs: [] })).toEqual([]);
  });

  it('finds lines of plain text that a format claims', () => {
    expect(found({ message: text })).toEqual([text]);
    expect(found({ log: `2026-01-01T00:00:00Z stderr F ${text}` })).toEqual([text]);
    expect(found(otlpOf({ body: { stringValue: text } }))).toEqual([text]);
  });

  it('keeps several records in their order, and says which are not read', () => {
    const values = [line, 'noise', '{"other":1}', text, `${line}\n${text}\n\n`];
    const request = {
      resourceLogs: [
        {
          scopeLogs: [{ logRecords: values.map((value) => ({ body: { stringValue: value } })) }],
        },
      ],
    };
    expect(found(request)).toEqual([
      line,
      'noise: noise',
      'unknown_format: {other}',
      text,
      line,
      text,
    ]);
  });

  it('takes of a record in two forms the one that a format claims', () => {
    const parsed = { key: 'toy', value: { stringValue: 'x' } };
    expect(found(otlpOf({ body: { stringValue: 'read it' }, attributes: [parsed] }))).toEqual([
      '{"toy":"x"}',
    ]);
    expect(found(otlpOf({ body: { stringValue: line }, attributes: [parsed] }))).toEqual([line]);
    expect(found({ message: 'short', log: line })).toEqual([line]);
  });

  it('bounds depth and number, and says so', () => {
    let deep: unknown = line;
    for (let i = 0; i < 8; i += 1) deep = { sourcetype: 's', event: deep };
    expect(found(deep)).toEqual([line]);
    expect(found({ sourcetype: 's', event: deep })?.[0]).toMatch(/^too_deep: /);
    let endless: unknown = [];
    for (let i = 0; i < 10_000; i += 1) endless = [endless];
    expect(found(endless)?.[0]).toMatch(/^too_deep: /);
    const many = opened({ hits: { hits: new Array<unknown>(200_000).fill({ _source: record }) } });
    expect(many?.found).toHaveLength(100_001);
    expect(many?.found.at(-1)).toMatchObject({ kind: 'unread', reason: 'too_many' });
  });

  it('never throws, whatever lies there', () => {
    const keys = ['event', 'sourcetype', 'log', 'stream', 'message', 'body', 'timeUnixNano'].concat(
      ['resourceLogs', 'scopeLogs', 'logRecords', 'attributes', 'key', 'value', 'kvlistValue'],
      ['hits', '_source', 'streams', 'values', 'data', 'specversion', 'result', '_raw', 'toy'],
      ['kubernetes', 'host', 'time', '__proto__', 'index', 'outputs', 'arrayValue', 'intValue'],
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<unknown>(line, text, '{', '"x"', '', 'stdout', null, 0, 1e300, true, 12n),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        for (const one of opened(value)?.found ?? []) expect(one.origin.path).toBe('a.log');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what an envelope tells', () => {
  const resource = [
    key('k8s.namespace.name', 'shop'),
    key('k8s.pod.name', 'basket-1'),
    key('k8s.pod.uid', 'u-1'),
    key('k8s.deployment.name', 'basket'),
    key('k8s.node.name', 'node-1'),
    key('k8s.cluster.name', 'eu'),
    key('k8s.container.name', 'main'),
    key('container.id', 'abc'),
    key('host.name', 'other'),
  ];

  it('is, of OTLP, the place of the resource and the time of the record', () => {
    const logRecord = { timeUnixNano: '1700000000123456789', body: kvlist };
    expect(told(otlpOf(logRecord, resource))).toEqual({
      time: '2023-11-14T22:13:20.123456789Z',
      node: 'node-1',
      cluster: 'eu',
      pod: {
        namespace: 'shop',
        name: 'basket-1',
        uid: 'u-1',
        workload: 'basket',
        workloadKind: 'Deployment',
      },
      container: { id: 'abc', name: 'main' },
    });
  });

  it('is not the pod whose output was read: that is the agent’s own', () => {
    for (const mark of [key('log.iostream', 'stdout'), key('log.file.path', '/var/log/x')]) {
      const logRecord = { body: { stringValue: line }, attributes: [mark] };
      expect(told(otlpOf(logRecord, resource))).toEqual({ node: 'node-1', cluster: 'eu' });
    }
    const kubernetes = { pod_name: 'tetragon-x', namespace_name: 'kube-system', host: 'node-2' };
    expect(told({ log: line, kubernetes })).toEqual({ node: 'node-2' });
  });

  it('takes OTLP times in milliseconds for what they are, and 0 for none', () => {
    const at = (timeUnixNano: unknown, more = {}) =>
      told(otlpOf({ timeUnixNano, body: { stringValue: line }, ...more }));
    expect(at('1679915426000')).toEqual({ time: '2023-03-27T11:10:26.000000000Z' });
    expect(at('1679915426000000000')).toEqual({ time: '2023-03-27T11:10:26.000000000Z' });
    expect(at('0')).toEqual({});
    expect(at('0', { observedTimeUnixNano: '1679915426487671942' })).toEqual({
      time: '2023-03-27T11:10:26.487671942Z',
    });
    expect(at('99999999999999999999')).toEqual({});
  });

  it('asks for the digits of a time that is a bare number', () => {
    const json = `{"timeUnixNano":1700000000123456789,"body":{"stringValue":${JSON.stringify(line)}}}`;
    expect(opened(JSON.parse(json))?.imprecise).toBe(true);
    const exact = opened(parseLossless(json), parseLossless);
    expect(exact?.imprecise).toBe(false);
    expect(formatTime(exact?.found[0]?.origin.time ?? (0n as never))).toContain('.123456789Z');
  });

  it('is the host and the time of Splunk, in seconds of any spelling', () => {
    for (const time of [1700000000.25, '1700000000.250', 1700000000250]) {
      expect(told({ event: line, sourcetype: 's', host: 'n', time })).toEqual({
        node: 'n',
        time: '2023-11-14T22:13:20.250000000Z',
      });
    }
  });

  it('is the innermost where several tell', () => {
    const inner = JSON.stringify({ log: line, stream: 'stdout', time: '2026-01-02T00:00:00Z' });
    expect(told({ sourcetype: 's', host: 'n', time: 1700000000, event: inner })).toEqual({
      node: 'n',
      time: '2026-01-02T00:00:00.000000000Z',
    });
  });

  it('keeps a key twice in a list of keys and values from being read', () => {
    const values = [key('toy', 'a'), key('toy', 'b')];
    expect(found(otlpOf({ body: { kvlistValue: { values } } }))).toEqual(['duplicate_key: ']);
  });

  it('reads keys and values as the object they stand for', () => {
    expect(found(otlpOf({ body: kvlist }))).toEqual([line]);
    const values = [
      key('toy', ''),
      { key: 'big', value: { intValue: '9223372036854775807' } },
      { key: '__proto__', value: { boolValue: true } },
      { key: 'none', value: {} },
    ];
    const [one] = opened(otlpOf({ body: { kvlistValue: { values } } }))?.found ?? [];
    const value = one?.kind === 'value' ? one.value : undefined;
    expect(Object.entries(isObject(value) ? value : {})).toEqual([
      ['toy', ''],
      ['big', 9223372036854775807n],
      ['__proto__', true],
      ['none', null],
    ]);
  });
});

/** The object that a line is, or one around a line that has something before it. */
function objectIn(inner: string): unknown {
  return inner.startsWith('{') ? JSON.parse(inner) : { log: inner, stream: 'stdout' };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
