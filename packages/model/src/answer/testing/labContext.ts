import { createHash } from 'node:crypto';
import { derive } from '../../graph/derive.ts';
import { FactSet } from '../../graph/facts/factSet.ts';
import { createIngest } from '../../ingest/ingest.ts';
import { generateReverseShell } from '../../scenario/reverseShell.ts';
import type { AnswerContext } from '../context.ts';

/** The crawler incident, taken in and derived: what every answer is asked about in tests. */
export function labContext(): AnswerContext & {
  truth: ReturnType<typeof generateReverseShell>['truth'];
} {
  const { lines, truth } = generateReverseShell(11);
  const facts = new FactSet();
  const ingest = createIngest({
    cluster: '',
    hash: (bytes) => createHash('sha256').update(bytes).digest().readBigUInt64LE(0),
  });
  for (const batch of ingest.push(new TextEncoder().encode(`${lines.join('\n')}\n`)))
    facts.add(batch);
  for (const batch of ingest.end()) facts.add(batch);
  const derived = derive(facts.facts(), {
    lateLimitMs: 60_000,
    sha256: (text) => new Uint8Array(createHash('sha256').update(text).digest()),
  });
  return {
    derived,
    completeness: {
      complete: true,
      agentLoss: 'not monitored',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    },
    isRunning: () => false,
    truth,
  };
}
