import type { Image } from '../graph/derived.ts';
import type { TreeColumns } from '../wire/tree.ts';
import type { Dictionary } from './dictionary.ts';
import { microsOf, nanosOf } from './timeText.ts';

type Columns = TreeColumns['images'];

/** The images of processes that had more than one, row by row. */
export class ImageColumns {
  readonly #strings: Dictionary;
  readonly columns: Columns = emptyColumns();

  constructor(strings: Dictionary) {
    this.#strings = strings;
  }

  /** Adds an image; answers its row. */
  push(image: Image): number {
    const strings = this.#strings;
    const { columns } = this;
    columns.execId.push(strings.indexOf(image.execId));
    columns.binary.push(strings.indexOf(image.binary));
    columns.arguments.push(strings.indexOf(image.arguments));
    columns.startTimeUs.push(microsOf(image.startTime));
    columns.startTimeNs.push(nanosOf(image.startTime));
    columns.lateByMs.push(image.lateByMs ?? null);
    columns.isNew.push(triState(image.isNew));
    columns.alerts.push(image.alerts);
    columns.count += 1;
    return columns.count - 1;
  }
}

/** Null: not known. */
export function triState(value: boolean | undefined): 0 | 1 | null {
  if (value === undefined) return null;
  return value ? 1 : 0;
}

function emptyColumns(): Columns {
  return {
    count: 0,
    execId: [],
    binary: [],
    arguments: [],
    startTimeUs: [],
    startTimeNs: [],
    lateByMs: [],
    isNew: [],
    alerts: [],
  };
}
