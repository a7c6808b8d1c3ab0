import { createHash } from 'node:crypto';
import type { Dialect } from '../../event/dialects.ts';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import type { Facts } from '../../event/facts.ts';
import { parseLossless } from '../../formats/losslessJson.ts';
import { formatOf } from '../../formats/registry.ts';
import { derive } from '../../graph/derive.ts';
import { FactSet } from '../../graph/facts/factSet.ts';
import { tellIncident } from '../../scenario/incident/tellIncident.ts';
import type { AnswerContext } from '../context.ts';

/**
 * The incident that six agents tell, derived from all that they say, or from all but one says; what it should show comes with it.
 */
export function incidentContext(without?: Dialect) {
  const { files, expected } = tellIncident({ seed: 1 });
  const facts = factsOfFiles(files.filter(({ dialect }) => dialect !== without));
  return { ...contextOfFacts(facts), facts, expected };
}

/** The facts of logs that are read one after the other. */
function factsOfFiles(files: ReturnType<typeof tellIncident>['files']): Facts {
  const set = new FactSet();
  for (const { path, dialect, text } of files) {
    const builder = new FactBatchBuilder('');
    const decoder = formatOf(dialect)?.decoder();
    for (const [index, line] of text.split('\n').entries()) {
      if (line === '' || decoder === undefined) continue;
      const told = decoder.decode(JSON.parse(line), { path });
      const decoded =
        told.kind === 'imprecise' ? decoder.decode(parseLossless(line), { path }) : told;
      const bytes = new TextEncoder().encode(line);
      if (decoded.kind === 'events') {
        const record = { bytes, offset: 0, line: index + 1, member: 0, hash: 0n };
        builder.addDecoded(record, decoded.events);
      }
    }
    set.add(builder.finish());
  }
  return set.facts();
}

/** A set of facts, derived as a store does it. */
function contextOfFacts(facts: Facts): AnswerContext {
  return {
    derived: derive(facts, {
      lateLimitMs: 60_000,
      sha256: (name) => new Uint8Array(createHash('sha256').update(name).digest()),
    }),
    completeness: {
      complete: true,
      agentLoss: 'not monitored',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    },
    isRunning: () => false,
  };
}
