import type { Telling } from './told.ts';

/** A pod of the invented shop: its shim, its main process, and a child of it five minutes later. */
export const shim: Telling = { id: 'shim', pid: 50, at: 90, binary: '/shim', uid: 0 };
export const web = { pod: 'shop/web-1/u1', container: 'web', containerStart: 100, workload: 'web' };
export const main: Telling = {
  id: 'main',
  pid: 60,
  nsPid: 1,
  parent: 'shim',
  at: 100,
  binary: '/app',
  args: 'serve',
  uid: 0,
  ...web,
};
export const child = (over: Partial<Telling> = {}): Telling => ({
  id: 'x',
  pid: 70,
  parent: 'main',
  at: 400,
  binary: '/bin/nc',
  args: '-l 1',
  ...web,
  ...over,
});
