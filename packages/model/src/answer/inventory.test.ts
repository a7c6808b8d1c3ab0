import { describe, expect, it } from 'vitest';
import { clustersAnswer, nodeItems } from './inventory.ts';
import { podItems } from './podItems.ts';
import { incidentContext } from './testing/incidentContext.ts';

const { facts, derived, completeness } = incidentContext();

describe('the clusters of a case', () => {
  it('are those that nodes name: records without a node make none, and no host', () => {
    const nodes = nodeItems(facts.nodes, facts.gaps);
    expect(nodes.map(({ node }) => node)).toContain('');
    const pods = podItems(derived);
    expect(pods.filter(({ kind, node }) => kind === 'host' && node === '')).toEqual([]);
    const { items } = clustersAnswer(nodes, pods, completeness);
    expect(items.map(({ cluster, nodes: count }) => [cluster, count])).toEqual([['prod-eu-1', 2]]);
  });

  it('have one node without a name when its processes are known', () => {
    const fact = facts.nodes.find(({ node }) => node !== '');
    if (fact === undefined) throw new Error('the incident names its nodes');
    const nodes = nodeItems([{ ...fact, node: '' }], []);
    const [host] = podItems(derived).filter(({ kind }) => kind === 'host');
    if (host === undefined) throw new Error('the incident has hosts');
    const { items } = clustersAnswer(nodes, [{ ...host, node: '', pod: '' }], completeness);
    expect(items).toMatchObject([{ cluster: 'prod-eu-1', nodes: 1 }]);
    expect(clustersAnswer(nodes, [], completeness).items).toMatchObject([{ nodes: 0 }]);
  });
});
