import { type Source, sourceAnswer } from '@forebear/model/wire/sources';
import { address, clientHeader } from './client.ts';
import { ApiFailure, failureOf, unexpected, unreachable } from './failure.ts';

export interface UploadRequest {
  readonly caseName: string;
  /** A UUID of ours: the source can be followed and cancelled before the answer comes. */
  readonly id: string;
  /** The file's name, with its folder when it came in one. */
  readonly name: string;
  readonly file: Blob;
  /** A format's id, or `auto`. */
  readonly format: string;
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends one log as the body of one request, whatever its size; the browser reads it from disk as it goes. Answers
 * the source after the server's last commit; throws `ApiFailure` (422 `not_a_log` says what was found).
 */
export function upload(request: UploadRequest): Promise<Source> {
  return new Promise((resolve, reject) => {
    const { caseName, id, name, file, format, onSent, signal } = request;
    const xhr = new XMLHttpRequest();
    xhr.open('POST', address('/sources', { case: caseName, name, id, ...asked(format) }));
    xhr.setRequestHeader('Content-Type', contentType(name));
    for (const [header, value] of Object.entries(clientHeader)) xhr.setRequestHeader(header, value);
    xhr.upload.addEventListener('progress', (event) => onSent(event.loaded));
    xhr.addEventListener('load', () => {
      const outcome = readAnswer(xhr.status, xhr.responseText);
      if (outcome instanceof ApiFailure) reject(outcome);
      else resolve(outcome);
    });
    xhr.addEventListener('error', () => reject(unreachable()));
    xhr.addEventListener('abort', () => {
      reject(new ApiFailure({ code: 'cancelled', message: 'cancelled', retryable: true }));
    });
    if (signal.aborted) {
      reject(new ApiFailure({ code: 'cancelled', message: 'cancelled', retryable: true }));
      return;
    }
    signal.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(file);
  });
}

/** What is found by itself is not asked for. */
function asked(format: string): { readonly format?: string } {
  return format === 'auto' ? {} : { format };
}

/** The content type by name; the server looks at the bytes anyway. */
function contentType(name: string): string {
  const lower = name.toLowerCase();
  if (lower.endsWith('.gz') || lower.endsWith('.tgz')) return 'application/gzip';
  if (lower.endsWith('.zst')) return 'application/zstd';
  if (lower.endsWith('.tar')) return 'application/x-tar';
  if (lower.endsWith('.zip')) return 'application/zip';
  if (lower.endsWith('.json')) return 'application/json';
  return 'application/octet-stream';
}

function readAnswer(status: number, text: string): Source | ApiFailure {
  if (status === 0) return unreachable();
  if (status < 200 || status > 299) return failureOf(status, text);
  try {
    const parsed = sourceAnswer.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.source : unexpected('/sources');
  } catch {
    return unexpected('/sources: no JSON');
  }
}
