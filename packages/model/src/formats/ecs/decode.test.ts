import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../../event/event.ts';
import { readSpelledId } from '../../event/spelledIds.ts';
import { parseTime } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import { EcsDecoder } from './decode.ts';
import { ecs } from './ecs.ts';
import { fieldAt } from './fields.ts';

const exec = {
  '@timestamp': '2026-03-01T10:00:00.5Z',
  event: { action: 'exec', category: ['process'], dataset: 'endpoint.events.process' },
  process: {
    entity_id: 'self',
    pid: 7,
    executable: '/bin/ls',
    args: ['ls', '-l', 'a b'],
    parent: { entity_id: 'mother', pid: 6, executable: '/bin/sh' },
    Ext: { ancestry: ['mother', 'granny'] },
  },
  host: { hostname: 'quay-7' },
};

function eventOf(value: unknown): ProcessEvent {
  const decoded = new EcsDecoder().decode(value);
  const [event] = decoded.kind === 'events' ? decoded.events : [];
  if (event === undefined) throw new Error(`no event: ${decoded.kind}`);
  return event;
}

describe('a field of a document', () => {
  it('is the same nested, dotted and mixed', () => {
    const spellings = [
      { a: { b: { c: 1 } } },
      { 'a.b.c': 1 },
      { 'a.b': { c: 1 } },
      { a: { 'b.c': 1 } },
      { a: [{ b: { c: 1 } }] },
      { a: { x: 1 }, 'a.b': { c: 1 } },
    ];
    for (const spelling of spellings) expect(fieldAt(spelling, 'a.b.c')).toBe(1);
  });

  it('is never one that every object has', () => {
    for (const path of ['constructor', 'a.constructor', '__proto__', 'a.__proto__.b']) {
      expect(fieldAt({ a: {} }, path)).toBeUndefined();
    }
  });
});

describe('the entry leader', () => {
  const leader = { entity_id: 'granny', pid: 5, executable: '/app', start: '2026-03-01T09:00:00Z' };
  const trait = Trait.containerEntry;
  const oldest = (entry: object) => {
    const value = { ...exec, process: { ...exec.process, entry_leader: { ...leader, ...entry } } };
    return eventOf(value).ancestors.at(-1);
  };

  it('is what its container began with, where the agent says so', () => {
    const found = oldest({ entry_meta: { type: 'container' } });
    expect(hasTrait(found?.traits ?? 0, trait)).toBe(true);
    expect(found?.startTime).toBe(parseTime('2026-03-01T09:00:00Z'));
  });

  it.each([
    { entry_meta: { type: 'kubelet' } },
    { entry_meta: { type: 'container' }, interactive: true },
    { entry_meta: { type: 'sshd' } },
    {},
  ])('is not when somebody came in later, or nobody says it: %j', (entry) => {
    expect(hasTrait(oldest(entry)?.traits ?? 0, trait)).toBe(false);
  });

  it('may be the process itself', () => {
    const self = { ...leader, entity_id: 'self', entry_meta: { type: 'container' } };
    const value = { ...exec, process: { ...exec.process, entry_leader: self } };
    expect(hasTrait(eventOf(value).process?.traits ?? 0, trait)).toBe(true);
  });
});

