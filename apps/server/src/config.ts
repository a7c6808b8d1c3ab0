import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';

/** What configuration is read from, handed in by `main`. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Node's name of the platform. */
  readonly platform: string;
  readonly home: string;
  readonly cwd: string;
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  /** Sentences for the user, one per mistake, each with what to do. */
  | { readonly ok: false; readonly errors: readonly string[] };

/** Where facts are kept, and which body of them is meant. */
export interface Place {
  readonly dataDir: string;
  readonly caseName: string;
}

/** How to serve. */
export interface ServeConfig extends Place {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Lower-case host names, beside the loopback ones, that `Host` may carry. */
  readonly allowedHosts: readonly string[];
}

export interface PlaceOptions {
  readonly data?: string | undefined;
  readonly case?: string | undefined;
}

export interface ServeOptions extends PlaceOptions {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly allowedHost?: readonly string[] | undefined;
}

const defaultPort = 4747;
const defaultHost = '127.0.0.1';
const caseName = /^[a-z0-9][a-z0-9._-]{0,63}$/i;
const hostName =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;

/** Options first, then `FOREBEAR_DATA` and `FOREBEAR_CASE`, then the platform's own place for a user's data. */
export function readPlace(options: PlaceOptions, around: Surroundings): Read<Place> {
  const data = options.data ?? filled(around.env.FOREBEAR_DATA);
  const name = options.case ?? filled(around.env.FOREBEAR_CASE) ?? 'default';
  if (data === '') return refused(['--data names no directory.']);
  if (!caseName.test(name)) {
    return refused([
      'A case name is up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit.',
    ]);
  }
  const dataDir = data === undefined ? defaultDataDir(around) : resolve(around.cwd, data);
  return { ok: true, value: { dataDir, caseName: name } };
}

/** What `serve` needs. Anything but a loopback address is refused: this version has no way to know who is calling. */
export function readServeConfig(options: ServeOptions, around: Surroundings): Read<ServeConfig> {
  const place = readPlace(options, around);
  const errors = place.ok ? [] : [...place.errors];
  const host = options.host ?? defaultHost;
  if (!isLoopback(host)) {
    errors.push(
      `Forebear does not listen on ${JSON.stringify(host)}: whoever reaches it could read all evidence, and this version has no sign-in. ` +
        'It listens on 127.0.0.1, ::1 or localhost. From another machine, use a tunnel: ssh -L 4747:127.0.0.1:4747 HOST.',
    );
  }
  const port = readPort(options.port);
  if (port === undefined) errors.push('--port is a number from 0 to 65535 (0 takes a free one).');
  const allowed = options.allowedHost ?? [];
  for (const name of allowed) {
    if (!hostName.test(name)) {
      errors.push(
        `--allowed-host takes a name such as forebear.example, without port; not ${JSON.stringify(name)}.`,
      );
    }
  }
  if (!place.ok || port === undefined || errors.length > 0) return refused(errors);
  const allowedHosts = allowed.map((name) => name.toLowerCase());
  return { ok: true, value: { ...place.value, host, port, allowedHosts } };
}

/** The version of this Forebear. */
export function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return /"version":\s*"([^"]{1,64})"/.exec(text)?.[1] ?? 'unknown';
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return defaultPort;
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port <= 65_535 ? port : undefined;
}

function defaultDataDir({ env, platform, home }: Surroundings): string {
  const xdg = filled(env.XDG_DATA_HOME);
  // The XDG specification: a relative path there is to be ignored.
  if (xdg?.startsWith('/') === true) return join(xdg, 'forebear');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'forebear');
  if (platform === 'win32') {
    return join(filled(env.LOCALAPPDATA) ?? join(home, 'AppData', 'Local'), 'forebear');
  }
  return join(home, '.local', 'share', 'forebear');
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function refused(errors: readonly string[]): {
  readonly ok: false;
  readonly errors: readonly string[];
} {
  return { ok: false, errors };
}
