import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { nanos } from '@forebear/model/event/time';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { describe, expect, it } from 'vitest';
import { decodeHere } from '../ingest/decoding.ts';
import { createIngestService } from '../ingest/service.ts';
import { openMemoryCases } from './memory/memoryStore.ts';

const idOf = (time: number, pid: number) => Buffer.from(`node-1:${time}:${pid}`).toString('base64');

function exec(pid: number, time: number, more: Record<string, unknown>, parent = 1): string {
  const second = String(time).padStart(2, '0');
  const start_time = `2026-03-14T09:00:${second}.000000000Z`;
  const process = {
    exec_id: idOf(time * 1_000_000_000, pid),
    pid,
    uid: 0,
    cwd: '/',
    flags: 'execve clone',
    start_time,
    parent_exec_id: parent === 1 ? idOf(1, 1) : idOf(parent * 1_000_000_000, 100 + parent),
    ...more,
  };
  return JSON.stringify({ process_exec: { process }, node_name: 'node-1', time: start_time });
}

const pod = {
  namespace: 'shop',
  name: 'web-1',
  container: {
    id: `containerd://${'ab'.repeat(32)}`,
    name: 'web',
    start_time: '2026-03-14T09:00:01Z',
    pid: 1,
  },
};
const docker = 'ab'.repeat(15);

/** A server in a container, and a shell below it that is in none. */
const log = [
  exec(102, 2, { binary: '/bin/web', arguments: '', pod, docker }),
  exec(103, 3, { binary: '/bin/escaped', arguments: '-x' }, 2),
].join('\n');

describe('a filter on pods', () => {
  it('keeps a pod for a process that left its container and is all that matches', async () => {
    const now = () => nanos(1_790_000_000_000_000_000n);
    const cases = openMemoryCases({ now });
    const ingest = createIngestService({
      cases,
      decoding: decodeHere,
      spoolDir: tmpdir(),
      now,
      newId: randomUUID,
    });
    const sent = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${log}\n`);
    };
    const request = {
      case: 'default',
      sender: 's',
      cluster: '',
      format: 'auto',
      idempotencyKey: undefined,
    };
    await ingest.push({ ...request, body: sent() });
    const opened = await cases.open('default');
    if (!opened.ok) throw new Error(opened.problem.message);
    const { queries } = opened.value;
    const podsFor = async (text: string) => {
      const parsed = parseFilter(text);
      if (!parsed.ok) throw new Error(text);
      const answer = await queries.pods({ filter: parsed.filter, lateLimitMs: 60_000 });
      return answer.items.map((item) => [item.kind, item.pod, item.leftContainer]);
    };
    expect(await podsFor('proc.name = escaped')).toEqual([['pod', 'web-1', 1]]);
    expect(await podsFor('proc.name = nothing')).toEqual([]);
    await ingest.close();
  });
});
