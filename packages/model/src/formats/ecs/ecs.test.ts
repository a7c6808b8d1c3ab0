import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkFormatContract } from '../testing/contract.ts';
import { checkTotality } from '../testing/totality.ts';
import { ecs } from './ecs.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));

for (const file of readdirSync(folder).filter((name) => name.endsWith('.ndjson'))) {
  checkFormatContract(ecs, {
    name: file.replace('.ndjson', ''),
    text: readFileSync(folder + file, 'utf8'),
    dumpFile: `${folder}${file.replace('.ndjson', '.dump.txt')}`,
  });
}

const records = readdirSync(folder)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(folder + name, 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line): unknown => JSON.parse(line));

checkTotality(ecs, records);
