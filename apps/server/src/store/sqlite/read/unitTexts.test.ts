import type { Part } from '@forebear/model/answer/part';
import { keepsProcess } from '@forebear/model/answer/subjects';
import { questionsAbout } from '@forebear/model/answer/testing/filteredRecords';
import { labContext } from '@forebear/model/answer/testing/labContext';
import type { Filter } from '@forebear/model/query/filter';
import { describe, expect, it } from 'vitest';
import type { CaseUnit } from './caseUnits.ts';
import { UnitTexts } from './unitTexts.ts';

const { derived } = labContext();
const pods: CaseUnit = { kind: 'pods', pods: [], names: new Set() };
const hosts: CaseUnit = { kind: 'hosts', from: '', to: undefined };

/** The processes of each pod, and those of the host, as a part each. */
const parts: readonly Part[] = [...derived.pods.keys(), undefined].map((pod) => {
  const processes = derived.processes.filter((process) => process.pod === pod);
  const part = { ...derived, processes };
  return { derived: part, ownsProcess: () => true, ownsPod: () => true };
});
const units = parts.map((_, at) => (at < derived.pods.length ? pods : hosts));

function textsOfParts(of: readonly Part[]): UnitTexts {
  const texts = new UnitTexts();
  for (const [number, part] of of.entries()) texts.keep(number, part);
  return texts;
}

const keeps = (filter: Filter, part: Part) =>
  part.derived.processes.some((process) => keepsProcess(filter, part.derived, process));

describe('where a filter finds nothing', () => {
  it('is never where it keeps a process or a connection', () => {
    const texts = textsOfParts(parts);
    let left = 0;
    for (const process of derived.processes.filter((_, at) => at % 50 === 0)) {
      const { binary, arguments: words, connections } = process;
      for (const { filter } of questionsAbout(
        JSON.stringify({ binary, words, connections: connections.slice(0, 2) }, bigints),
      )) {
        const without = texts.without(filter, units);
        left += without.size;
        for (const number of without) {
          const part = parts[number];
          expect(part !== undefined && keeps(filter, part)).toBe(false);
        }
      }
    }
    expect(left).toBeGreaterThan(100);
  });

  it('is everywhere but in the one pod, for a name that only it called', () => {
    const leaf = derived.processes
      .flatMap(({ connections }) => connections)
      .find(({ randomName }) => randomName);
    const filter: Filter = { kind: 'text', text: leaf?.name ?? '' };
    const without = textsOfParts(parts).without(filter, units);
    const found = parts.flatMap((part, number) => (keeps(filter, part) ? [number] : []));
    expect(found.length).toBeGreaterThan(0);
    expect(parts.length - without.size).toBe(found.length);
  });

  it('is not told of what was never looked at, nor of one part of the hosts alone', () => {
    const filter: Filter = { kind: 'text', text: 'nowhere-at-all' };
    expect(new UnitTexts().without(filter, units).size).toBe(0);
    const texts = textsOfParts(parts);
    expect(texts.without(filter, units).size).toBe(units.length);
    expect(texts.without(filter, [...units, hosts]).has(units.length - 1)).toBe(false);
    texts.clear();
    expect(texts.without(filter, units).size).toBe(0);
  });
});

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
