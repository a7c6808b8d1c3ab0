import { CLOSE_BRACE, isSeparator, OPEN_BRACE, QUOTE } from './ascii.ts';
import { Carry } from './carry.ts';
import type { ClaimText } from './claimText.ts';
import type { Encoding, Framed, Span, Wrapper } from './framed.ts';
import { HEAD_BYTES } from './limits.ts';
import { skipReason } from './noise.ts';
import type { ValueScan } from './scanValue.ts';
import { beginScan, findValueEnd, scanValue } from './scanValue.ts';
import { trimEnd } from './splitValues.ts';
import { parseJson, sampleOf } from './text.ts';

/** A line that came wrapped: its received range, and its content without the wrapper. */
export interface WrappedLine {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly content: Uint8Array;
  readonly wrapper: Wrapper;
  /** The runtime cut the line here: the next one of its stream goes on where it stops. */
  readonly partial: boolean;
  /** How many bytes (a newline) lie between the physical line before and this one. */
  readonly gap: number;
}

interface Chain {
  readonly first: WrappedLine;
  readonly spans: Span[];
  readonly content: Carry;
  /** Where in `content` the latest line begins, and where its latest part. */
  lineStart: number;
  partStart: number;
  /** The latest line is complete. */
  closed: boolean;
  received: number;
  dropping: boolean;
  scan: ValueScan;
  scanned: number;
}

/** Chains open at once, and ranges in one chain: beyond, the oldest or the longest is given up. */
const MAX_CHAINS = 256;
const MAX_SPANS = 4096;

/**
 * Puts together what a container runtime or a pretty printer has spread over several wrapped lines: CRI's `P` parts up to
 * their `F`, Docker's parts up to a newline, and an object printed over many lines. Streams (and kubectl's pods) may
 * alternate; each has one chain. Memory is bounded by `limit` over all chains.
 */
export class WrappedLines {
  private readonly chains = new Map<string, Chain>();
  private readonly limit: number;
  private readonly encoding: Encoding;
  private readonly claimText: ClaimText;
  private held = 0;

  constructor(limit: number, encoding: Encoding, claimText: ClaimText = claimNothing) {
    this.limit = limit;
    this.encoding = encoding;
    this.claimText = claimText;
  }

  /** The offset of the oldest byte that waits here, or `undefined`. */
  get oldest(): number | undefined {
    let oldest: number | undefined;
    for (const chain of this.chains.values()) {
      const { offset } = chain.first;
      if (oldest === undefined || offset < oldest) oldest = offset;
    }
    return oldest;
  }

  take(line: WrappedLine, emit: (piece: Framed) => void): void {
    const { wrapper } = line;
    const key = `${wrapper.kind} ${wrapper.stream ?? ''} ${wrapper.tag ?? ''}`;
    let chain = this.chains.get(key);
    if (chain !== undefined && startsAfresh(chain, line)) {
      this.giveUp(key, chain, emit);
      chain = undefined;
    }
    if (chain === undefined && this.isWhole(line)) {
      this.emitWhole(line, emit);
      return;
    }
    chain = this.append(key, chain, line, emit);
    if (!line.partial) this.closeLine(key, chain, line, emit);
  }

  /** Gives up whatever still waits. */
  end(emit: (piece: Framed) => void): void {
    for (const [key, chain] of this.chains) this.giveUp(key, chain, emit);
  }

  private isWhole({ content, partial }: WrappedLine): boolean {
    // Some collectors write `log` without the newline: a balanced object is whole, whatever the end says.
    if (partial) return content[0] === OPEN_BRACE && findValueEnd(content, 0) === content.length;
    return (
      content[0] !== OPEN_BRACE || content[trimEnd(content, 0, content.length) - 1] === CLOSE_BRACE
    );
  }

