import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dialects } from '../event/dialects.ts';
import { derive } from '../graph/derive.ts';
import { factsOfAgent } from '../graph/facts/agentFacts.ts';
import { incidentContext } from './testing/incidentContext.ts';
import { podSelection } from './treeSelection.ts';

const { facts, derived, expected } = incidentContext();
const shop = derived.pods.filter(({ fact }) => fact.namespace === expected.namespace);
const namesOf = (pods: typeof derived.pods) =>
  pods.map(({ cluster, fact }) => [cluster, fact.namespace, fact.name, fact.uid].join('/'));

function alone(agent: (typeof dialects)[number]) {
  return derive(factsOfAgent(facts, agent), {
    lateLimitMs: 60_000,
    sha256: (name) => new Uint8Array(createHash('sha256').update(name).digest()),
  });
}

describe.each(
  dialects.filter((dialect) => facts.processes.some((fact) => fact.dialect === dialect)),
)('the pods as %s alone tells of them', (agent) => {
  const own = alone(agent);

  it('are those of all agents together: no name twice, none in a cluster that nobody named', () => {
    expect(namesOf(own.pods)).toEqual(namesOf(derived.pods));
    for (const { fact } of shop) {
      const name = { namespace: fact.namespace, pod: fact.name };
      expect(podSelection(own, name, {})?.alternatives).toEqual([]);
    }
  });

  it('hold what it says of no process', () => {
    for (const place of own.loose) expect(place.pod).toBeDefined();
  });
});

it('leaves with Zeek and with Hubble the connections of each pod that talked', () => {
  for (const agent of ['zeek', 'hubble'] as const) {
    const talking = alone(agent).loose.filter(({ connections }) => connections.length > 0);
    expect(talking.length).toBe(shop.length);
  }
});
