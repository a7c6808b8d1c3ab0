import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import type { Facts } from '../../event/facts.ts';
import type { Decoded, Decoder } from '../../formats/format.ts';
import { parseLossless } from '../../formats/losslessJson.ts';
import { formatOf } from '../../formats/registry.ts';
import { FactSet } from '../facts/factSet.ts';

/** A log of one format by its path: NDJSON. */
export interface FormatFile {
  readonly path: string;
  readonly dialect: string;
  readonly text: string;
}

/** The facts of files that are read one after the other, each a source without a cluster of its own. Throws for a record that is refused. */
export function fileFacts(files: readonly FormatFile[]): Facts {
  const set = new FactSet();
  for (const { path, dialect, text } of files) {
    const builder = new FactBatchBuilder('');
    const decoder = formatOf(dialect)?.decoder();
    if (decoder === undefined) throw new Error(`${dialect} is no format`);
    for (const [index, line] of text.split('\n').entries()) {
      if (line === '') continue;
      const decoded = decodeLine(decoder, line, path);
      const bytes = new TextEncoder().encode(line);
      const record = { bytes, offset: 0, line: index + 1, member: 0, hash: 0n };
      if (decoded.kind === 'events') builder.addDecoded(record, decoded.events);
      else if (decoded.kind !== 'skipped') throw new Error(`${path}:${index + 1} ${decoded.kind}`);
    }
    set.add(builder.finish());
  }
  return set.facts();
}

function decodeLine(decoder: Decoder, line: string, path: string): Decoded {
  const decoded = decoder.decode(JSON.parse(line), { path });
  return decoded.kind === 'imprecise' ? decoder.decode(parseLossless(line), { path }) : decoded;
}
