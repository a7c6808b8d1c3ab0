import { describe, expect, it } from 'vitest';
import type { AlertFact } from '../event/facts.ts';
import { tellIncident } from '../scenario/incident/tellIncident.ts';
import type { DerivedProcess } from './derived.ts';
import { fileFacts } from './testing/fileFacts.ts';
import { type Story, storyOf } from './testing/told.ts';

const { files, expected } = tellIncident({ seed: 1 });
const alone = storyOf(fileFacts(files.filter(({ dialect }) => dialect === 'tetragon')));
const all = storyOf(fileFacts(files));

/** Everything of a process that other agents must not change. */
function own(
  { derived }: Story,
  { ref, images, parent, kind, role, end, lateByMs }: DerivedProcess,
) {
  return {
    ref,
    images: images.map(({ execId, binary, arguments: args, startTime }) => [
      execId,
      binary,
      args,
      startTime,
    ]),
    parent: derived.processes[parent]?.ref,
    kind,
    role,
    end,
    lateByMs,
  };
}

function alertText({ label, rule, blocked }: AlertFact): string {
  return `${label.slice(0, label.indexOf(':'))} ${rule}${blocked ? ' blocked' : ''}`;
}

describe('an incident that six agents tell', () => {
  it('is one tree: the processes of Tetragon alone, and the one exec that was prevented', () => {
    const without = alone.derived.processes.map((process) => own(alone, process));
    const refs = new Set(without.map(({ ref }) => ref));
    const more = all.derived.processes.filter(({ ref }) => !refs.has(ref));
    expect(
      more.map(({ binary, pid, parent }) => [binary, pid, all.derived.processes[parent]?.execId]),
    ).toEqual([[expected.refused.binary, expected.refused.pid, expected.refused.parentExecId]]);
    const same = all.derived.processes.filter(({ ref }) => refs.has(ref));
    expect(same.map((process) => own(all, process))).toEqual(without);
  });

  it('knows which record of which agent is which process', () => {
    for (const { agent, execId } of expected.pairs) {
      if (agent === 'tetragon') continue;
      expect([execId, all.card(execId).ids.map(({ dialect }) => dialect)]).toEqual([
        execId,
        expect.arrayContaining([agent]),
      ]);
    }
  });

  it('shows every alert on its process, also what was raised about the call that started it', () => {
    const wanted = new Map<string, string[]>();
    for (const { execId, agent, rule, blocked } of expected.alerts) {
      if (execId === undefined) continue;
      wanted.set(execId, [
        ...(wanted.get(execId) ?? []),
        `${agent} ${rule}${blocked ? ' blocked' : ''}`,
      ]);
    }
    for (const [execId, alerts] of wanted) {
      const shown = all.card(execId).alerts.map(alertText);
      expect([execId, shown]).toEqual([execId, expect.arrayContaining(alerts)]);
    }
    const shown = all.derived.processes.flatMap(({ alerts }) => alerts).length;
    expect(shown).toBe(expected.alerts.length);
    expect(all.derived.loose.flatMap(({ alerts }) => alerts)).toEqual([]);
  });

  it('shows names and verdicts on the connections, and leaves none of them loose', () => {
    for (const { execId, dialled, verdict, name } of expected.connections) {
      const leaves = all
        .card(execId)
        .connections.filter(
          ({ direction, port }) => direction === 'outbound' && port === dialled.port,
        );
      const shown = leaves.map((leaf) => `${leaf.verdict} ${leaf.name ?? leaf.ip}`);
      expect(shown.join()).toContain(verdict === 'DROPPED' ? verdict : '');
      expect([dialled, shown.join()]).toEqual([dialled, expect.stringContaining(name)]);
    }
    const loose = all.derived.loose.flatMap(({ connections }) => connections);
    expect(loose.map(({ direction, ip, port }) => `${direction} ${ip}:${port}`)).toEqual([]);
  });

  it('tells a lookup once, on the process that asked, whoever saw it', () => {
    expect(all.derived.loose.flatMap(({ lookups }) => lookups)).toEqual([]);
    for (const { execId, lookups } of all.derived.processes) {
      const names = lookups.map(({ name }) => name);
      expect([execId, names]).toEqual([execId, [...new Set(names)]]);
      const asked = alone.derived.processes.find((process) => process.execId === execId);
      for (const { name, count } of asked?.lookups ?? []) {
        expect([execId, lookups.find((lookup) => lookup.name === name)?.count]).toEqual([
          execId,
          count,
        ]);
      }
    }
  });

  it('knows who had the shells started through the API server, and that nobody else did', () => {
    for (const { execId, user, impersonating, sourceIp, userAgent, command } of expected.authors) {
      const { author } = all.card(execId);
      expect(author).toMatchObject({ user, impersonating, userAgent, match: 'exact' });
      expect(author?.sourceIps).toContain(sourceIp);
      expect(author?.command).toBe(command.join(' '));
    }
    const known = new Set(expected.authors.map(({ execId }) => execId));
    for (const { author, images, role, flags } of all.derived.processes) {
      const isKnown = images.some(({ execId }) => known.has(execId));
      expect(isKnown).toBe(author !== undefined);
      const isUnaccounted = flags.some(({ code }) => code === 'unaccounted');
      expect(isUnaccounted).toBe(role === 'injected' && author === undefined);
    }
    expect(alone.derived.processes.filter(({ author }) => author !== undefined)).toEqual([]);
  });

  it('knows which process made which call to the API server, the forbidden one too', () => {
    const made = all.derived.calls.filter(({ audit }) => audit.userAgent.startsWith('curl/'));
    const codes = made.map(({ audit, madeBy, makers, callerBy }) => {
      const { binary, arguments: args } = all.derived.processes[madeBy ?? -1] ?? {};
      expect([binary, makers, callerBy]).toEqual(['/usr/bin/curl', 1, 'token']);
      const asked = audit.verb === 'get' ? `${audit.resource}/${audit.name}` : audit.resource;
      expect(args?.endsWith(`/${audit.namespace}/${asked}`)).toBe(true);
      return audit.code;
    });
    expect(codes).toEqual([200, 403, 201]);
  });

  it('is the same in whatever order the files come', () => {
    const orders = [files.toReversed(), [...files.slice(3), ...files.slice(0, 3)]];
    for (const order of orders) {
      const story = storyOf(fileFacts(order));
      expect(story.derived.processes).toEqual(all.derived.processes);
      expect(story.derived.loose).toEqual(all.derived.loose);
      expect(story.derived.calls).toEqual(all.derived.calls);
    }
  });
});
