import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkFormatContract } from '../testing/contract.ts';
import { zeek } from './zeek.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));

for (const file of readdirSync(folder).filter((name) => name.endsWith('.ndjson'))) {
  checkFormatContract(zeek, {
    name: file.replace('.ndjson', ''),
    text: readFileSync(folder + file, 'utf8'),
    dumpFile: `${folder}${file.replace('.ndjson', '.dump.txt')}`,
  });
}
