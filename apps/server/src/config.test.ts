import { caseName } from '@forebear/model/wire/cases';
import { describe, expect, it } from 'vitest';
import { readPlace, readServeConfig, type Surroundings } from './config.ts';

const around: Surroundings = { env: {}, platform: 'linux', home: '/home/ann', cwd: '/srv' };

function errorsOf(read: { ok: boolean; errors?: readonly string[] }): string {
  return (read.errors ?? []).join('\n');
}

describe('where facts are kept', () => {
  it('is the place of the platform for a user’s data', () => {
    const dirs = [
      [{}, 'linux', '/home/ann/.local/share/forebear'],
      [{ XDG_DATA_HOME: '/data' }, 'linux', '/data/forebear'],
      [{ XDG_DATA_HOME: 'relative' }, 'linux', '/home/ann/.local/share/forebear'],
      [{}, 'darwin', '/home/ann/Library/Application Support/forebear'],
    ] as const;
    for (const [env, platform, dataDir] of dirs) {
      expect(readPlace({}, { ...around, env, platform })).toEqual({
        ok: true,
        value: { dataDir, caseName: 'default' },
      });
    }
  });

  it('is what the environment says, and before that the option', () => {
    const env = { FOREBEAR_DATA: '/env', FOREBEAR_CASE: 'incident' };
    expect(readPlace({}, { ...around, env })).toEqual({
      ok: true,
      value: { dataDir: '/env', caseName: 'incident' },
    });
    expect(readPlace({ data: 'mine', case: 'other' }, { ...around, env })).toEqual({
      ok: true,
      value: { dataDir: '/srv/mine', caseName: 'other' },
    });
  });

  it.each(['../up', 'a/b', '', '-x', 'a'.repeat(65), 'ä'])('refuses the case name %j', (name) => {
    expect(readPlace({ case: name }, around).ok).toBe(false);
  });

  it('knows the same case names as the API', () => {
    const names = [
      'a',
      '7',
      'A.b_c-9',
      'a'.repeat(64),
      'a'.repeat(65),
      '.a',
      '_a',
      '-a',
      'a b',
      '',
    ];
    for (const name of [...names, 'a\n', 'ä', 'a/b']) {
      expect(readPlace({ case: name }, around).ok, name).toBe(caseName.safeParse(name).success);
    }
  });
});

describe('where to listen', () => {
  it('is loopback, on port 4747, unless told', () => {
    const read = readServeConfig({}, around);
    expect(read.ok && [read.value.host, read.value.port]).toEqual(['127.0.0.1', 4747]);
  });

  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost'])('may be %s', (host) => {
    expect(readServeConfig({ host }, around).ok).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '::',
    '192.168.1.5',
    '10.0.0.1',
    'fe80::1',
    'example.com',
    '',
    '127.0.0.1.evil.example',
    '::ffff:0.0.0.0',
    '0',
    '*',
  ])('is never %j: there is no sign-in', (host) => {
    const read = readServeConfig({ host }, around);
    expect(read.ok).toBe(false);
    expect(errorsOf(read)).toMatch(/no sign-in/);
  });

  it.each(['-1', '65536', '80x', '', '1e3', ' 80'])('refuses the port %j', (port) => {
    expect(errorsOf(readServeConfig({ port }, around))).toMatch(/--port/);
  });

  it('answers under further names, in lower case, without ports or patterns', () => {
    const read = readServeConfig({ allowedHost: ['Forebear.Example'] }, around);
    expect(read.ok && read.value.allowedHosts).toEqual(['forebear.example']);
    for (const name of ['a:80', '*.example', 'a b', 'http://a', '-a', 'a..b']) {
      expect(errorsOf(readServeConfig({ allowedHost: [name] }, around))).toMatch(/--allowed-host/);
    }
  });

  it('tells every mistake at once', () => {
    const read = readServeConfig({ host: '0.0.0.0', port: 'x', case: '/' }, around);
    expect(read.ok ? 0 : read.errors.length).toBe(3);
  });
});
