import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generateBulk } from '@forebear/model/scenario/bulk';
import { startServer } from './childServer.ts';
import { type Evidence, evidenceOf } from './evidenceOf.ts';
import { sendLog } from './sendLog.ts';

/**
 * `killUpload.ts [--rounds 20] [--events 40000]`: kill -9 in the middle of an upload, then the same file again, must give
 * what one clean run gives: the same digest of everything derived, the same counts, no fault, and nothing twice.
 */
const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    rounds: { type: 'string', default: '20' },
    events: { type: 'string', default: '40000' },
  },
});
const rounds = Number(values.rounds);
const log = [...generateBulk({ seed: 3, events: Number(values.events) })].map((line) =>
  Buffer.from(`${line}\n`),
);
const say = (line: string) => {
  stdout.write(`${line}\n`);
};

async function inDirectory<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'forebear-kill-'));
  try {
    return await work(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** In chunks of about 64 KiB, as a network gives them. */
async function* chunks(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < log.length; at += 32) yield Buffer.concat(log.slice(at, at + 32));
}

const clean = await inDirectory(async (dataDir) => {
  const server = await startServer(dataDir);
  const start = performance.now();
  await sendLog(server.url, 'clean.log', chunks());
  const took = performance.now() - start;
  await server.stop();
  return { took, evidence: await evidenceOf(dataDir) };
});
say(
  `clean run: ${clean.evidence.events} events, ${clean.evidence.processes} processes, digest ${clean.evidence.digest.slice(0, 16)}, ${clean.took.toFixed(0)} ms`,
);

let failures = clean.evidence.faults.length;
let midway = 0;
for (let round = 1; round <= rounds; round += 1) {
  const after = randomInt(1, Math.max(2, Math.ceil(clean.took)));
  const evidence = await inDirectory(async (dataDir) => {
    const doomed = await startServer(dataDir);
    const sending = sendLog(doomed.url, 'first.log', chunks());
    await sleep(after);
    await doomed.kill();
    await sending;
    const server = await startServer(dataDir);
    await sendLog(server.url, 'second.log', chunks());
    await server.stop();
    return evidenceOf(dataDir);
  });
  const faults = faultsOf(evidence);
  failures += faults.length;
  const kept = evidence.ledgers[0]?.ledger.stored ?? 0;
  if (kept > 0 && kept < log.length) midway += 1;
  say(
    `round ${round}: killed after ${after} ms, ${kept} records kept from the first try: ${faults.length === 0 ? 'same as clean' : faults.join('; ')}`,
  );
}
say(
  `${rounds - failures > 0 && failures === 0 ? rounds : Math.max(0, rounds - failures)} passed, ${failures} failed (${midway} killed between two commits)`,
);
exit(failures === 0 ? 0 : 1);

function faultsOf(evidence: Evidence): string[] {
  const faults = [...evidence.faults];
  const expect = (what: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) faults.push(`${what} is ${String(found)}, clean ${String(wanted)}`);
  };
  expect('digest', evidence.digest, clean.evidence.digest);
  expect('events', evidence.events, clean.evidence.events);
  expect('processes', evidence.processes, clean.evidence.processes);
  const stored = evidence.ledgers.reduce((sum, { ledger }) => sum + ledger.stored, 0);
  expect('records stored in both tries', stored, log.length);
  const last = evidence.ledgers.at(-1);
  expect('the second try took in', last?.ledger.in, log.length);
  expect('the second try is', last?.state, 'complete');
  for (const { ledger } of evidence.ledgers) {
    expect(
      'a ledger sums to',
      ledger.stored + ledger.duplicate + ledger.quarantined + ledger.skipped + ledger.blank,
      ledger.in,
    );
  }
  return faults;
}
