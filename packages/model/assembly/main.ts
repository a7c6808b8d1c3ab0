// The compiled half of the arena (src/arena): one module, so that its variables lie in one place. It reads the records of
// Tetragon's one shape (formats/tetragon/scan.ts): what stood before is recognised by its bytes, a message that is new is taken
// apart. What it cannot read it leaves to its caller; it never guesses.

export { batchSize, columnCount, configureBatch, hasRoom } from './batch.ts';
export { readBody } from './bodies.ts';
export { bodyAt, bodySize } from './body.ts';
export { newline } from './bytes.ts';
export {
  configureCluster,
  configureEnvelopes,
  envelope,
  envelopeSize,
  keepEnvelope,
} from './envelopes.ts';
export { addEvent } from './eventRows.ts';
export { configureFound, foundSize, ownEnd } from './found.ts';
export { configureFunctions } from './functions.ts';
export { configureKinds, kindSize } from './kinds.ts';
export { configureKnown, knownSize } from './known.ts';
export { configureLongest, learnProcess } from './learning.ts';
export { takeLines, takenAt, takenSize } from './lines.ts';
export { configurePods, insidePid, keepPod, pod, podSize } from './pods.ts';
export {
  beginRecord,
  configureProcesses,
  firstSlot,
  idOf,
  isHeld,
  isPlainFamily,
  keepProcess,
  notesAt,
  podOf,
  process,
  settle,
  textPlace,
  textSize,
} from './processes.ts';
export { tell } from './sightings.ts';
export { setHashKey, sipHash } from './sipHash.ts';
export {
  areStringsAscii,
  areStringsFull,
  clearStrings,
  configureStrings,
  intern,
  stringBytes,
  stringCount,
} from './strings.ts';
export { takeWaiting, waitingAt } from './waiting.ts';
