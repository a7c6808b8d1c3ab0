import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';

export const incident = generateReverseShell(7);

/** A folder of logs for a test file. */
export interface LogFolder {
  readonly dir: string;
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function createLogFolder(): LogFolder {
  const dir = mkdtempSync(join(tmpdir(), 'forebear-cli-'));
  return {
    dir,
    write(name, content) {
      const path = join(dir, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export const incidentText = `${incident.lines.join('\n')}\n`;
