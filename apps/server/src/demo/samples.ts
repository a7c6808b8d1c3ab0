import { generateBrokenLog } from '@forebear/model/scenario/brokenLog';
import { tellIncident } from '@forebear/model/scenario/incident/tellIncident';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { generateTenThousandLoop } from '@forebear/model/scenario/tenThousandLoop';
import { tarOf } from './tarOf.ts';

/** One of our own logs, generated when it is asked for. */
export interface Sample {
  readonly title: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The same bytes on every machine and every day: links into a sample stay good. */
const seed = 7;
const blockBytes = 256 * 1024;

const bytesByName = new Map<string, { readonly title: string; readonly bytes: () => Uint8Array }>([
  // One archive, as an agents' logs are collected: the folders say which node and pod a file is of.
  ['six-agents', { title: 'six-agents.tar', bytes: () => tarOf(tellIncident({ seed }).files) }],
  [
    'reverse-shell',
    { title: 'reverse-shell.ndjson', bytes: () => textOf(generateReverseShell(seed).lines) },
  ],
  [
    'ten-thousand',
    { title: 'ten-thousand.ndjson', bytes: () => textOf(generateTenThousandLoop({ seed }).lines) },
  ],
  ['broken', { title: 'broken.log', bytes: () => Buffer.from(generateBrokenLog(seed).text) }],
]);

/** The sample of a name, or undefined for a name we do not have. */
export function sampleOf(name: string): Sample | undefined {
  const sample = bytesByName.get(name);
  if (sample === undefined) return undefined;
  return { title: sample.title, body: blocksOf(sample.bytes) };
}

async function* blocksOf(bytes: () => Uint8Array): AsyncGenerator<Uint8Array> {
  const whole = bytes();
  for (let at = 0; at < whole.length; at += blockBytes) yield whole.subarray(at, at + blockBytes);
}

function textOf(lines: readonly string[]): Uint8Array {
  return Buffer.from(`${lines.join('\n')}\n`);
}
