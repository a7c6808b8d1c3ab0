import { parentPort, workerData } from 'node:worker_threads';
import type { FactBatch } from '@forebear/model/event/factBatch';
import type { Ingest } from '@forebear/model/ingest/ingest';
import { compressing } from '../crossing/compressedBytes.ts';
import { isEnded, sharedEndOf } from '../crossing/endThread.ts';
import { packBatch, transfersOf } from '../crossing/packedBatch.ts';
import type { FromDecoder, ToDecoder } from './decodeMessages.ts';
import { openStream, reportOf } from './decoding.ts';

/** The decoder's thread: any number of streams side by side, one answer per message that feeds one. */
const port = parentPort;
if (port === null) throw new Error('decode.worker runs as a worker thread');
const end = sharedEndOf(workerData);
const streams = new Map<number, Ingest>();

port.on('message', (message: ToDecoder | undefined) => {
  if (message === undefined || isEnded(end)) return port.close();
  switch (message.kind) {
    case 'open':
      streams.set(message.stream, openStream(message.options, streams.size, compressing));
      return;
    case 'chunk':
      answer(message.stream, false, message.bytes.buffer, (stream) => stream.push(message.bytes));
      return;
    case 'end':
      answer(message.stream, true, undefined, (stream) => stream.end());
      return;
    case 'drop':
      forget(message.stream);
  }
});

function forget(id: number): void {
  streams.get(id)?.close();
  streams.delete(id);
}

function answer(
  id: number,
  done: boolean,
  spent: ArrayBuffer | undefined,
  read: (stream: Ingest) => FactBatch[],
): void {
  const stream = streams.get(id);
  if (stream === undefined) return;
  let reply: FromDecoder;
  try {
    const batches = read(stream).map(packBatch);
    reply = { stream: id, done, stretch: { batches, report: reportOf(stream) }, spent };
  } catch (error) {
    // A decoder that throws is a bug; it must end this stream alone, with its reason.
    reply = { stream: id, done: true, failure: String(error) };
  }
  const transfers = 'stretch' in reply ? reply.stretch.batches.flatMap(transfersOf) : [];
  port?.postMessage(reply, spent === undefined ? transfers : [...transfers, spent]);
  // What a decoder left that threw is nobody's to read on in.
  if ('failure' in reply) streams.delete(id);
  else if (done) forget(id);
}
