import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hash64 } from '../event/sense.ts';
import { createIngest } from '../ingest/ingest.ts';
import { generateReverseShell } from '../scenario/reverseShell.ts';
import { derive } from './derive.ts';
import type { DerivedProcess, Leaf } from './derived.ts';
import { FactSet } from './facts/factSet.ts';

/** The crawler's story from log lines to leaves and hops: what an analyst must be able to read. */
describe('the reverse shell in the crawler', () => {
  const { lines, truth } = generateReverseShell(1);
  const ingest = createIngest({
    cluster: '',
    hash: (bytes) => hash64(new TextDecoder().decode(bytes)),
  });
  const set = new FactSet();
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  for (const batch of [...ingest.push(bytes), ...ingest.end()]) set.add(batch);
  const { processes, pods, hops } = derive(set.facts(), {
    lateLimitMs: 60_000,
    sha256: (text) => createHash('sha256').update(text).digest(),
  });

  const find = (execId: string): DerivedProcess | undefined =>
    processes.find(({ images }) => images.some((image) => image.execId === execId));
  const external = (execId: string): Leaf | undefined =>
    find(execId)?.connections.find((leaf) => leaf.external);
  const podOf = (process: DerivedProcess | undefined): string =>
    process?.pod === undefined ? '' : (pods[process.pod]?.fact.name ?? '');

  it('calls a random-looking external name, with the address behind it', () => {
    expect(external(truth.netcatExecId)).toMatchObject({
      name: truth.domain,
      ip: truth.domainIp,
      scope: 'public',
      randomName: true,
    });
  });

  it('sends the loot out by the same name, known here only from a DNS answer', () => {
    expect(external(truth.exfilExecId)).toMatchObject({
      name: truth.domain,
      nameEvidence: 'dns_process',
      port: truth.exfilPort,
      bytesSent: BigInt(truth.exfilBytes),
    });
  });

  it('hops through the service address to the process that accepts in the other pod', () => {
    const hop = hops.find(({ from }) => processes[from] === find(truth.hop.from.execId));
    expect(hop).toMatchObject({ port: truth.hop.port, bytesReceived: BigInt(truth.hop.bytes) });
    expect(processes[hop?.to ?? -1]).toBe(find(truth.hop.to.execId));
    expect(hop?.confidence).toBe('likely');
  });

  it('lists exactly the callers of Elasticsearch', () => {
    const callers = processes.flatMap((process) =>
      process.connections.some(({ ip }) => ip === truth.elasticsearch.ip)
        ? [`${podOf(process)} ${process.binary} ${process.pid}`]
        : [],
    );
    const expected = truth.callersOfElasticsearch.map(
      ({ pod, binary, pid }) => `${pod} ${binary} ${pid}`,
    );
    expect(callers.sort()).toEqual(expected.sort());
  });

  it('takes the expansions of search domains for noise', () => {
    const lookups = find(truth.crawlerNodeExecId)?.lookups ?? [];
    expect(lookups.map(({ name }) => name)).toEqual(['boards.jobfeed.example']);
    expect(lookups[0]).toMatchObject({ failed: 0 });
    expect(lookups[0]?.tries).toBeGreaterThan(0);
  });
});
