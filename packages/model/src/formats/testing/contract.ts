import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../event/dialects.ts';
import type { FlowDetail, ProcessEvent } from '../../event/event.ts';
import type { FactBatch } from '../../event/factBatch.ts';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import { processKey } from '../../event/facts.ts';
import {
  containerFactsOf,
  eventsOf,
  exitFactsOf,
  gapFactsOf,
  lookupFactsOf,
  podFactsOf,
  recordsOf,
  socketFactsOf,
  statementOf,
} from '../../event/readFactBatch.ts';
import { alertFactsOf, auditFactsOf, flowFactsOf } from '../../event/readJudgements.ts';
import { sightingsOf } from '../../event/readSightings.ts';
import { counter64, joinLines, splitLines } from '../../event/rowLists.ts';
import { detectFormat } from '../detect.ts';
import type { Decoded, Format } from '../format.ts';
import { parseLossless } from '../losslessJson.ts';
import { isObject, objectOf } from '../read.ts';
import { formats } from '../registry.ts';
import { dumpDecoded } from './dump.ts';
import { forestText } from './forest.ts';
import { ingestText } from './ingestText.ts';
import { mergedFacts, print } from './mergedFacts.ts';

export interface Fixture {
  readonly name: string;
  /** NDJSON: every line a record of the format. */
  readonly text: string;
  /** Where the readable dump lies; the test writes it when it is asked to. */
  readonly dumpFile: string;
}

/** Orders tried beside the plain ones. */
const SHUFFLES = 20;

/** A second format, so that "no other" is somebody however few are registered. Its records look like anybody's but for a key. */
const toy: Format = {
  id: 'toy',
  title: 'Toy',
  sniff: (value) => isObject(value) && 'toy_event' in value,
  decoder: () => ({ decode: () => ({ kind: 'skipped', reason: 'toy' }) }),
};
const asked: readonly Format[] = [...formats, toy];

/** The seven promises that every format keeps for every fixture. One call per fixture. */
export function checkFormatContract(format: Format, fixture: Fixture): void {
  const lines = fixture.text.split('\n').filter((line) => line !== '');
  const values = lines.map((line): unknown => JSON.parse(line));

  describe(`${format.id}: ${fixture.name}`, () => {
    it('is claimed by its own format', () => {
      for (const value of values) expect(format.sniff(value)).toBe(true);
    });

    it('is claimed by no other format', () => {
      for (const value of values) {
        expect(detectFormat(value, asked)).toEqual({ kind: 'format', format });
      }
      // Nor does it claim another's that stands in an envelope like its own. A flat record has none: all of it is the event.
      for (const value of values) {
        const envelope = Object.entries(objectOf(value) ?? {}).filter(
          ([, part]) => !isObject(part),
        );
        // A flat record has no envelope: what is left of it is still the format's own.
        if (format.sniff(Object.fromEntries(envelope))) continue;
        const other = { ...Object.fromEntries(envelope), toy_event: 'x' };
        expect(detectFormat(other, asked)).toEqual({ kind: 'format', format: toy });
      }
    });

    it('says what its dump says', async () => {
      const dump = lines.map((line) => dumpDecoded(decodeLine(format, line))).join('\n\n');
      await expect(`${dump}\n`).toMatchFileSnapshot(fixture.dumpFile);
    });

    it('gives the same events whatever the chunks', () => {
      const whole = rowsOf(ingestText(fixture.text).batches);
      for (let size = 1; size <= 64; size += 1) {
        expect(rowsOf(ingestText(fixture.text, [size]).batches)).toEqual(whole);
      }
      for (const cuts of [[1, 1000, 7], [777], [4096], [3, 5, 1021]]) {
        expect(rowsOf(ingestText(fixture.text, cuts).batches)).toEqual(whole);
      }
    });

    it('keeps every event through a batch, and its raw records say the same again', () => {
      for (const line of lines) {
        const decoded = decodeLine(format, line);
        if (decoded.kind !== 'events') continue;
        const packed = packedEvents(decoded.events);
        expect(packed.events).toEqual(decoded.events.map(statedEvent));
        expect(packed.details).toEqual(decoded.events.flatMap(statedDetail).sort());
        for (const [index, { policy, action }] of decoded.events.entries()) {
          // A batch has no column of them: they are words of the subject.
          for (const word of [policy, action].filter((one) => one !== undefined)) {
            expect(packed.events[index]?.subject).toContain(word);
          }
        }
      }
      const { batches } = ingestText(fixture.text);
      const exported = batches.map(exportOf).join('');
      expect(mergedFacts(ingestText(exported).batches)).toEqual(mergedFacts(batches));
    });

    it('gives the same facts and the same forest in any order, and twice', () => {
      const { batches: once } = ingestText(fixture.text);
      const facts = mergedFacts(once);
      const forest = forestText(once);
      const reversed = lines.toReversed();
      const doubled = lines.flatMap((line, index) => [line, lines[lines.length - 1 - index] ?? '']);
      const rotated = [...lines.slice(1), ...lines.slice(0, 1)];
      const shuffles = Array.from({ length: SHUFFLES }, (_, seed) => shuffled(lines, seed + 1));
      for (const order of [reversed, doubled, rotated, [...lines, ...lines], ...shuffles]) {
        const { batches } = ingestText(order.join('\n'));
        expect(mergedFacts(batches)).toEqual(facts);
        expect(forestText(batches)).toBe(forest);
      }
    });

    it('loses only the record that is damaged', () => {
      const all = lines.map((line) => statedEvents(format, line));
      for (const [index, line] of lines.entries()) {
        const others = all.filter((_, other) => other !== index).flat();
        for (const damage of [line.slice(0, line.length / 2), line.replace(':', ';')]) {
          const text = lines.with(index, damage).join('\n');
          const { batches, ingest } = ingestText(text);
          expect(batches.flatMap(eventRows).sort()).toEqual(others.sort());
          expect(ingest.report.quarantined).toBeGreaterThan(0);
        }
      }
    });
  });
}

