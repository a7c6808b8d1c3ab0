import { useSyncExternalStore } from 'react';

/** How much of an answer is here. */
export interface Progress {
  /** Bytes; 0 while the server is still putting it together. */
  readonly received: number;
  /** Bytes there will be; undefined when the server does not say. */
  readonly total: number | undefined;
}

const going = new Map<string, Progress>();
const listeners = new Set<() => void>();

/** Says how far a question is; undefined: it is over. */
export function tellProgress(question: readonly unknown[], progress: Progress | undefined): void {
  const name = JSON.stringify(question);
  if (progress === undefined) going.delete(name);
  else going.set(name, progress);
  for (const listener of listeners) listener();
}

/** How far a question is; undefined while nobody waits for its answer. */
export function useProgress(question: readonly unknown[]): Progress | undefined {
  const name = JSON.stringify(question);
  return useSyncExternalStore(listen, () => going.get(name));
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The text of an answer, telling after every piece how much is here. */
export async function textWithProgress(
  response: Response,
  onProgress: (progress: Progress) => void,
): Promise<string> {
  const length = Number(response.headers.get('Content-Length') ?? '');
  // A compressed answer's length is not that of its text.
  const isPlain = response.headers.get('Content-Encoding') === null;
  const total = isPlain && Number.isFinite(length) && length > 0 ? length : undefined;
  const reader = response.body?.getReader();
  if (reader === undefined) return response.text();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    received += value.byteLength;
    parts.push(decoder.decode(value, { stream: true }));
    onProgress({ received, total });
  }
  parts.push(decoder.decode());
  return parts.join('');
}
