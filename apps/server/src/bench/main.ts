import { argv, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { benchAgainstJq } from './againstJq.ts';
import { benchAgainstParse } from './againstParse.ts';
import { benchGrowth } from './growthCurve.ts';

/**
 * `npm run bench` compares decoding each format with JSON.parse, then taking in 200 MB with jq; `npm run bench -- --formats` does the first
 * alone; `npm run bench -- --growth 10000000` prints the cost per event as a case grows. `--lines N` and `--events N` set the sizes of
 * the first two.
 */
const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    formats: { type: 'boolean', default: false },
    lines: { type: 'string', default: '20000' },
    events: { type: 'string', default: '96000' },
    growth: { type: 'string' },
  },
});
const say = (line: string) => {
  stdout.write(`${line}\n`);
};
if (values.growth !== undefined) await benchGrowth(Number(values.growth), say);
else {
  benchAgainstParse(Number(values.lines), say);
  if (!values.formats) await benchAgainstJq(Number(values.events), say);
}