/** A line's decoding, with its digits kept where the decoder asks for them. */
export function decodeLine(format: Format, line: string): Decoded {
  const decoded = format.decoder().decode(JSON.parse(line));
  return decoded.kind === 'imprecise' ? format.decoder().decode(parseLossless(line)) : decoded;
}

function statedEvents(format: Format, line: string): readonly string[] {
  const decoded = decodeLine(format, line);
  return decoded.kind === 'events' ? decoded.events.map((event) => print(statedEvent(event))) : [];
}

/** What of an event stands in the event columns. */
function statedEvent(event: ProcessEvent) {
  const { kind, label, node, time, cluster, process, subject } = event;
  return {
    kind,
    label,
    node,
    cluster: cluster ?? '',
    process: process?.id ?? '',
    subject: subject ?? '',
    ...(time === undefined ? {} : { time }),
  };
}

/** What an event says beyond the event columns, as the fact of it that a batch gives back. */
function statedDetail(event: ProcessEvent): readonly string[] {
  const { node, time, process, cluster = '', kind, label, subject = '', alert } = event;
  const place = { cluster, node, ...(time === undefined ? {} : { time }) };
  const id = process?.id;
  const owner = id === undefined ? '' : processKey({ dialect: dialectOf(id), cluster, id });
  const owned = { ...place, process: owner };
  if (alert === undefined) return statedBody(event, place, owned);
  const judged = { ...alert, tags: storedList(alert.tags) };
  return [
    ...statedBody(event, place, owned),
    `alert ${print({ ...owned, kind, label, subject, ...judged })}`,
  ];
}

function statedBody(event: ProcessEvent, place: object, owned: object): readonly string[] {
  const { kind, label } = event;
  if ('socket' in event) {
    const { bytesSent, bytesReceived, ...rest } = event.socket;
    const counters = { bytesSent: counterOf(bytesSent), bytesReceived: counterOf(bytesReceived) };
    return [`socket ${print({ ...owned, kind, ...rest, ...counters })}`];
  }
  if ('dns' in event) {
    const carrier = event.flow === undefined ? [] : [statedFlow(event.flow, label, owned)];
    return [`lookup ${print({ ...owned, ...event.dns })}`, ...carrier];
  }
  if ('exit' in event) return [`exit ${print({ ...owned, ...event.exit })}`];
  if ('flow' in event) return [statedFlow(event.flow, label, owned)];
  if ('audit' in event) {
    const { groups, sourceIps, command } = event.audit;
    const lists = {
      groups: storedList(groups),
      sourceIps: storedList(sourceIps),
      command: storedList(command),
    };
    return [`audit ${print({ ...owned, ...event.audit, ...lists })}`];
  }
  if (!('gap' in event)) return [];
  const { gap, count, cgroup: detail } = event.gap;
  return [`gap ${print({ ...place, kind: gap, count, detail })}`];
}

