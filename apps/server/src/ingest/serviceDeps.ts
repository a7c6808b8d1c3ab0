import type { Nanos } from '@forebear/model/event/time';
import type { Cases } from '../store/ports.ts';
import type { Decoding } from './decoding.ts';

/** What taking logs in needs of the rest of the server. */
export interface ServiceDeps {
  readonly cases: Cases;
  readonly decoding: Decoding;
  readonly spoolDir: string;
  readonly now: () => Nanos;
  readonly newId: () => string;
}
