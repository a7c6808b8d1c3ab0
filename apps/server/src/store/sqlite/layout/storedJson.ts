import { ledger } from '@forebear/model/wire/primitives';
import { z } from 'zod';

/** What small columns hold as JSON, read back with their shapes checked. */
const counts = z.record(z.string(), z.number());
const pairs = z.array(z.tuple([z.string(), z.number()]));
const numbers = z.array(z.number());
const texts = z.array(z.string());

export const storedJson = {
  counts: (text: string) => counts.parse(JSON.parse(text)),
  pairs: (text: string) => pairs.parse(JSON.parse(text)),
  numbers: (text: string) => numbers.parse(JSON.parse(text)),
  texts: (text: string) => texts.parse(JSON.parse(text)),
  ledger: (text: string) => ledger.parse(JSON.parse(text)),
  /** For what a schema reads right after. */
  unknown: (text: string): unknown => JSON.parse(text),
};
