import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkFormatContract, decodeLine } from '../testing/contract.ts';
import { tetragon } from './tetragon.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));

const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));

it('has fixtures that tell of policies and of their actions', () => {
  const lines = files.flatMap((file) => readFileSync(folder + file, 'utf8').split('\n'));
  const events = lines.flatMap((line) => {
    const decoded = line === '' ? undefined : decodeLine(tetragon, line);
    return decoded?.kind === 'events' ? decoded.events : [];
  });
  expect(events.some(({ policy }) => policy !== undefined)).toBe(true);
  expect(events.some(({ action }) => action !== undefined)).toBe(true);
});

for (const file of files) {
  checkFormatContract(tetragon, {
    name: file.replace('.ndjson', ''),
    text: readFileSync(folder + file, 'utf8'),
    dumpFile: `${folder}${file.replace('.ndjson', '.dump.txt')}`,
  });
}
