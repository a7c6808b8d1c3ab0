import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime } from '../../event/time.ts';
import type { Origin } from '../format.ts';
import { print } from '../testing/mergedFacts.ts';
import { zeek } from './zeek.ts';

const ends = {
  'id.orig_h': '10.44.1.17',
  'id.orig_p': 41830,
  'id.resp_h': '198.51.100.24',
  'id.resp_p': 443,
};
const conn = { ts: 1772355601.5, uid: 'C1', ...ends, proto: 'tcp', conn_state: 'SF' };

function decode(value: unknown, path = '', told: Omit<Origin, 'path'> = {}) {
  return zeek.decoder().decode(value, { path, ...told });
}

function eventOf(value: unknown, path = '', told: Omit<Origin, 'path'> = {}) {
  const decoded = decode(value, path, told);
  return decoded.kind === 'events' ? decoded.events[0] : undefined;
}

describe('whose event it is', () => {
  it('is the pod in whose folder the log lies, in any namespace', () => {
    const event = eventOf(conn, 'zeek/logs/web-7d9f8c-x2x4z/conn.log');
    expect(event?.process).toEqual({
      rank: 1,
      id: 'zeek:pod::web-7d9f8c-x2x4z:',
      traits: 0,
      pod: { namespace: '', name: 'web-7d9f8c-x2x4z' },
    });
    expect(event).toMatchObject({ flow: { direction: 'unknown' } });
  });

  it('is the address of the end that is local', () => {
    const known = { local_orig: false, local_resp: true };
    expect(eventOf(conn)?.process?.id).toBe('zeek:address:10.44.1.17');
    expect(eventOf({ ...conn, ...known })?.process?.id).toBe('zeek:address:198.51.100.24');
  });

  it('is the node where there is nothing else, and nobody where there is nothing', () => {
    const weird = { ts: 1, name: 'non_ip_packet', notice: false, peer: 'zeek' };
    expect(eventOf(weird, 'weird.log', { node: 'quay-7' })?.process?.id).toBe('zeek:node:quay-7');
    expect(eventOf(weird, 'web-1/weird.log')?.process?.id).toBe('zeek:pod::web-1:');
    expect(eventOf(weird)?.process).toBeUndefined();
  });

  it('takes cluster, node and a missing time from around the record', () => {
    const time = parseTime('2026-03-01T09:00:00Z');
    if (time === undefined) throw new Error('no time');
    const told = { node: 'quay-7', cluster: 'harbour', time };
    const { ts: _, ...timeless } = conn;
    expect(eventOf(timeless, '', told)).toMatchObject(told);
    expect(eventOf(conn, '', told)?.time).toBe(1772355601500000000n);
    expect(eventOf({ ...conn, ts: 0 })?.time).toBeUndefined();
  });
});

describe('the stream of a record', () => {
  const plain = { ts: 1772355601.5, uid: 'C1', ...ends };

  it('is its own word, then its file, then what its columns tell', () => {
    const label = (value: object, path: string) => eventOf(value, path)?.label;
    expect(label({ ...conn, _path: 'ssh' }, 'web-1/conn.log')).toBe('zeek:ssh');
    expect(label({ ...conn, '@stream': 'ssh' }, 'web-1/conn.log')).toBe('zeek:ssh');
    expect(label(plain, 'web-1/rdp.2024-09-05-10-00-00.log')).toBe('zeek:rdp');
    expect(label(conn, 'everything.log')).toBe('zeek:conn');
    const call = { ...plain, trans_depth: 1, method: 'INVITE', status_code: 200 };
    expect(label(call, 'web-1/sip.log')).toBe('zeek:sip');
    expect(label(call, 'zeek.log')).toBe('zeek:http');
    expect(label(plain, 'ecat_registers.log')).toBe('zeek:ecat_registers');
    expect(label(plain, 'Part 7.log')).toBe('zeek:unnamed');
  });

  it('decides what is passed over', () => {
    const skipped = { kind: 'skipped', reason: 'excluded_stream' };
    expect(decode(plain, 'web-1/ntp.log')).toEqual(skipped);
    expect(decode({ ...plain, _path: 'known_modbus' })).toEqual(skipped);
    expect(decode({ ...plain, _path: 'ntp' }, 'web-1/conn.log')).toEqual(skipped);
    expect(decode({ name: '/opt/zeek/site/local.zeek' }, 'web-1/loaded_scripts.log')).toEqual(
      skipped,
    );
  });

  it('makes a gap of a loss', () => {
    const loss = { ts: 1, ts_delta: 900, peer: 'zeek', gaps: 24, acks: 1200, percent_lost: 2 };
    expect(eventOf(loss, 'web-1/capture_loss.log')).toMatchObject({
      kind: 'lost',
      process: { id: 'zeek:pod::web-1:' },
      gap: { gap: 'lost_events' },
    });
    expect(decode({ ...loss, gaps: 0, percent_lost: 0 }).kind).toBe('skipped');
  });
});

