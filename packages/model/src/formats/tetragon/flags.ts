import { Trait } from '../../event/traits.ts';

/** Words of `flags` that are evidence. The rest (`nocwd`, `rootcwd`, `dataArgs`, …) is shown and means nothing to the tree. */
const bitsByWord = new Map<string, number>([
  ['procFS', Trait.procfs],
  ['clone', Trait.clone],
  ['miss', Trait.parentUncertain],
  ['taskWalk', Trait.parentUncertain],
  ['unknown', Trait.unknownToAgent],
  ['truncArgs', Trait.truncatedByAgent],
  ['truncFilename', Trait.truncatedByAgent],
  ['errorArgs', Trait.truncatedByAgent],
  ['errorFilename', Trait.truncatedByAgent],
  ['inInitTree', Trait.inInitTree],
]);

/** The traits that an agent's flag words state. Unknown words are ignored, agents add some in each release. */
export function flagTraits(flags: string): number {
  let traits = 0;
  for (const word of flags.split(' ', 64)) traits |= bitsByWord.get(word) ?? 0;
  return traits;
}
