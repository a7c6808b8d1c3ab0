import { describe, expect, it } from 'vitest';
import type { SocketFact } from '../../event/facts.ts';
import { keyOf, type Story, second, tell } from '../testing/told.ts';
import { child, main, shim } from '../testing/webPod.ts';

function flagOf(story: Story, id: string, code: string) {
  return story.card(id).flags.find((flag) => flag.code === code);
}

describe('a late process is never quiet', () => {
  const connect = (
    id: string,
    at: number,
    ip = '203.0.113.9',
    port = 443,
    names: string[] = [],
  ): SocketFact => ({
    process: keyOf(id),
    cluster: 'c1',
    node: 'n1',
    kind: 'connect',
    time: second(at),
    protocol: 'TCP',
    sourceIp: '10.0.0.5',
    sourcePort: 40_000 + at,
    destinationIp: ip,
    destinationPort: port,
    cookie: `${id}${at}`,
    names,
    ...(names.length === 0 ? {} : { nameEvidence: 'destination_names' as const }),
  });
  const early = child({ id: 'early', at: 110, pid: 71 });
  const seen = [shim, main, early, child()];

  it('when it has a new external destination', () => {
    const story = tell(seen, { sockets: [connect('x', 410)] });
    expect(story.card('x')).toMatchObject({ isNew: false, loud: true });
    expect(flagOf(story, 'x', 'new_external_destination')?.inputs).toMatchObject({
      ip: '203.0.113.9',
      port: 443,
    });
  });

  it('when a descendant has one', () => {
    const below = child({ id: 'y', parent: 'x', at: 401, pid: 72 });
    const story = tell([...seen, below], { sockets: [connect('y', 410)] });
    expect(story.card('x').loud).toBe(true);
    expect(story.card('early').loud).toBe(false);
  });

  it('but for a destination that the container had called before the limit, by name and port', () => {
    const known = connect('main', 110, '203.0.113.8', 443, ['api.example']);
    const same = connect('x', 410, '203.0.113.9', 443, ['api.example']);
    expect(tell(seen, { sockets: [known, same] }).card('x').loud).toBe(false);
    const port = connect('x', 410, '203.0.113.9', 8443, ['api.example']);
    expect(tell(seen, { sockets: [known, port] }).card('x').loud).toBe(true);
  });

  it('but for a destination inside of the cluster', () => {
    expect(tell(seen, { sockets: [connect('x', 410, '10.0.0.9')] }).card('x').loud).toBe(false);
  });

  it('but for a destination without a time: an event without a time is never late', () => {
    const { time: _, ...timeless } = connect('x', 410);
    expect(tell(seen, { sockets: [timeless] }).card('x').loud).toBe(false);
  });

  it('when it, or a descendant, rises to uid 0', () => {
    const user = { ...main, uid: 1000 };
    const story = tell([
      shim,
      user,
      { ...early, uid: 1000 },
      child({ uid: 1000 }),
      child({ id: 'y', parent: 'x', at: 401, pid: 72, uid: 0 }),
    ]);
    expect(story.card('x')).toMatchObject({ isNew: false, loud: true });
    expect(flagOf(story, 'y', 'raised_to_root')?.inputs).toEqual({ from: 1000, to: 0 });
  });

  it('but what is in time stays quiet, whatever it does', () => {
    const story = tell([shim, { ...main, uid: 1000 }, child({ at: 110, uid: 0 })]);
    expect(story.card('x').loud).toBe(false);
    expect(story.flags('x')).toEqual(['raised_to_root']);
  });
});
