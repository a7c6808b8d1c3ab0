import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What the tests ask of the API beside the page, as an agent or a script would. */
export interface Api {
  readonly origin: string;
  /** Takes one of Forebear's own samples into a case. */
  loadSample(
    caseName: string,
    name: 'six-agents' | 'reverse-shell' | 'ten-thousand' | 'broken',
  ): Promise<void>;
  /** Uploads a log as a file, streamed. */
  upload(caseName: string, name: string, lines: Iterable<string>): Promise<void>;
  /** Pushes records as an agent does; resolves after their commit. */
  push(caseName: string, lines: Iterable<string>): Promise<void>;
  /** The answer of a read as text. */
  read(path: string): Promise<string>;
}

const ndjson = { 'content-type': 'application/x-ndjson' };
/** No body at all. */
const nothing: readonly string[] = [];

/** Every call rejects on an answer that is not 2xx. */
export function apiOf(origin: string): Api {
  const post = (path: string, lines: Iterable<string>) => send(origin, 'POST', path, lines);
  return {
    origin,
    loadSample: async (caseName, name) => {
      await post(`/api/v1/samples/${name}?case=${caseName}`, nothing);
    },
    upload: async (caseName, name, lines) => {
      await post(`/api/v1/sources?${new URLSearchParams({ case: caseName, name })}`, lines);
    },
    push: async (caseName, lines) => {
      await post(`/api/v1/ingest?case=${caseName}`, lines);
    },
    read: (path) => send(origin, 'GET', path, nothing),
  };
}

/** The bytes of a log file. */
export function textOf(lines: Iterable<string>): Buffer<ArrayBuffer> {
  return Buffer.from([...blocksOf(lines)].join(''));
}

async function send(
  origin: string,
  method: string,
  path: string,
  lines: Iterable<string>,
): Promise<string> {
  const answer = await new Promise<{ readonly status: number; readonly text: string }>(
    (resolve, reject) => {
      const asking = request(`${origin}${path}`, {
        method,
        // A connection of its own: one kept from before may be closed by the server at this moment.
        agent: false,
        headers: { 'x-forebear-client': 'e2e', ...(lines === nothing ? {} : ndjson) },
      });
      asking.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      });
      if (lines === nothing) asking.on('error', reject).end();
      else pipeline(Readable.from(blocksOf(lines)), asking).catch(reject);
    },
  );
  if (answer.status < 200 || answer.status > 299) {
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  }
  return answer.text;
}

/** Lines as text, some hundred at a time. */
function* blocksOf(lines: Iterable<string>): Generator<string> {
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    if (block.length < 500) continue;
    yield `${block.join('\n')}\n`;
    block = [];
  }
  if (block.length > 0) yield `${block.join('\n')}\n`;
}
