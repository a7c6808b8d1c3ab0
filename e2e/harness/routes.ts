import type { Api } from './api.ts';

/** One call of the server, with its path's parameters filled in. */
export interface Call {
  readonly method: string;
  readonly path: string;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Addresses that the description of the API does not list: pages, files, probes. */
const OTHERS = ['/', '/c/default', '/docs', '/healthz', '/readyz', '/metrics', '/favicon.svg'];

/** Every call there is, from the server's own description, and what it serves beside the API. */
export async function allCalls(api: Api): Promise<readonly Call[]> {
  const description: unknown = JSON.parse(await api.read('/api/v1/openapi.json'));
  const calls: Call[] = [];
  for (const [path, operations] of entriesOf(entriesOf(description).get('paths'))) {
    const filled = path.replaceAll(/\{[^}]*\}/g, 'x');
    for (const [method] of entriesOf(operations)) {
      if (METHODS.includes(method)) calls.push({ method: method.toUpperCase(), path: filled });
    }
  }
  const page = await api.read('/');
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  const reads = ['/api/v1/openapi.json', ...OTHERS, ...files];
  return [...calls, ...reads.map((path) => ({ method: 'GET', path }))];
}

function entriesOf(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
