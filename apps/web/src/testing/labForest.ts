import { createHash } from 'node:crypto';
import type { AnswerContext } from '@forebear/model/answer/context';
import { derive } from '@forebear/model/graph/derive';
import { FactSet } from '@forebear/model/graph/facts/factSet';
import { createIngest } from '@forebear/model/ingest/ingest';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';

/** The crawler incident taken in and derived as the server does it: what the web's own rules are held against. */
export function labForest(): AnswerContext & {
  readonly truth: ReturnType<typeof generateReverseShell>['truth'];
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
  return {
    derived: derive(facts.facts(), {
      lateLimitMs: 60_000,
      sha256: (text) => new Uint8Array(createHash('sha256').update(text).digest()),
    }),
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