  private append(
    key: string,
    existing: Chain | undefined,
    line: WrappedLine,
    emit: (piece: Framed) => void,
  ): Chain {
    let chain = existing;
    const fragmented = chain !== undefined && chain.spans.length >= MAX_SPANS;
    if (chain !== undefined && fragmented) this.giveUp(key, chain, emit);
    if (chain === undefined || fragmented) chain = this.open(key, line, emit);
    else addSpan(chain, line);
    chain.received += line.length;
    if (chain.dropping) return chain;
    if (this.held + line.content.length > this.limit) {
      this.startDropping(chain);
      return chain;
    }
    this.held += line.content.length + 1;
    if (chain.closed) {
      chain.content.append(NEWLINE);
      chain.lineStart = chain.content.length;
      chain.closed = false;
    }
    chain.partStart = chain.content.length;
    chain.content.append(line.content);
    return chain;
  }

  private open(key: string, line: WrappedLine, emit: (piece: Framed) => void): Chain {
    const [oldest] = this.chains;
    if (this.chains.size >= MAX_CHAINS && oldest !== undefined) this.giveUp(...oldest, emit);
    const chain: Chain = {
      first: line,
      spans: [{ offset: line.offset, length: line.length }],
      content: new Carry(),
      lineStart: 0,
      partStart: 0,
      closed: false,
      received: 0,
      dropping: false,
      scan: beginScan(),
      scanned: 0,
    };
    this.chains.set(key, chain);
    return chain;
  }

  private startDropping(chain: Chain): void {
    const head = chain.content.view().slice(0, HEAD_BYTES);
    this.held -= chain.content.length;
    chain.content.clear();
    chain.content.append(head);
    chain.dropping = true;
  }

  private closeLine(
    key: string,
    chain: Chain,
    line: WrappedLine,
    emit: (piece: Framed) => void,
  ): void {
    chain.closed = true;
    const content = chain.content.view();
    if (chain.dropping || content[0] !== OPEN_BRACE) {
      this.giveUp(key, chain, emit);
      return;
    }
    const end = trimEnd(content, 0, content.length);
    if (chain.lineStart === 0 && content[end - 1] === CLOSE_BRACE) {
      this.finish(key, chain, line, emit);
      return;
    }
    chain.scanned = scanValue(chain.scan, content, chain.scanned);
    while (chain.scan.stop === 'newline') {
      chain.scanned = scanValue(chain.scan, content, chain.scanned);
    }
    if (chain.scan.stop === 'done') this.finish(key, chain, line, emit);
    else if (chain.scan.stop !== 'more' || chain.scan.inString) this.giveUp(key, chain, emit);
  }

  /** A chain that is complete; when its last part alone is the value, the parts before it were cut off by a restart. */
  private finish(
    key: string,
    chain: Chain,
    line: WrappedLine,
    emit: (piece: Framed) => void,
  ): void {
    const content = chain.content.view();
    const tail = content.subarray(chain.partStart);
    if (
      chain.partStart > 0 &&
      tail[0] === OPEN_BRACE &&
      parseJson(content) === undefined &&
      parseJson(tail) !== undefined
    ) {
      chain.received -= line.length;
      removeSpan(chain, line);
      this.giveUp(key, chain, emit, chain.partStart);
      this.emitWhole({ ...line, content: tail }, emit);
      return;
    }
    this.close(key, chain);
    emit({
      kind: 'record',
      ...placeOf(chain),
      bytes: content.subarray(0, trimEnd(content, 0, content.length)),
      encoding: this.encoding,
      wrapper: line.wrapper,
    });
  }

  private giveUp(
    key: string,
    chain: Chain,
    emit: (piece: Framed) => void,
    until: number = chain.content.length,
  ): void {
    this.close(key, chain);
    const bytes = chain.content.view().subarray(0, until);
    const place = placeOf(chain);
    if (chain.dropping) emit({ kind: 'oversize', ...place, head: bytes, sample: sampleOf(bytes) });
    else this.emitRefused(place, bytes, chain.first.wrapper, emit);
  }