function statedFlow(flow: FlowDetail, label: string, owned: object): string {
  const { bytesSent, bytesReceived, names, ...rest } = flow;
  const counters = { bytesSent: counterOf(bytesSent), bytesReceived: counterOf(bytesReceived) };
  return `flow ${print({ ...owned, label, ...rest, names: storedList(names), ...counters })}`;
}

/** A list as a batch holds it: as lines. */
function storedList(texts: readonly string[]): readonly string[] {
  return splitLines(joinLines(texts));
}

/** A counter in the 63 bits that a batch has for it. */
function counterOf(value: bigint | undefined): bigint | undefined {
  return value === undefined ? undefined : counter64(value);
}

/** The same as a batch has it. */
function detailRows(batch: FactBatch): readonly string[] {
  return [
    ...Array.from(socketFactsOf(batch), (fact) => `socket ${print(fact)}`),
    ...Array.from(lookupFactsOf(batch), (fact) => `lookup ${print(fact)}`),
    ...Array.from(exitFactsOf(batch), (fact) => `exit ${print(fact)}`),
    ...Array.from(gapFactsOf(batch), (fact) => `gap ${print(fact)}`),
    ...Array.from(flowFactsOf(batch), (fact) => `flow ${print(fact)}`),
    ...Array.from(alertFactsOf(batch), (fact) => `alert ${print(fact)}`),
    ...Array.from(auditFactsOf(batch), (fact) => `audit ${print(fact)}`),
  ];
}

/** The lines in another order, the same for the same seed (a full-period congruential generator, Fisher-Yates). */
function shuffled(lines: readonly string[], seed: number): readonly string[] {
  const mixed = [...lines];
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The high bits: the low ones of such a generator repeat soon.
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] ?? '', mixed[last] ?? ''];
  }
  return mixed;
}

function eventRows(batch: FactBatch): readonly string[] {
  return Array.from(eventsOf(batch), (event) => print(statementOf(event)));
}

/** Packs events, reads them and their details back, and checks the sightings on the way. */
function packedEvents(events: readonly ProcessEvent[]) {
  const builder = new FactBatchBuilder('');
  const record = { bytes: new Uint8Array(0), offset: 0, line: 1, member: 0, hash: 0n };
  builder.addDecoded(record, events);
  const batch = builder.finish();
  const stated = events.flatMap(({ process, parent, ancestors }) =>
    [process, parent, ...ancestors].filter((sighting) => sighting !== undefined),
  );
  expect(Array.from(sightingsOf(batch), ({ sighting }) => print(sighting))).toEqual(
    stated.map(print),
  );
  return {
    events: Array.from(eventsOf(batch), statementOf),
    details: detailRows(batch).toSorted(),
  };
}

function exportOf(batch: FactBatch): string {
  const decoder = new TextDecoder();
  return Array.from(recordsOf(batch), ({ bytes }) => `${decoder.decode(bytes)}\n`).join('');
}

/** Everything batches hold: row by row, then as the facts they amount to. */
function rowsOf(batches: readonly FactBatch[]): readonly string[] {
  const rows = batches.flatMap((batch) => [
    ...Array.from(recordsOf(batch), ({ bytes, ...record }) =>
      print({ ...record, n: bytes.length }),
    ),
    ...Array.from(eventsOf(batch), print),
    ...Array.from(sightingsOf(batch), print),
    ...detailRows(batch),
    ...podFactsOf(batch).map(print),
    ...containerFactsOf(batch).map(print),
  ]);
  return [...rows, ...mergedFacts(batches)];
}
