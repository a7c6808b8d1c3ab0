import { expect, it } from 'vitest';
import { isTarHeader, readTarHeader } from '../intake/tarHeader.ts';
import { tarOf } from './tarOf.ts';

it('an archive has the header, the bytes and the end that readers expect', () => {
  const tar = tarOf([
    { path: 'zeek/web-1/conn.log', text: 'ä\n' },
    { path: 'empty.log', text: '' },
  ]);
  expect(tar.length % 512).toBe(0);
  expect(isTarHeader(tar.subarray(0, 512))).toBe(true);
  expect(readTarHeader(tar.subarray(0, 512))).toEqual({
    name: 'zeek/web-1/conn.log',
    size: 3,
    type: '0',
  });
  expect(Buffer.from(tar.subarray(512, 515)).toString()).toBe('ä\n');
  expect(readTarHeader(tar.subarray(1024, 1536))?.name).toBe('empty.log');
  expect(tar.subarray(1536).every((byte) => byte === 0)).toBe(true);
});

it('a path that no header holds is refused', () => {
  expect(() => tarOf([{ path: 'x'.repeat(101), text: '' }])).toThrow(RangeError);
});
