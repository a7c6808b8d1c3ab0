import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Damage, IntakeOptions, Skipped } from '../member.ts';
import { openMembers } from '../openMembers.ts';

export interface ReadMember {
  readonly path: string;
  readonly part: number;
  readonly layers: string;
  readonly startsAt: number;
  readonly content: Buffer;
  readonly damage: readonly Damage[];
}

export interface ReadIntake {
  readonly members: readonly ReadMember[];
  readonly damage: readonly Damage[];
  readonly skipped: readonly Skipped[];
  /** What the iteration threw. */
  readonly error: unknown;
  /** Files left in the spool directory afterwards. */
  readonly left: readonly string[];
}

/** Reads an upload to its end and keeps everything. */
export async function readIntake(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  options: Partial<IntakeOptions> = {},
): Promise<ReadIntake> {
  const spoolDir = await mkdtemp(join(tmpdir(), 'intake-test-'));
  const bytes = source instanceof Uint8Array ? once(source) : source;
  const intake = openMembers(bytes, { name: 'upload', spoolDir, ...options });
  const members: ReadMember[] = [];
  let error: unknown;
  try {
    for await (const member of intake) {
      const chunks: Uint8Array[] = [];
      try {
        for await (const chunk of member.chunks) chunks.push(chunk);
      } finally {
        members.push({
          path: member.path.join(' > '),
          part: member.part,
          layers: member.layers.join(' '),
          startsAt: member.startsAt,
          content: Buffer.concat(chunks),
          damage: member.damage(),
        });
      }
    }
  } catch (thrown) {
    error = thrown;
  }
  const left = await readdir(spoolDir);
  await rm(spoolDir, { recursive: true });
  return { members, damage: intake.damage(), skipped: intake.skipped(), error, left };
}

/** `kind@offset` of each damage. */
export function damageKinds(damage: readonly Damage[]): string[] {
  return damage.map(({ kind }) => kind);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
