import { notALogDetails, problemBody } from '@forebear/model/wire/problem';
import { readableLogs as agents } from '@forebear/model/words/readFormats';
import { CommandEnd, type ExitCode, exitCodes } from './exit.ts';
import type { Call, Reply, Transport } from './transport.ts';

export type Query = Readonly<Record<string, string | number | undefined>>;

/** Reads an answer into its shape; the wire's schemas do. */
export interface Shape<T> {
  parse(value: unknown): T;
}

/** The API as commands speak it: the answer in its shape, a refusal as a `CommandEnd` with the right exit code. */
export interface Caller {
  read<T>(path: string, query: Query, shape: Shape<T>): Promise<T>;
  /** What stands behind `path`, byte for byte. */
  readBytes(path: string, query: Query): Promise<Reply>;
  /** Without a body: a command such as cancel. */
  send<T>(path: string, query: Query, body: Sent | undefined, shape: Shape<T>): Promise<T>;
}

export interface Sent {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Speaks the API over a transport, always about one case. */
export function createCaller(transport: Transport, caseName: string): Caller {
  const ask = async (call: Call): Promise<Reply> => {
    const reply = await transport(call);
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw refusalOf(reply);
  };
  const target = (path: string, query: Query) => targetOf(path, { case: caseName, ...query });
  return {
    async read(path, query, shape) {
      const reply = await ask({ method: 'GET', target: target(path, query) });
      return shape.parse(jsonOf(reply));
    },
    readBytes: (path, query) => ask({ method: 'GET', target: target(path, query) }),
    async send(path, query, body, shape) {
      const reply = await ask({
        method: 'POST',
        target: target(path, query),
        ...(body === undefined ? {} : { contentType: body.contentType, body: body.bytes }),
        ...(body?.headers === undefined ? {} : { headers: body.headers }),
      });
      return shape.parse(jsonOf(reply));
    },
  };
}

/** Takes the answer as it is. */
export const anyShape: Shape<unknown> = { parse: (value) => value };

function targetOf(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `/api/v1${path}?${search.toString()}`;
}

/** What to bring instead of a file that is none of them. */
export const readableLogs = `Forebear reads logs of ${agents}: plain, gzip, zstd, tar or zip.`;

const exitByCode = new Map<string, ExitCode>([
  ['unknown_case', exitCodes.nothingMatched],
  ['unknown_pod', exitCodes.nothingMatched],
  ['unknown_node', exitCodes.nothingMatched],
  ['unknown_process', exitCodes.nothingMatched],
  ['unknown_event', exitCodes.nothingMatched],
  ['unknown_source', exitCodes.nothingMatched],
  ['bad_request', exitCodes.usage],
  ['bad_filter', exitCodes.usage],
  ['not_supported_yet', exitCodes.usage],
]);

function refusalOf(reply: Reply): CommandEnd {
  const read = problemBody.safeParse(jsonOf(reply));
  if (!read.success) {
    return new CommandEnd(
      exitCodes.unusableInput,
      `The server answered ${reply.status}, in a way that Forebear does not. Is it one?`,
    );
  }
  const { code, message, details } = read.data.error;
  const position = details?.position;
  const where = typeof position === 'number' ? ` (at character ${position + 1})` : '';
  const advice = code === 'not_a_log' ? adviceFor(details) : '';
  return new CommandEnd(
    exitByCode.get(code) ?? exitCodes.unusableInput,
    `${message}${where}${advice}`,
  );
}

/** What to do about a file that is no log: what it may be, and how to have it read as that. */
function adviceFor(details: unknown): string {
  const read = notALogDetails.safeParse(details);
  if (!read.success) return ` ${readableLogs}`;
  const { near, formats } = read.data;
  const titles = near.map(({ title }) => title).join(', ');
  const like = titles === '' ? '' : ` It looks like: ${titles}.`;
  const ids = formats.map(({ id }) => id).join(', ');
  return `${like} ${readableLogs} --format reads it as one of them all the same: ${ids}.`;
}

function jsonOf({ body }: Reply): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}
