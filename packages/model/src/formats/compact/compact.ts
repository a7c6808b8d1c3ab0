/**
 * Compact text: what `tetra getevents -o compact` and `hubble-enterprise getevents -o compact` print, one line per event, from
 * terminals, documents and tickets; with or without `--timestamps`, colours, Go's quotation marks (since 1.7), and emoji that were
 * read as Mac Roman. Tetragon 0.8 to 1.7, enterprise builds of 2023.
 * Understood: every line of formats.md 1.9 and 2.3: an event table. There is no tree in it: no line has a pid or an id. Skipped:
 * stack traces, file hashes, `TEST EVENT`. Lost: nothing that the text has; it has no parents, no users, mostly no times.
 * Source: cilium/tetragon pkg/encoder/encoder.go.
 */
import type { Format } from '../format.ts';
import { CompactDecoder } from './decode.ts';
import { readLine } from './head.ts';
import { noiseOf } from './noise.ts';

export const compact: Format = {
  id: 'compact',
  title: 'Compact text of Tetragon / Hubble Enterprise (events without a tree)',
  sniff: () => false,
  sniffText: (line) => readLine(line) !== undefined || noiseOf(line) !== undefined,
  decoder: () => new CompactDecoder(),
};
