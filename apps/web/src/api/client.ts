import type { z } from 'zod';
import { ApiFailure, failureOf, isCancelled, unexpected, unreachable } from './failure.ts';
import { filterFault } from './filterFault.ts';
import { type Progress, textWithProgress } from './progress.ts';

/** Values of a query; undefined and empty ones are left out, but for an empty node. */
export type Params = Readonly<Record<string, string | number | undefined>>;

export interface Ask<Schema extends z.ZodType> {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly params?: Params;
  /** What the answer must be: it is checked here, once, and trusted everywhere else. */
  readonly schema: Schema;
  readonly signal?: AbortSignal | undefined;
}

/** The header that forces a preflight on callers from other sites. */
export const clientHeader = { 'X-Forebear-Client': 'web' } as const;

/** Asks the API and answers what the schema says; throws `ApiFailure`. */
export async function ask<Schema extends z.ZodType>(
  path: string,
  { method = 'GET', params, schema, signal }: Ask<Schema>,
): Promise<z.infer<Schema>> {
  const text = await askText(path, { method, params, signal });
  const parsed = schema.safeParse(text === '' ? undefined : parseJson(text));
  if (parsed.success) return parsed.data;
  throw unexpected(`${path}: ${parsed.error.issues[0]?.path.join('.') ?? 'answer'}`);
}

/** Asks for JSON that a schema would be too slow for; `check` looks at its shape: what it refuses is an unexpected answer. */
export async function askLarge<Answer>(
  path: string,
  {
    params,
    signal,
    onProgress,
    check,
  }: {
    params?: Params;
    signal?: AbortSignal | undefined;
    onProgress?: (progress: Progress) => void;
    check: (answer: unknown) => answer is Answer;
  },
): Promise<Answer> {
  const answer = parseJson(await askText(path, { params, signal, onProgress }));
  if (check(answer)) return answer;
  throw unexpected(path);
}

/** The same for text: an answer that is shown as it is. */
export async function askText(
  path: string,
  options: {
    method?: 'GET' | 'POST' | 'DELETE';
    params?: Params | undefined;
    signal?: AbortSignal | undefined;
    onProgress?: ((progress: Progress) => void) | undefined;
  } = {},
): Promise<string> {
  const { method = 'GET', params = {}, signal, onProgress } = options;
  const fault = typeof params['filter'] === 'string' ? filterFault(params['filter']) : undefined;
  if (fault !== undefined) throw fault;
  let response: Response;
  try {
    response = await fetch(address(path, params), {
      method,
      headers: clientHeader,
      ...(signal === undefined ? {} : { signal }),
      cache: 'no-store',
    });
    const text =
      onProgress === undefined || !response.ok
        ? await response.text()
        : await textWithProgress(response, onProgress);
    if (response.ok) return text;
    throw failureOf(response.status, text);
  } catch (error) {
    if (error instanceof ApiFailure || isCancelled(error)) throw error;
    throw unreachable();
  }
}

/** Empty names are names: the node of log lines without one, the namespace of a pod that agents know by its own name alone. */
const MEANT_EMPTY: ReadonlySet<string> = new Set(['node', 'namespace']);

/** `/api/v1` + path + query. */
export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && (value !== '' || MEANT_EMPTY.has(name)))
      query.set(name, String(value));
  }
  const text = query.toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected('no JSON');
  }
}
