import type { ProcessFact } from '../../event/facts.ts';
import { readSpelledId } from '../../event/spelledIds.ts';
import type { LinkMethod } from '../derived.ts';
import { type MutableProcessFact, mergeFaces } from '../facts/mergeFacts.ts';
import type { Place } from '../identity/places.ts';
import type { SettledImage } from './images.ts';
import { bestOf, isSameBinary, type SpelledElse, type SpelledGroup } from './spelledGroup.ts';

/** A process's fact under the id that stands for it, and how its parent was found when that is not its own ids' doing. */
export interface SettledFact {
  readonly fact: ProcessFact;
  readonly method: LinkMethod | undefined;
}

/** The id that stands for another, on that node. */
export type StandingId = (id: string, place: Place) => string;

/** What all records of an image say of it; what tells faces apart is said once, by the image. */
export function imageFact(image: SettledImage, standing: StandingId): SettledFact {
  const { head, groups, before } = image;
  const { place, spelled, id } = head;
  const faces = groups.length === 1 ? head.faces : groups.flatMap(facesOf);
  const { startTime: _start, binary: _binary, ktime: _ktime, ...said } = merged(faces);
  const { cluster, node } = place;
  const fact: MutableProcessFact = { ...said, dialect: spelled.dialect, id, cluster, node };
  const pid = spelled.pid ?? bestOf(faces, 'pid');
  if (pid !== undefined) fact.pid = pid;
  const binary = binaryOf(image);
  if (binary !== '') fact.binary = binary;
  const start = image.isExec ? image.time : bestOf(faces, 'startTime');
  if (start !== undefined) fact.startTime = start;
  if (before !== undefined) {
    fact.parentId = standing(before.head.id, place);
    return { fact, method: spelled.mark === '' ? 'pid_as_of' : undefined };
  }
  return withParent(fact, place, standing);
}

/** An ancestor that is known by its name alone. */
export function nameFact(
  { faces, place, spelled }: SpelledGroup<SpelledElse>,
  id: string,
  standing: StandingId,
): SettledFact {
  const fact = { ...merged(faces), dialect: spelled.dialect, id, ...place };
  return withParent(fact, place, standing);
}

/** Says which process the parent's id means. */
function withParent(fact: MutableProcessFact, place: Place, standing: StandingId): SettledFact {
  const named = fact.parentId;
  if (named === undefined) return { fact, method: undefined };
  const parentId = standing(named, place);
  if (parentId === fact.id) {
    delete fact.parentId;
    return { fact, method: undefined };
  }
  fact.parentId = parentId;
  return { fact, method: methodOf(named) };
}

/** By the agent's own mark of a life it is as good as an id; by a pid it is the one who had it then. */
function methodOf(parentId: string): LinkMethod | undefined {
  const spelled = readSpelledId(parentId);
  if (spelled?.form === 'name') return 'name_chain';
  return spelled?.form === 'at' && spelled.mark === '' ? 'pid_as_of' : undefined;
}

function merged(faces: readonly ProcessFact[]): ProcessFact {
  const fact = mergeFaces(faces);
  if (fact === undefined) throw new Error('a group without a face');
  return fact;
}

function facesOf({ faces }: SpelledGroup): readonly ProcessFact[] {
  return faces;
}

/** A path rather than a name that may be cut. */
function binaryOf({ binary, groups }: SettledImage): string {
  if (binary.includes('/')) return binary;
  let best = binary;
  for (const { spelled } of groups) {
    const other = spelled.binary;
    if (!other.includes('/') || (binary !== '' && !isSameBinary(other, binary))) continue;
    if (!best.includes('/') || other > best) best = other;
  }
  return best;
}
