import { sumCounters } from '@forebear/model/graph/order';
import { type HopItem, lateralAnswer } from '@forebear/model/wire/network';
import { outOfPlaceWords, standsOut } from '@forebear/model/words/flagMark';
import { lateAndNew } from '@forebear/model/words/lateWords';
import { completenessText } from '../completenessText.ts';
import { type CommonOptions, type Context, tell, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { clockText, countText, durationText, trafficText } from '../figures.ts';
import { findPod } from '../findPod.ts';
import type { Ink } from '../ink.ts';
import { openFilesOrStore } from '../openFiles.ts';
import { printable } from '../printable.ts';
import { joinSegments, type Segment } from '../segments.ts';
import { withSession } from '../session.ts';

export interface LateralOptions extends CommonOptions {
  readonly namespace?: string;
  readonly pod?: string;
  readonly file?: readonly string[];
  readonly unfold?: boolean;
}

/** `lateral`: from which pod's process into which other's, with how sure that is. */
export async function lateral(context: Context, options: LateralOptions): Promise<ExitCode> {
  return withSession(openFilesOrStore(context, options), async ({ caller }) => {
    const { namespace, pod } = options;
    const words = namespace === undefined ? pod : `${namespace}/${pod ?? ''}`;
    const found =
      pod === undefined || words === undefined ? undefined : await findPod(caller, words);
    const query = { namespace: found?.namespace ?? namespace, pod: found?.pod };
    const answer = await caller.read('/lateral', query, lateralAnswer);
    if (options.json === true) await writeJson(context, answer);
    else if (answer.items.length === 0) await tell(context, 'No movement between pods was seen.');
    else {
      const { columns } = context.terminal.out;
      const hops = joinHops(loudFirst(answer.items), options.unfold === true);
      const lines = hops.flatMap((hop) => hopLines(hop, context.ink, columns));
      await writeLines(context, [...lines, '', completenessText(answer.completeness)]);
    }
    return answer.items.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
  });
}

interface JoinedHops {
  /** The first of them. */
  readonly hop: HopItem;
  times: number;
  sent: bigint | undefined;
  received: bigint | undefined;
}

/** As the page orders them: callers that stand out, then such callees, then by time, as the API answers. */
function loudFirst(hops: readonly HopItem[]): readonly HopItem[] {
  const weight = ({ from, to }: HopItem) => (standsOut(from) ? 2 : 0) + (standsOut(to) ? 1 : 0);
  return hops.toSorted((a, b) => weight(b) - weight(a));
}

/** Hops from one pod's binary into one other's, on one port and known in one way, are one line; what stands out never is. */
function joinHops(hops: readonly HopItem[], unfold: boolean): JoinedHops[] {
  const joined = new Map<string, JoinedHops>();
  for (const [index, hop] of hops.entries()) {
    const isOwn = unfold || standsOut(hop.from) || standsOut(hop.to);
    const key = isOwn
      ? String(index)
      : [endOf(hop.from), endOf(hop.to), hop.port, hop.protocol, hop.confidence].join('\0');
    const known = joined.get(key);
    const sent = counterOf(hop.bytesSent);
    const received = counterOf(hop.bytesReceived);
    if (known === undefined) joined.set(key, { hop, times: 1, sent, received });
    else {
      known.times += 1;
      known.sent = sumCounters(known.sent, sent);
      known.received = sumCounters(known.received, received);
    }
  }
  return [...joined.values()];
}

function counterOf(text: string | null): bigint | undefined {
  return text === null ? undefined : BigInt(text);
}

/** From on one line, into and how much below it: both names in full. */
function hopLines({ hop, times, sent, received }: JoinedHops, ink: Ink, columns: number): string[] {
  const clock = clockText(hop.firstSeen);
  const from: Segment[] = [
    { text: clock.padStart(2), style: ink.faint },
    { text: ` ${endOf(hop.from)}`, style: ink.name, elastic: true },
    { text: times === 1 ? pidOf(hop.from) : `×${countText(times)}`, style: ink.faint },
    { text: markOf(hop.from), style: ink.loud },
    {
      text: `tx ${trafficText(sent?.toString() ?? null)}  rx ${trafficText(received?.toString() ?? null)}`,
    },
  ];
  const into: Segment[] = [
    { text: `${' '.repeat(Math.max(0, clock.length - 2))}->`, style: ink.faint },
    { text: ` ${endOf(hop.to)}`, style: ink.strong, elastic: true },
    { text: `:${hop.port}` },
    { text: times === 1 ? pidOf(hop.to) : '', style: ink.faint },
    { text: markOf(hop.to), style: ink.loud },
    { text: hop.confidence, style: hop.confidence === 'certain' ? ink.good : ink.faint },
    { text: printable(hop.evidence), style: ink.faint, elastic: true },
  ];
  return [joinSegments(from, columns), joinSegments(into, columns)];
}

function pidOf({ pid }: HopItem['from']): string {
  return `PID ${pid ?? '-'}`;
}

function markOf({ lateNew, lateByMs, outOfPlace }: HopItem['from']): string {
  const loud = lateAndNew.toUpperCase();
  const late = lateByMs === null ? loud : `${loud} +${durationText(lateByMs)}`;
  const place = outOfPlaceWords(outOfPlace).toUpperCase();
  return [lateNew ? late : '', place].filter((word) => word !== '').join(', ');
}

function endOf({ namespace, pod, binary }: HopItem['from']): string {
  return printable(`${pod === '' ? 'host' : `${namespace}/${pod}`} ${binary}`);
}