describe('a connection', () => {
  it('has its bytes, both ends of its time, and how it ended', () => {
    const full = { ...conn, duration: 12.345678, orig_bytes: 5120, resp_bytes: 1048576 };
    expect(eventOf(full)).toMatchObject({
      kind: 'flow',
      time: 1772355601500000000n,
      flow: {
        bytesSent: 5120n,
        bytesReceived: 1048576n,
        end: 1772355613845678000n,
        reason: 'SF',
        verdict: '',
      },
    });
  });

  it('has no bytes where Zeek counted none, which is not 0', () => {
    const event = eventOf(conn);
    expect(event?.kind === 'flow' && 'bytesSent' in event.flow).toBe(false);
  });

  it('needs its addresses', () => {
    expect(decode({ _path: 'http', ts: 1, method: 'GET' })).toMatchObject({
      kind: 'rejected',
      reason: 'bad_field',
    });
  });
});

describe('a captured password', () => {
  const request = { ts: 1772355601.5, uid: 'C1', ...ends, trans_depth: 1, host: 'shop.example' };

  it('stands nowhere in what is read, however it is spelled', () => {
    const safe = fc.stringMatching(/^[a-z0-9/]{0,12}$/);
    const password = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 24 });
    fc.assert(
      fc.property(password, safe, safe, (secret, before, after) => {
        fc.pre(!'GET http shop.example ***** :@/'.includes(secret) && secret.trim() !== '');
        const escaped = encodeURIComponent(secret);
        for (const spelled of [secret, escaped, escaped.replaceAll('%20', '+')]) {
          for (const uri of [`/${before}?a=${spelled}&b=1`, `/${before}/${spelled}${after}`]) {
            const record = { ...request, method: 'GET', uri, username: 'clerk', password: secret };
            const event = eventOf(record);
            expect(event?.subject).not.toContain(spelled);
          }
        }
      }),
    );
  });

  it('does not break on half a character', () => {
    const record = { ...request, method: 'GET', uri: '/\ud800x', password: '\ud800' };
    expect(eventOf(record)?.kind).toBe('http');
  });

  it('is not looked for where Zeek has hidden it', () => {
    const record = { ...request, method: 'GET', uri: '/<hidden>', password: '<hidden>' };
    expect(eventOf(record)?.subject).toBe('GET shop.example/<hidden>');
  });
});

describe('what is not ours', () => {
  it('is not claimed, and not decoded either', () => {
    const others: readonly unknown[] = [
      { ts: 1, level: 'info', msg: 'started', logger: 'manager' },
      { ts: 1, level: 'warn', message: 'x' },
      { ts: 1, host: 'web-1' },
      { ts: 1, node: 'n', message: 'm', level: 'info' },
      { name: 'x.zeek', ts: 1 },
      { name: 'notes.txt' },
      { _path: 'conn' },
      { _path: 'no stream at all', ts: 1 },
      { _path: 7, ts: 1 },
      { id: 'x', uid: 'C1', ts: 1 },
      { ...ends },
      { 'id.orig_h': 'somewhere', 'id.resp_h': '10.0.0.1', ts: 1, uid: 'C1' },
      { query: 'x', uid: 'C1', ts: 1 },
      null,
      [],
    ];
    for (const value of others) {
      expect(zeek.sniff(value)).toBe(false);
      expect(decode(value, 'web-1/conn.log').kind).toBe('rejected');
    }
  });
});

describe('any record', () => {
  const anything = fc.jsonValue({ maxDepth: 2 });
  const word = fc.constantFrom(
    'conn',
    'dns',
    'http',
    'ssl',
    'ssh',
    'ntp',
    '__proto__',
    'capture_loss',
  );
  const address = fc.oneof(fc.ipV4(), fc.ipV6(), anything);
  const columns = [
    'id.orig_p',
    'id_resp_p',
    'proto',
    'conn_state',
    'duration',
    'orig_bytes',
    'resp_bytes',
    'service',
    'local_orig',
    'local_resp',
    'query',
    'qtype_name',
    'rcode',
    'answers',
    'method',
    'host',
    'uri',
    'password',
    'trans_depth',
    'server_name',
    'version',
    'established',
    'resumed',
    'name',
    'note',
    'msg',
    'actions',
    'notice',
    'peer',
    'fuid',
    'seen_bytes',
    'gaps',
    'acks',
    'ts_delta',
    'percent_lost',
    'certificate',
  ];
  const record = fc
    .tuple(
      fc.record(
        {
          _path: fc.oneof(word, anything),
          '@stream': fc.oneof(word, anything),
          ts: fc.oneof(anything, fc.double(), fc.constant('2026-03-01T09:00:00Z')),
          uid: anything,
          'id.orig_h': address,
          'id.resp_h': address,
        },
        { requiredKeys: [] },
      ),
      fc.dictionary(fc.constantFrom(...columns), anything),
    )
    .map(([head, rest]): unknown => ({ ...rest, ...head }));

  it('gets one of the four answers, the same one twice, and none that sniffing denies', () => {
    fc.assert(
      fc.property(fc.oneof(record, anything), fc.webPath(), (value, path) => {
        const decoded = decode(value, path);
        expect(print(decode(value, path))).toBe(print(decoded));
        const answers = zeek.sniff(value)
          ? ['events', 'skipped', 'rejected', 'imprecise']
          : ['rejected'];
        expect(answers).toContain(decoded.kind);
        expect(decoded.kind === 'events' && decoded.events.length === 0).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
