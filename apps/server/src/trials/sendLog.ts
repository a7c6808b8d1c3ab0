import type { Source } from '@forebear/model/wire/sources';
import { sourceAnswer } from '@forebear/model/wire/sources';

/** Uploads a log; undefined when the connection broke, as it does when the server is killed. */
export async function sendLog(
  url: string,
  name: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Source | undefined> {
  const response = await fetch(`${url}/api/v1/sources?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'x-forebear-client': 'trial' },
    body: ReadableStream.from(body),
    duplex: 'half',
  }).catch(() => undefined);
  if (response === undefined) return undefined;
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return undefined;
  if (!response.ok) throw new Error(`the upload was refused: ${text}`);
  return sourceAnswer.parse(JSON.parse(text)).source;
}
