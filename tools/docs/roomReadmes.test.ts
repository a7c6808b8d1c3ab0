import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../files/filesBelow.ts';
import { drawers, sortIntoRooms, unnamedFiles } from './roomReadmes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the reading of rooms', () => {
  const paths = [
    'a/README.md',
    'a/one.ts',
    'a/one.test.ts',
    'a/deep/two.ts',
    'a/one.module.css',
    'a/testing/kit.ts',
    'b/three.ts',
    'c.ts',
  ];
  const rooms = sortIntoRooms(paths, () => '| `one.ts` | the first |');

  it('gives a file to the nearest README above it', () => {
    expect(rooms.rooms.map(({ folder, files }) => [folder, files])).toEqual([
      ['a', ['one.ts', 'deep/two.ts', 'one.module.css']],
    ]);
    expect(rooms.homeless).toEqual(['b/three.ts']);
  });

  it('sees which file its README forgot', () => {
    expect(rooms.rooms.flatMap(unnamedFiles)).toEqual(['deep/two.ts']);
  });

  it('does not take a word of prose for the name of a file', () => {
    const room = { folder: 'a', files: ['base.ts', 'ids.ts'], readme: 'The base; `ids, time`.' };
    expect(unnamedFiles(room)).toEqual(['base.ts']);
  });

  it('knows a drawer by its name', () => {
    expect(
      drawers(['a/utils.ts', 'a/helpers/x.ts', 'a/index.tsx', 'a/types.ts', 'a/indexOf.ts']),
    ).toEqual(['a/utils.ts', 'a/helpers/x.ts', 'a/index.tsx', 'a/types.ts']);
  });
});

describe('the rooms of this house', () => {
  const paths = filesBelow(root);
  const { rooms, homeless } = sortIntoRooms(paths, (path) =>
    readFileSync(join(root, path), 'utf8'),
  );

  it('has rooms to look at', () => {
    expect(rooms.length).toBeGreaterThan(3);
  });

  it('names every source file in the README of its room', () => {
    const forgotten = rooms.flatMap((room) =>
      unnamedFiles(room).map((file) => `${room.folder}/README.md does not name ${file}`),
    );
    expect(forgotten).toEqual([]);
  });

  it('has a README for every source file', () => {
    expect(homeless).toEqual([]);
  });

  it('has no drawers', () => {
    expect(drawers(paths)).toEqual([]);
  });
});
