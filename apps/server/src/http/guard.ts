import type { ProblemCode } from '@forebear/model/wire/problem';

/** What the guard looks at: the request line and the headers as they came, duplicates included. */
export interface RequestHead {
  readonly method: string;
  /** The raw request target. */
  readonly target: string;
  /** Name, value, name, value … as received. */
  readonly rawHeaders: readonly string[];
}

export interface GuardRules {
  /** Exact, lower-case `host:port` texts that are us. */
  readonly hosts: ReadonlySet<string>;
}

export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: Extract<ProblemCode, 'wrong_host' | 'cross_site' | 'missing_client_header'>;
      readonly message: string;
    };

const pass: Verdict = { ok: true };

/**
 * Decides over a request before routing, static files and streams see it. `Host` is the one control that stops
 * DNS rebinding (a rebound request carries no fetch metadata); `Sec-Fetch-Site` and `Origin` stop other pages;
 * the client header forces a preflight, which no one answers, on cross-site callers that send neither.
 */
export function guardRequest(head: RequestHead, rules: GuardRules): Verdict {
  const hosts = valuesOf(head, 'host');
  const host = hosts[0];
  if (hosts.length !== 1 || host === undefined || !rules.hosts.has(host.toLowerCase())) {
    return refuse('wrong_host', 'This server answers only under its own address.');
  }
  if (!head.target.startsWith('/') || head.target.startsWith('//')) {
    return refuse('wrong_host', 'The request target must be a path.');
  }
  const isApi = pathOf(head.target).startsWith('/api/');
  const sites = valuesOf(head, 'sec-fetch-site');
  const sameOrigin = sites.length === 1 && sites[0] === 'same-origin';
  if (sites.length > 0 && !sameOrigin && !isNavigation(head, sites, isApi)) {
    return refuse(
      'cross_site',
      'Requests from other sites are refused. Type or paste the address instead of following a link.',
    );
  }
  const origins = valuesOf(head, 'origin');
  if (
    origins.length > 0 &&
    (origins.length !== 1 || origins[0] !== `http://${host.toLowerCase()}`)
  ) {
    return refuse('cross_site', 'Requests from another origin are refused.');
  }
  if (isApi && !sameOrigin && valuesOf(head, 'x-forebear-client').length === 0) {
    return refuse(
      'missing_client_header',
      'Calls under /api from outside the page carry the header X-Forebear-Client with any value.',
    );
  }
  return pass;
}

/** The `Host` texts under which a loopback server is itself, and the extra names it was told of. */
export function allowedHosts(port: number, extra: readonly string[]): Set<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', ...extra.map((name) => name.toLowerCase())];
  return new Set(
    names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])),
  );
}

/** A person typing an address or following a bookmark: a document load of a page, never of data. */
function isNavigation(head: RequestHead, sites: readonly string[], isApi: boolean): boolean {
  return (
    sites.length === 1 &&
    sites[0] === 'none' &&
    !isApi &&
    head.method === 'GET' &&
    valuesOf(head, 'sec-fetch-mode')[0] === 'navigate' &&
    valuesOf(head, 'sec-fetch-dest')[0] === 'document'
  );
}

function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  try {
    return decodeURIComponent(path).toLowerCase();
  } catch {
    return '/api/';
  }
}

function valuesOf(head: RequestHead, name: string): string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < head.rawHeaders.length; i += 2) {
    if (head.rawHeaders[i]?.toLowerCase() === name) values.push(head.rawHeaders[i + 1] ?? '');
  }
  return values;
}

function refuse(code: Exclude<Verdict, { ok: true }>['code'], message: string): Verdict {
  return { ok: false, code, message };
}
