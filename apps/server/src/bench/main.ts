import { argv, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { benchAgainstJq } from './againstJq.ts';
import { benchGrowth } from './growthCurve.ts';

/**
 * `npm run bench` compares taking in 200 MB with jq; `npm run bench -- --growth 10000000` prints the cost per event as a
 * case grows. `--events N` sets the size of the first.
 */
const { values } = parseArgs({
  args: argv.slice(2),
  options: { events: { type: 'string', default: '96000' }, growth: { type: 'string' } },
});
const say = (line: string) => {
  stdout.write(`${line}\n`);
};
if (values.growth === undefined) await benchAgainstJq(Number(values.events), say);
else await benchGrowth(Number(values.growth), say);
