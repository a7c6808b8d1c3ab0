import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Count, countBrowserTests, countUnitTests } from './countTests.ts';

const folder = new URL('../../test-results/', import.meta.url);
const unit = readCount('unit.json', countUnitTests);
const browser = readCount('browser.json', countBrowserTests);

const skipped = unit.skipped + browser.skipped;
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${unit.passed + browser.passed} passed, ${unit.failed + browser.failed} failed`);

/** A report that is missing or broken is said aloud and counts nothing. */
function readCount(name: string, count: (text: string) => Count | undefined): Count {
  const path = fileURLToPath(new URL(name, folder));
  const found = existsSync(path) ? count(readFileSync(path, 'utf8')) : undefined;
  if (found === undefined) console.log(`no result of ${name.replace('.json', '')} tests`);
  return found ?? { passed: 0, failed: 0, skipped: 0 };
}
