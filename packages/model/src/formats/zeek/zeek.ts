/**
 * Zeek's JSON logs (`LogAscii::use_json=T`, json-streaming-logs, Corelight's and shippers' spellings): one object a line, one file
 * a stream or many streams in one file. Times as seconds, milliseconds or ISO 8601; `id.orig_h`, `id_orig_h` or nested ids.
 * Understood: conn, dns, http, ssl; any other stream with a connection's ids as a flow, without them as an event of the pod;
 * capture_loss that lost something as a gap. Skipped: Zeek's own and inventory streams (`excluded_stream`, see `streams.ts`).
 * Lost in normalising: uid, packets, history, services beyond the subject, certificates, user agents; it stays in the raw record.
 * Source: zeek/zeek scripts/base/protocols and scripts/base/frameworks, docs.zeek.org.
 */
import type { Format } from '../format.ts';
import { isZeekRecord } from './claim.ts';
import { ZeekDecoder } from './decode.ts';

export const zeek: Format = {
  id: 'zeek',
  title: 'Zeek',
  sniff: isZeekRecord,
  marks: ['uid', 'id.orig_h', 'id.resp_h', 'proto'],
  decoder: () => new ZeekDecoder(),
};
