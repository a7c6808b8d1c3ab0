import { setTimeout as sleep } from 'node:timers/promises';
import { millisBetween, type Nanos, parseTime } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';

/**
 * `npm run demo:live -- [URL] [--speed 10] [--case live] [--seed 7]`: plays the crawler incident into a running server as an
 * agent would, ten times faster than it happened, and ends by itself. Event times stay the scenario's own.
 */
const usage = `Usage: npm run demo:live -- [URL] [--speed N] [--case NAME] [--seed N]
Plays the crawler incident into the server at URL (http://127.0.0.1:4747), N times (10) faster than it happened.`;

/** What is due is pushed this often. */
const beatMs = 250;

interface Settings {
  readonly url: URL;
  readonly speed: number;
  readonly caseName: string;
  readonly seed: number;
}

interface Due {
  /** Milliseconds after the first line. */
  readonly atMs: number;
  readonly line: string;
}

const settings = readSettings(process.argv.slice(2));
if (settings === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else await play(settings);

async function play({ url, speed, caseName, seed }: Settings): Promise<void> {
  const { lines, truth } = generateReverseShell(seed);
  const schedule = scheduleOf(lines);
  const lastMs = schedule.at(-1)?.atMs ?? 0;
  const shellMs = schedule.find(({ line }) => line.includes(truth.lateShellExecId))?.atMs ?? 0;
  const page = `${url.origin}/c/${caseName}/p/${truth.namespace}/${truth.pod}`;
  console.log(
    `Playing ${lines.length} records of ${Math.round(lastMs / 60_000)} minutes, ${speed} times faster: it takes ${Math.ceil(lastMs / speed / 1000)} s.`,
  );
  console.log(`Look at   ${page}`);
  console.log(
    `The shell comes after ${Math.ceil(shellMs / speed / 1000)} s. Times on the page are the incident's own (${firstTime(lines)}), not today's.`,
  );
  const begun = performance.now();
  let next = 0;
  let announced = false;
  while (next < schedule.length) {
    const playedMs = (performance.now() - begun) * speed;
    const due: string[] = [];
    for (; next < schedule.length && (schedule[next]?.atMs ?? 0) <= playedMs; next += 1) {
      due.push(schedule[next]?.line ?? '');
    }
    if (due.length > 0) {
      const refusal = await push(url, caseName, due, `demo-${seed}-${begun}-${next}`);
      if (refusal !== undefined) {
        console.error(refusal);
        process.exitCode = 3;
        return;
      }
    }
    if (!announced && playedMs >= shellMs) {
      announced = true;
      console.log(
        `Now: a shell in ${truth.pod}, ${(truth.lateByMs / 1000).toFixed(0)} s after its main process, calls ${truth.domain}.`,
      );
    }
    await sleep(beatMs);
  }
  console.log(`Done: ${next} records pushed. The story is at ${page}`);
}

/** Pushes lines as an agent does; a sentence when the server does not take them. */
async function push(
  url: URL,
  caseName: string,
  lines: readonly string[],
  key: string,
): Promise<string | undefined> {
  const target = new URL(
    `/api/v1/ingest?${new URLSearchParams({ case: caseName, sender: 'demo' }).toString()}`,
    url,
  );
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-ndjson',
          'x-forebear-client': 'demo',
          'idempotency-key': key,
        },
        body: `${lines.join('\n')}\n`,
      });
      if (answer.ok) return undefined;
      const text = JSON.stringify((await answer.text()).slice(0, 500));
      if (answer.status !== 429 && answer.status < 500)
        return `The server refused (${answer.status}): ${text}`;
      if (attempt >= 10) return `The server stays busy (${answer.status}): ${text}`;
    } catch {
      if (attempt >= 3) return `No server answers at ${url.origin}. Start one: npm start`;
    }
    await sleep(500);
  }
}

function scheduleOf(lines: readonly string[]): Due[] {
  const times = lines.map(timeOf);
  let first: Nanos | undefined;
  for (const time of times) {
    if (time !== undefined && (first === undefined || time < first)) first = time;
  }
  let atMs = 0;
  return lines
    .map((line, index): Due => {
      const time = times[index];
      // A line without a time comes with the one before it.
      if (time !== undefined && first !== undefined) atMs = millisBetween(first, time);
      return { atMs, line };
    })
    .sort((a, b) => a.atMs - b.atMs);
}

function timeOf(line: string): Nanos | undefined {
  const found = /"time":"([^"]+)"/.exec(line)?.[1];
  return found === undefined ? undefined : parseTime(found);
}

function firstTime(lines: readonly string[]): string {
  return /"time":"([^"]{10})/.exec(lines[0] ?? '')?.[1] ?? 'unknown';
}

function readSettings(words: readonly string[]): Settings | undefined {
  let url = new URL('http://127.0.0.1:4747');
  const numbers = new Map([
    ['--speed', 10],
    ['--seed', 7],
  ]);
  let caseName = 'live';
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const value = words[i + 1];
    if (numbers.has(word)) {
      const number = Number(value);
      if (!(number > 0 && number <= 10_000)) return undefined;
      numbers.set(word, number);
      i += 1;
    } else if (
      word === '--case' &&
      value !== undefined &&
      /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(value)
    ) {
      caseName = value;
      i += 1;
    } else if (URL.canParse(word) && word.startsWith('http')) url = new URL(word);
    else return undefined;
  }
  return {
    url,
    speed: numbers.get('--speed') ?? 10,
    caseName,
    seed: Math.trunc(numbers.get('--seed') ?? 7),
  };
}
