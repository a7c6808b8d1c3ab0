import type { SkipReason } from './member.ts';

/** A file of a spooled archive. */
export interface FileEntry {
  readonly kind: 'file';
  readonly name: string;
  /** Where its stored bytes lie in the spool. */
  readonly start: number;
  readonly length: number;
  /** How its bytes are stored. */
  readonly stored: 'plain' | 'deflate' | 'zstd';
  /** What the archive says about the content, where it says so. */
  readonly crc32?: number;
  readonly size?: number;
  /** Set where the archive ends inside the entry. */
  readonly truncated?: true;
}

export interface PassedOver {
  readonly kind: 'skipped';
  readonly name: string;
  readonly reason: SkipReason;
  readonly detail: string;
}

export interface ArchiveDamage {
  readonly kind: 'damage';
  readonly damage: 'truncated' | 'corrupt';
  readonly offset: number;
  readonly reason: string;
}

/** What listing an archive gives, in the archive's order. */
export type Listed = FileEntry | PassedOver | ArchiveDamage;

/** AppleDouble companions and the folder macOS puts them in: metadata that looks like a second copy of every log. */
export function isAppleMetadata(name: string): boolean {
  const parts = name.split('/');
  return parts.includes('__MACOSX') || (parts.at(-1) ?? '').startsWith('._');
}

/** Longer names are cut: they are shown, stored and compared, never opened. */
export function boundName(name: string): string {
  return name.length <= 1024 ? name : `${name.slice(0, 1024)}…`;
}
