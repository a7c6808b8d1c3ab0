import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkFormatContract } from '../testing/contract.ts';
import { checkTotality } from '../testing/totality.ts';
import { tracee } from './tracee.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));

for (const file of files) {
  checkFormatContract(tracee, {
    name: file.replace('.ndjson', ''),
    text: readFileSync(folder + file, 'utf8'),
    dumpFile: `${folder}${file.replace('.ndjson', '.dump.txt')}`,
  });
}

const records = files
  .flatMap((name) => readFileSync(folder + name, 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line): unknown => JSON.parse(line));

checkTotality(tracee, records);
