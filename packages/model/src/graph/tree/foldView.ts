import type { DerivedProcess } from '../derived.ts';
import { argumentTemplate } from '../novelty/argumentTemplate.ts';
import { childShapes } from './childShapes.ts';
import type { FoldView } from './fold.ts';
import { foldWitness, staysAlone } from './staysAlone.ts';

/**
 * The columns of a forest of derived processes, for `foldSiblings`. `parent` holds indexes into `processes`, parents
 * first. `order` is in milliseconds. Kept out is what `staysAlone` names.
 */
export function foldViewOf(
  processes: readonly DerivedProcess[],
  parent: ArrayLike<number>,
): FoldView {
  const numbers = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  const binary = Int32Array.from(processes, (process) => numberOf(process.binary));
  const connections = Int32Array.from(processes, (process) => numberOf(connectionsOf(process)));
  return {
    parent,
    order: Float64Array.from(processes, ({ startTime }) =>
      startTime === undefined ? Number.NaN : Number(startTime) / 1e6,
    ),
    binary,
    template: Int32Array.from(processes, (process) =>
      numberOf(argumentTemplate(process.binary, process.arguments)),
    ),
    uid: Int32Array.from(processes, ({ uid }) => (uid === undefined ? -1 : uid | 0)),
    exitClass: Int32Array.from(processes, (process) => numberOf(exitOf(process))),
    policies: Int32Array.from(processes, (process) => numberOf(policiesOf(process))),
    shape: childShapes({ parent, binary, connections }),
    keepOut: Uint8Array.from(processes, (process) => Number(staysAlone(foldWitness(process)))),
  };
}

/** The same end for an analyst: not ended, ended with this code, killed by this signal. */
function exitOf({ end, exitCode, exitSignal }: DerivedProcess): string {
  return end === 'exited' ? `exited ${exitCode ?? '?'} ${exitSignal}` : end;
}

/** By name; of one whose events name none, that it was reported. */
function policiesOf({ counts, flags }: DerivedProcess): string {
  if (counts.policies.length > 0) return counts.policies.map(({ policy }) => policy).join('\n');
  return flags.some(({ code }) => code === 'policy_hit') ? '?' : '';
}

function connectionsOf({ connections }: DerivedProcess): string {
  const leaves = new Set(
    connections.map(({ direction, protocol, name, ip, port }) =>
      [direction, protocol, name ?? ip, port].join(' '),
    ),
  );
  return [...leaves].sort().join('\n');
}
