import { describe, expect, it } from 'vitest';
import { podOfPath } from './podOfPath.ts';
import { streamOfFile } from './streamOf.ts';
import { intervalOf, zeekTime } from './time.ts';

describe('podOfPath', () => {
  it('is the folder of the file, wherever the upload begins', () => {
    const name = 'build-code-deployment-69cccc5769-kn27f';
    for (const path of [`/mnt/nfs/zeek/logs/${name}/conn.log`, `${name}/dns.log.gz`]) {
      expect(podOfPath(path)).toBe(name);
    }
    expect(podOfPath('logs/web/conn.log')).toBe('web');
    expect(podOfPath('logs/db.example-0/conn.log')).toBe('db.example-0');
  });

  it('passes over folders of dates', () => {
    expect(podOfPath('logs/web-1/2024-09-05/conn.log')).toBe('web-1');
    expect(podOfPath('logs/web-1/2024/09/05/conn.log')).toBe('web-1');
    expect(podOfPath('zeek/logs/2024-09-05/conn.log')).toBe('');
  });

  it('is nobody at the root, in usual folders, and where no pod can be called so', () => {
    const paths = ['', 'conn.log', '/conn.log', 'zeek/logs/conn.log', 'logs/current/conn.log'];
    const names = ['My Logs/conn.log', 'individual_zeek_logs/conn.log', '-web/conn.log'];
    const packed = ['upload.zip/conn.log', 'a.tar/conn.log', 'zeek/spool/worker-1/conn.log'];
    const long = `${'a'.repeat(254)}/conn.log`;
    for (const path of [...paths, ...names, ...packed, long, '../conn.log', './conn.log']) {
      expect(podOfPath(path), path).toBe('');
    }
  });
});

describe('streamOfFile', () => {
  it('knows plain and rotated names', () => {
    const names = [
      'conn.log',
      'a/b/conn.log.gz',
      'conn.2024-09-05-10-00-00.log',
      'conn.10:00:00-11:00:00.log.gz',
      'conn_20240905_10:00:00-11:00:00+0000.log.gz',
      'conn-20240905.log',
      'conn.json',
      'conn',
    ];
    for (const name of names) expect(streamOfFile(name), name).toBe('conn');
    expect(streamOfFile('conn-summary.10:00:00-11:00:00.log')).toBe('conn-summary');
    expect(streamOfFile('known_hosts.log')).toBe('known_hosts');
    expect(streamOfFile('')).toBe('');
  });
});

describe('zeekTime', () => {
  it('reads seconds to the microsecond, milliseconds, text and ISO 8601', () => {
    expect(zeekTime(1588205199.82437)).toBe(1588205199824370000n);
    expect(zeekTime(1588205199.827696)).toBe(1588205199827696000n);
    expect(zeekTime(1588205199)).toBe(1588205199000000000n);
    expect(zeekTime(1588205199824)).toBe(1588205199824000000n);
    expect(zeekTime('1588205199.824370123')).toBe(1588205199824370123n);
    expect(zeekTime('2018-03-24T17:15:20.865716Z')).toBe(1521911720865716000n);
    expect(zeekTime('1969-12-31T23:59:59.600000Z')).toBe(-400000000n);
  });

  it('reads nothing into what is no time', () => {
    for (const value of [
      undefined,
      null,
      '',
      'now',
      '-',
      Number.NaN,
      1e16,
      -1e16,
      1e300,
      '9'.repeat(11),
      {},
    ]) {
      expect(zeekTime(value)).toBeUndefined();
    }
  });
});

describe('intervalOf', () => {
  it('is whole microseconds, never negative, never longer than a life', () => {
    expect(intervalOf(0.001528024673461914)).toBe(1528000n);
    expect(intervalOf('0.5')).toBe(500000000n);
    expect(intervalOf(0)).toBe(0n);
    for (const value of [-1, 1e10, Number.NaN, 'x', null]) {
      expect(intervalOf(value)).toBeUndefined();
    }
  });
});
