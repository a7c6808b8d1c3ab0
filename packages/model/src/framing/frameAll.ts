import type { Framed } from './framed.ts';
import { createFramer } from './framer.ts';
import type { FramerOptions } from './framer.ts';

/** All pieces of bytes that are already in memory: for samples, tests and small inputs. The views are into `bytes`. */
export function frameAll(bytes: Uint8Array, options?: FramerOptions): readonly Framed[] {
  const pieces: Framed[] = [];
  const keep = (piece: Framed): void => {
    pieces.push(piece);
  };
  const framer = createFramer(options);
  framer.push(bytes, keep);
  framer.end(keep);
  return pieces;
}