  private emitWhole(line: WrappedLine, emit: (piece: Framed) => void): void {
    const { offset, length, wrapper, content } = line;
    const place = { offset, length, line: line.line, spans: undefined };
    let start = 0;
    while (start < content.length && isSeparator(content[start])) start++;
    const bytes = content.subarray(start, trimEnd(content, start, content.length));
    if (bytes[0] === OPEN_BRACE && bytes.at(-1) === CLOSE_BRACE) {
      emit({ kind: 'record', ...place, bytes, encoding: this.encoding, wrapper });
    } else if (bytes.length === 0) {
      emit({ kind: 'blank', offset, length, line: line.line });
    } else if (bytes[0] === OPEN_BRACE) this.emitRefused(place, bytes, wrapper, emit);
    else if (!this.emitText(place, content, wrapper, emit)) {
      emit({
        kind: 'skipped',
        ...place,
        reason: skipReason(bytes),
        bytes,
        sample: sampleOf(bytes),
      });
    }
  }

  private emitRefused(
    place: ChainPlace,
    bytes: Uint8Array,
    wrapper: Wrapper,
    emit: (piece: Framed) => void,
  ): void {
    const sample = sampleOf(bytes);
    if (bytes[0] === OPEN_BRACE) {
      emit({ kind: 'unreadable', ...place, reason: 'unterminated', bytes, sample });
    } else if (!this.emitText(place, bytes, wrapper, emit)) {
      emit({ kind: 'skipped', ...place, reason: skipReason(bytes), bytes, sample });
    }
  }

  /** Hands out plain text that somebody reads; false: nobody does. */
  private emitText(
    place: ChainPlace,
    bytes: Uint8Array,
    wrapper: Wrapper,
    emit: (piece: Framed) => void,
  ): boolean {
    const text = this.claimText(bytes);
    if (text === undefined) return false;
    emit({ kind: 'text', ...place, bytes, text, encoding: this.encoding, wrapper });
    return true;
  }

  private close(key: string, chain: Chain): void {
    this.chains.delete(key);
    if (!chain.dropping) this.held -= chain.content.length;
    if (this.chains.size === 0) this.held = 0;
  }
}

function claimNothing(): undefined {
  return undefined;
}

const NEWLINE = new Uint8Array([0x0a]);

/** Whether a line cannot belong to the chain that waits: an object begins where the chain has no room for one. */
function startsAfresh(chain: Chain, { content, partial }: WrappedLine): boolean {
  if (content[0] !== OPEN_BRACE) return false;
  const lineIsEmpty = chain.lineStart > 0 && chain.content.length === chain.lineStart;
  if (chain.closed || lineIsEmpty) return true;
  const isObject = !chain.dropping && chain.content.view()[0] === OPEN_BRACE;
  return !isObject && content[1] === QUOTE && (partial || parseJson(content) !== undefined);
}

interface ChainPlace {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly spans: readonly Span[] | undefined;
}

function placeOf(chain: Chain): ChainPlace {
  const { offset, line } = chain.first;
  let length = 0;
  for (const span of chain.spans) length += span.length;
  return { offset, length, line, spans: chain.spans.length > 1 ? chain.spans : undefined };
}

/** Lines that touch (only a newline between) share one span, which then holds that newline. */
function addSpan(chain: Chain, line: WrappedLine): void {
  const last = chain.spans.at(-1);
  if (last !== undefined && last.offset + last.length + line.gap === line.offset) {
    chain.spans[chain.spans.length - 1] = {
      offset: last.offset,
      length: line.offset + line.length - last.offset,
    };
  } else chain.spans.push({ offset: line.offset, length: line.length });
}

function removeSpan(chain: Chain, line: WrappedLine): void {
  const last = chain.spans.pop();
  if (last === undefined || last.offset === line.offset) return;
  chain.spans.push({ offset: last.offset, length: line.offset - line.gap - last.offset });
}
