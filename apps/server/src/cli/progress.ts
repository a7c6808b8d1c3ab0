import type { Source } from '@forebear/model/wire/sources';
import { bytesText, countText } from './figures.ts';
import { printable } from './printable.ts';
import type { Screen } from './terminal.ts';
import { clip, pad } from './textWidth.ts';

export interface Moved {
  readonly name: string;
  readonly sentBytes: number;
  readonly sizeBytes: number | undefined;
  readonly events: number;
  readonly elapsedMs: number;
}

/** A line that is drawn over itself. On anything but a terminal it says nothing. */
export class ProgressLine {
  readonly #screen: Screen;
  #drawn = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  async draw(moved: Moved): Promise<void> {
    if (!this.#screen.isTTY) return;
    this.#drawn = true;
    await this.#screen.write(`\r\u001b[2K${progressText(moved, this.#screen.columns)}`);
  }

  async clear(): Promise<void> {
    if (!this.#drawn) return;
    this.#drawn = false;
    await this.#screen.write('\r\u001b[2K');
  }
}

/** `fgs.log  ━━━━━━━╌╌╌  58 %  34.8 MiB of 60.0 MiB  12.4 MiB/s  20,114 events`, cut to the width. */
export function progressText(moved: Moved, columns: number): string {
  const { sentBytes, sizeBytes, events, elapsedMs } = moved;
  const rate = elapsedMs > 0 ? (sentBytes * 1000) / elapsedMs : 0;
  const parts: string[] = [];
  if (sizeBytes !== undefined && sizeBytes > 0) {
    const share = Math.min(1, sentBytes / sizeBytes);
    parts.push(
      bar(share, columns < 100 ? 12 : 24),
      pad(`${Math.floor(share * 100)} %`, 5, 'right'),
    );
    parts.push(`${bytesText(sentBytes)} of ${bytesText(sizeBytes)}`);
  } else parts.push(bytesText(sentBytes));
  parts.push(`${bytesText(Math.round(rate))}/s`);
  if (events > 0) parts.push(`${countText(events)} events`);
  const figures = parts.join('  ');
  const room = Math.max(8, Math.min(40, columns - figures.length - 3));
  return clip(`${clip(printable(moved.name), room)}  ${figures}`, columns - 1);
}

/** One line on how a source came out. */
export function outcomeText(source: Source): string {
  const { ledger } = source;
  const rest = [
    [ledger.duplicate, 'already known'],
    [ledger.quarantined, 'quarantined'],
    [ledger.skipped, 'skipped'],
  ] as const;
  const asides = rest.flatMap(([count, word]) =>
    count > 0 ? [`${countText(count)} ${word}`] : [],
  );
  const state = source.state === 'complete' ? '' : ` (${source.state})`;
  const list = asides.length === 0 ? '' : `, ${asides.join(', ')}`;
  return `${countText(ledger.stored)} records taken in${list}${state}`;
}

function bar(share: number, columns: number): string {
  const full = Math.round(share * columns);
  return '━'.repeat(full) + '╌'.repeat(columns - full);
}
