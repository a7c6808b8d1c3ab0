/**
 * NAME, written by TOOL: what its records are and where they come from. VERSIONS and flags seen.
 * Understood: which records. Skipped: which, and why. Lost in normalising: what stays only in the raw record.
 * Source: link to the specification.
 */
import type { Format } from '../format.ts';
import { isObject } from '../read.ts';
import { SkeletonDecoder } from './decode.ts';

export const skeleton: Format = {
  id: 'skeleton',
  title: 'Skeleton',
  sniff: (value) => isObject(value) && typeof value.skeleton_event === 'string',
  marks: ['skeleton_event', 'binary'],
  decoder: () => new SkeletonDecoder(),
};