describe('a document of Elastic Defend', () => {
  it('names its processes by entity id, with the pid beside it', () => {
    const { process, parent, ancestors } = eventOf(exec);
    expect(readSpelledId(process?.id ?? '')).toEqual({
      form: 'exec',
      dialect: 'ecs',
      node: 'quay-7',
      pid: undefined,
      mark: 'self',
      time: parseTime('2026-03-01T10:00:00.5Z'),
      binary: '/bin/ls',
    });
    expect(process).toMatchObject({ pid: 7, rank: 4, arguments: '-l "a b"', parentId: parent?.id });
    expect(parent).toMatchObject({ pid: 6, rank: 2, binary: '/bin/sh' });
    expect(parent?.parentId).toBe(ancestors[0]?.id);
    expect(ancestors.map(({ rank }) => rank)).toEqual([1]);
  });

  it('knows which of its ancestors are in the container', () => {
    const entry_leader = { entity_id: 'mother', entry_meta: { type: 'container' } };
    const inside = {
      ...exec,
      container: { id: '5e5e' },
      process: { ...exec.process, entry_leader },
    };
    const { process, parent, ancestors } = eventOf(inside);
    const ids = [process, parent, ...ancestors].map((one) => one?.container?.id);
    expect(ids).toEqual(['5e5e', '5e5e', undefined]);
  });

  it('takes the nearest of the ancestry for the parent where that has no id of its own', () => {
    const parent = { pid: 6, executable: '/bin/sh' };
    const event = eventOf({ ...exec, process: { ...exec.process, parent } });
    expect(event.parent).toMatchObject({ pid: 6, binary: '/bin/sh' });
    expect(readSpelledId(event.parent?.id ?? '')).toMatchObject({ mark: 'mother' });
    expect(event.ancestors).toHaveLength(1);
  });

  it('tells of a fork without the image of its parent', () => {
    const event = { ...exec.event, action: 'fork' };
    const forked = { ...exec.process, executable: '/bin/sh', start: '2026-03-01T10:00:00.4Z' };
    const { kind, process } = eventOf({ ...exec, event, process: forked });
    expect(kind).toBe('other');
    expect(process).toMatchObject({ rank: 3, startTime: parseTime('2026-03-01T10:00:00.4Z') });
    expect(process?.binary).toBeUndefined();
    expect(readSpelledId(process?.id ?? '')).toMatchObject({ form: 'at', binary: '' });
  });

  it('marks an exec that was prevented, and leaves one that was not to its own record', () => {
    const alert = {
      kind: 'alert',
      dataset: 'endpoint.alerts',
      action: 'exec',
      category: 'process',
    };
    const denied = eventOf({ ...exec, event: { ...alert, type: ['denied'], severity: 99 } });
    expect(denied).toMatchObject({ kind: 'exec', alert: { blocked: true, severity: 'Critical' } });
    expect(hasTrait(denied.process?.traits ?? 0, Trait.blocked)).toBe(true);
    expect(hasTrait(denied.process?.traits ?? 0, Trait.execSeen)).toBe(false);
    const seen = eventOf({ ...exec, event: { ...alert, type: ['start'], severity: 21 } });
    expect(seen).toMatchObject({ kind: 'alert', alert: { blocked: false, severity: 'Notice' } });
  });

  it('grades alerts by 1 to 4 and by risk', () => {
    const grades = [1, 2, 3, 4, 21, 47, 73, 99].map((severity) => {
      const event = { kind: 'alert', dataset: 'endpoint.alerts', severity };
      return eventOf({ ...exec, event }).alert?.severity;
    });
    const scale = ['Notice', 'Warning', 'Error', 'Critical'];
    expect(grades).toEqual([...scale, ...scale]);
  });

  it('takes the place from around it only where it says nothing', () => {
    const { host: _, ...homeless } = exec;
    const origin = { path: '', node: 'elsewhere', cluster: 'harbour' };
    const decoder = new EcsDecoder();
    const told = decoder.decode(exec, origin);
    const silent = decoder.decode(homeless, origin);
    const nodes = [told, silent].map((one) => (one.kind === 'events' ? one.events[0]?.node : ''));
    expect(nodes).toEqual(['quay-7', 'elsewhere']);
  });

  it('is refused as an event of nobody when it names no process', () => {
    const event = { dataset: 'endpoint.events.process', action: 'exec', category: 'process' };
    expect(new EcsDecoder().decode({ event })).toMatchObject({ reason: 'bad_field' });
  });
});

describe('what is left to others', () => {
  it('is a search hit around a document, and a document of an agent without entity ids', () => {
    const others: readonly unknown[] = [
      null,
      [],
      { _index: 'logs', _source: exec },
      { '@timestamp': 'x', process: { pid: 1 }, event: { dataset: 'system.process' } },
      { '@timestamp': 'x', message: 'a line of filebeat' },
      { process: { entity_id: 'e' } },
      { event: { dataset: 'endpointless' } },
      { rule: 'r', priority: 'Error', output: 'o', output_fields: {} },
    ];
    for (const other of others) {
      expect(ecs.sniff(other)).toBe(false);
      expect(new EcsDecoder().decode(other).kind).toBe('rejected');
    }
  });
});
