import { expect, it } from 'vitest';
import { OutOfMemory } from '../../ports.ts';
import { ThreadLink, ThreadOnDemand } from './threadLink.ts';

interface Offered {
  echo(text: string): string;
  die(): never;
  /** Keeps more and more. */
  hoard(): never;
}

const url = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (request) => {
    if (request === undefined) return parentPort.close();
    const { id, method, args: [value] } = request;
    if (method === 'die') setImmediate(() => { throw new Error('a bug'); });
    else if (method === 'hoard') for (const all = []; ; ) all.push({ text: 'x' + all.length });
    else parentPort.postMessage({ id, ok: true, value });
  });
`)}`,
);

it('says when a question needs more memory than a thread may keep, and lives on', async () => {
  const reader = new ThreadOnDemand<Offered>(() => new ThreadLink<Offered>(url, undefined, 64));
  await expect(reader.link().call('hoard', [])).rejects.toBeInstanceOf(OutOfMemory);
  expect(await reader.link().call('echo', ['still here'])).toBe('still here');
  await reader.link().end();
});

it('refuses what a thread was asked when it died, and answers the next question from another', async () => {
  let begun = 0;
  const reader = new ThreadOnDemand<Offered>(() => {
    begun += 1;
    return new ThreadLink<Offered>(url, undefined, 512);
  });
  expect(reader.alive).toBeUndefined();
  expect(await reader.link().call('echo', ['one'])).toBe('one');
  const first = reader.link();
  await expect(first.call('die', [])).rejects.toThrow('a bug');
  expect(reader.alive).toBeUndefined();
  expect(await reader.link().call('echo', ['two'])).toBe('two');
  expect(begun).toBe(2);
  await expect(first.call('echo', ['three'])).rejects.toThrow('a bug');
  await reader.link().end();
});
