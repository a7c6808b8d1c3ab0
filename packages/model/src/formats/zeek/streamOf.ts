import type { JsonObject } from '../read.ts';
import { endsOf } from './ends.ts';
import { connectionShapeOf, plainShapeOf } from './shapes.ts';
import { isNamedStream } from './streams.ts';
import { zeekTime } from './time.ts';

const NAME = /^[A-Za-z][\w-]{0,63}$/;
/** What a file may be called that we do not know: a word. `events` and the like are no worse a name than none. */
const WORD = /^[a-z][a-z_]{1,40}$/;

/**
 * The stream of a record: its own word, else its file's name if Zeek writes a stream of that name, else what its columns tell,
 * else its file's name if that is a word; empty: unnamed.
 */
export function streamOf(record: JsonObject, path: string): string {
  const written = writtenStreamOf(record);
  if (written !== undefined) return written;
  const file = streamOfFile(path);
  if (isNamedStream(file)) return file;
  const shape =
    endsOf(record) === undefined
      ? plainShapeOf(record, zeekTime(record['ts']) !== undefined)
      : connectionShapeOf(record);
  return shape ?? (WORD.test(file) ? file : '');
}

/** `_path` of json-streaming-logs, `@stream` of Corelight and others; undefined when the record has neither. */
export function writtenStreamOf(record: JsonObject): string | undefined {
  for (const name of [record['_path'], record['@stream']]) {
    if (typeof name === 'string' && NAME.test(name)) return name;
  }
  return undefined;
}

/**
 * The stream that a file is named after: `conn.log`, rotated `conn.2024-09-05-10-00-00.log` and
 * `conn.10:00:00-11:00:00.log.gz`, Corelight's `conn_20240905_10:00:00-11:00:00+0000.log.gz`.
 */
export function streamOfFile(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const [stem = ''] = file.split('.', 1);
  return stem.replace(/[_-]\d{8}(?:[_-].*)?$/, '');
}

/** The stream whose columns a variant of it has: `conn_long` and Corelight's reduced `dns_red`. */
export function plainStream(stream: string): string {
  return stream.replace(/_(?:red|long)$/, '');
}
