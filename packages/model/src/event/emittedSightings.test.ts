import { describe, expect, it } from 'vitest';
import { EmittedSightings } from './emittedSightings.ts';
import type { Sighting } from './sighting.ts';
import { nanos } from './time.ts';

/** Two sightings that differ in every field: a new field of `Sighting` has to be named here. */
const one: Required<Sighting> = {
  rank: 2,
  id: 'one',
  parentId: 'shim',
  pid: 7,
  nsPid: 1,
  uid: 0,
  auid: 1000,
  user: 'root',
  cwd: '/',
  binary: '/bin/sh',
  arguments: '-c true',
  flags: 'execve',
  startTime: nanos(5n),
  ktime: 3n,
  traits: 1,
  pod: { namespace: 'shop', name: 'web' },
  container: { id: 'containerd://aa' },
  docker: 'aa',
  capabilities: 'CAP_KILL',
};
const other: Required<Sighting> = {
  rank: 3,
  id: 'other',
  parentId: 'init',
  pid: 8,
  nsPid: 2,
  uid: 1,
  auid: 1001,
  user: 'web',
  cwd: '/app',
  binary: '/bin/ls',
  arguments: '-l',
  flags: 'execve clone',
  startTime: nanos(6n),
  ktime: 4n,
  traits: 3,
  pod: { namespace: 'shop', name: 'db' },
  container: { id: 'containerd://bb' },
  docker: 'bb',
  capabilities: 'CAP_CHOWN',
};

/** Whether a field tells which process a sighting is of: then it goes with the traits that are new. */
const isOfFace: Readonly<Record<keyof Sighting, boolean>> = {
  rank: true,
  id: true,
  parentId: false,
  pid: true,
  nsPid: false,
  uid: false,
  auid: false,
  user: false,
  cwd: false,
  binary: true,
  arguments: false,
  flags: false,
  startTime: true,
  ktime: true,
  traits: true,
  pod: false,
  container: false,
  docker: false,
  capabilities: false,
};

function isField(name: string): name is keyof Sighting {
  return Object.hasOwn(isOfFace, name);
}

const fields = Object.keys(isOfFace).filter(isField);
const optional = fields.filter((field) => !['rank', 'id', 'traits'].includes(field));

function withField(sighting: Sighting, field: string, from: Sighting | undefined): Sighting {
  const kept = Object.entries(sighting).filter(([name]) => name !== field);
  const put = Object.entries(from ?? {}).filter(([name]) => name === field);
  return { rank: 2, id: 'one', traits: 0, ...Object.fromEntries([...kept, ...put]) };
}

describe('what a stream has already told', () => {
  it.each(fields)('is told again when it comes with another %s', (field) => {
    const emitted = new EmittedSightings();
    emitted.newPartOf(one, 'node', '');
    const changed = withField(one, field, other);
    expect(emitted.newPartOf(changed, 'node', '')).toHaveProperty(field, changed[field]);
  });

  it.each(optional)('is told again when %s was missing', (field) => {
    const emitted = new EmittedSightings();
    emitted.newPartOf(withField(one, field, undefined), 'node', '');
    expect(emitted.newPartOf(one, 'node', '')).toHaveProperty(field, one[field]);
  });

  it('is not told again', () => {
    const emitted = new EmittedSightings();
    emitted.newPartOf(one, 'node', '');
    expect(emitted.newPartOf({ ...one }, 'node', '')).toBeUndefined();
  });

  it('is told again of another node and of another cluster', () => {
    const emitted = new EmittedSightings();
    emitted.newPartOf(one, 'node', '');
    expect(emitted.newPartOf(one, 'elsewhere', '')).toBe(one);
    expect(emitted.newPartOf(one, 'elsewhere', 'blue')).toBe(one);
  });

  it('gives new traits with all that tells whose they are, and with nothing else', () => {
    const emitted = new EmittedSightings();
    emitted.newPartOf(one, 'node', '');
    const face = fields.filter((field) => isOfFace[field]);
    const more = { ...one, traits: 3 };
    expect(emitted.newPartOf(more, 'node', '')).toEqual(
      Object.fromEntries(face.map((field) => [field, more[field]])),
    );
    expect(emitted.newPartOf(more, 'node', '')).toBeUndefined();
  });
});
