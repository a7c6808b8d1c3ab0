import { hash } from 'node:crypto';

/** sha256 of UTF-8 text: the hash that the model is handed. */
export function sha256Of(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}
