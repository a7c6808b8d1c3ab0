import type { ProcessAnswer } from '../../api/answers.ts';

type Inputs = ProcessAnswer['flags'][number]['inputs'];

/** What the figures of a flag are called, in the order in which they are read. A unit goes with its name. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['lateByMs', 'Late by'],
  ['limitMs', 'Limit'],
  ['base', 'Measured from'],
  ['baseTime', 'Which began'],
  ['template', 'Command pattern'],
  ['parentBinary', 'Parent'],
  ['novelty', 'Seen before'],
  ['name', 'Name'],
  ['ip', 'Address'],
  ['port', 'Port'],
  ['firstSeen', 'First seen'],
  ['lastSeen', 'Last seen'],
  ['randomDetail', 'Why'],
  ['from', 'From uid'],
  ['to', 'To uid'],
  ['namespaces', 'Namespaces'],
  ['suspect', 'Doubt'],
  ['execId', 'exec_id'],
  ['other', 'The other'],
  ['exit', 'Exit'],
  ['exitCode', 'Exit code'],
  ['stepMs', 'Clock step'],
  ['kinds', 'Kinds'],
]);

const WORDS: ReadonlyMap<string, string> = new Map([
  ['base container_start', 'the container’s start'],
  ['base first_seen', 'the first process seen'],
  ['base main', 'main'],
  ['namespaces own', 'not the host’s'],
  ['namespaces host', 'the host’s'],
]);

/** A flag's figures as people say them: `Late by 302.417 s`. What is empty is left out; an unknown one keeps its key. */
export function inputsInWords(
  inputs: Inputs,
): readonly { readonly key: string; readonly name: string; readonly text: string }[] {
  return Object.entries(inputs)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ({ key, name: NAMES.get(key) ?? key, text: textOf(key, value) }));
}

function textOf(key: string, value: Inputs[string]): string {
  if (key.endsWith('Ms') && typeof value === 'number') return `${trimmed(value / 1000)} s`;
  return (
    WORDS.get(`${key} ${String(value)}`) ??
    String(value).replaceAll('_', key === 'novelty' ? ' ' : '_')
  );
}

/** To the thousandth, without zeros at the end that say nothing. */
function trimmed(seconds: number): string {
  return String(Number(seconds.toFixed(3)));
}
