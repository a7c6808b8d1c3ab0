import type { ProcessFact } from '../../event/facts.ts';

/** What makes a face: the id, where it was seen, and one (pid, start, binary), each of which may be missing. */
export type Face = Pick<
  ProcessFact,
  'dialect' | 'cluster' | 'id' | 'node' | 'pid' | 'startTime' | 'binary'
>;

/**
 * The text key of a face. The node is part of it: some agents' ids say nothing of the machine (Windows'
 * `pid:pid:pid`), and then the same id on two nodes is two processes. Absent and empty differ (`-` against `=`).
 * Ids and binaries may hold NUL; their lengths keep two faces from sharing a key.
 */
export function faceKey(face: Face): string {
  const binary = face.binary === undefined ? '-' : `=${face.binary}`;
  return [
    face.dialect,
    face.cluster,
    face.node,
    face.pid === undefined ? '-' : String(face.pid),
    face.startTime === undefined ? '-' : face.startTime.toString(36),
    String(face.id.length),
    face.id,
    binary,
  ].join('\0');
}
