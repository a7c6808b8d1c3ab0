import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../../event/event.ts';
import { senseOf } from '../../event/sense.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import { decodeLine } from '../testing/contract.ts';
import { tetragon } from './tetragon.ts';

function eventsOf(fixture: string): readonly ProcessEvent[] {
  const path = fileURLToPath(new URL(`./fixtures/${fixture}.ndjson`, import.meta.url));
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const decoded = decodeLine(tetragon, line);
      if (decoded.kind !== 'events') throw new Error(`${decoded.kind}: ${line}`);
      return decoded.events;
    });
}

function traitOf(event: ProcessEvent | undefined, trait: number): boolean {
  return hasTrait(event?.process?.traits ?? 0, trait);
}

describe('defects of real logs (docs/reference/defects.md)', () => {
  it('D1: makes a process of a parent that is only named', () => {
    const [event] = eventsOf('d01_parent_only_named');
    expect(event?.parent).toEqual({
      rank: 1,
      id: event?.process?.parentId,
      pid: 4188,
      ktime: 90211345098n,
      traits: 0,
    });
  });

  it('D4: says of a pod only what the record says', () => {
    const events = eventsOf('d04_pod_comes_later');
    expect(events.map((event) => event.process?.pod?.name)).toEqual([
      undefined,
      'pear-0',
      undefined,
    ]);
    expect(events[2]?.process?.docker).toHaveLength(31);
  });

  it('D8: makes a process of an exit whose exec was never seen, and counts no exec', () => {
    const [event] = eventsOf('d08_exit_without_exec');
    expect(event?.process?.binary).toBe('/usr/bin/press');
    expect(traitOf(event, Trait.exitSeen)).toBe(true);
    expect(traitOf(event, Trait.execSeen)).toBe(false);
  });

  it('D11: takes the thread for no part of the process', () => {
    const [first, second] = eventsOf('d11_thread');
    expect(first?.process).toEqual(second?.process);
  });

  it('D12: keeps the kernel as its own parent, marked, for the graph to cut', () => {
    const [event] = eventsOf('d12_kernel_is_its_own_parent');
    expect(event?.process?.parentId).toBe(event?.process?.id);
    expect(event?.parent).toBeUndefined();
    expect(traitOf(event, Trait.kernel)).toBe(true);
  });

  it('D15: passes on that the agent was unsure of the parent', () => {
    const [missed, walked, unknown] = eventsOf('d15_agent_unsure_of_parent');
    expect(traitOf(missed, Trait.parentUncertain)).toBe(true);
    expect(traitOf(walked, Trait.parentUncertain)).toBe(true);
    expect(traitOf(unknown, Trait.unknownToAgent)).toBe(true);
  });

  it('D16: ignores refcnt', () => {
    const [first, second] = eventsOf('d16_refcnt_underflow');
    expect(first?.process).toEqual(second?.process);
  });

  it('D17: gives one sense to one event in other bytes, and another to another', () => {
    const senses = eventsOf('d17_same_event_other_bytes').map(senseOf);
    expect(new Set(senses).size).toBe(1);
    const others = eventsOf('sockets').map(senseOf);
    expect(new Set(others).size).toBe(others.length);
    const [connect, close] = eventsOf('kprobe_sockets').map(senseOf);
    expect(connect).not.toBe(close);
  });

  it('D19: keeps a time that lies before the start', () => {
    const [event] = eventsOf('d19_time_before_start');
    expect(event?.time).toBeLessThan(event?.process?.startTime ?? 0n);
  });

  it("D22: takes the uid that /proc did not give for unknown, and a live process's as it is", () => {
    const [fromProc, live] = eventsOf('d22_procfs_unreadable_uid');
    expect(fromProc?.process?.uid).toBeUndefined();
    expect(traitOf(fromProc, Trait.procfs)).toBe(true);
    expect(live?.process?.uid).toBe(4294967295);
  });

  it('D23: knows a kernel thread from a file with brackets in its name', () => {
    const [event, fake] = eventsOf('d23_kernel_thread');
    expect(hasTrait(event?.parent?.traits ?? 0, Trait.kernel)).toBe(true);
    expect(traitOf(fake, Trait.kernel)).toBe(false);
  });

  it('D24: tells an unset login from root and from absent', () => {
    const auids = eventsOf('d24_auid').map((event) => event.process?.auid);
    expect(auids).toEqual([4294967295, 0, undefined]);
  });

  it('D25: keeps clusters apart, also one named before the node', () => {
    const events = eventsOf('d25_clusters');
    expect(events.map((event) => event.cluster)).toEqual([
      'harbour',
      'inland',
      'upland',
      undefined,
    ]);
    expect(new Set(events.map((event) => event.node))).toEqual(new Set(['quay-7']));
  });

  it('D26: takes the node from the id where the record names none, whatever it holds', () => {
    const nodes = eventsOf('d26_node_names').map((event) => event.node);
    expect(nodes).toEqual(['', '\0'.repeat(7), 'rack:2:host']);
  });

  it('D27: takes an id it cannot read as a name', () => {
    const [opaque, unpadded, windows, colonless] = eventsOf('d27_odd_ids');
    expect(opaque?.process).toMatchObject({ id: 'not base64!', pid: 8 });
    expect(opaque?.process?.ktime).toBeUndefined();
    expect(unpadded?.process?.ktime).toBe(27574172250932432n);
    expect(unpadded?.parent?.ktime).toBeUndefined();
    expect(windows?.process?.ktime).toBeUndefined();
    expect(colonless?.process?.id).toBe('bm9jb2xvbg==');
  });

  it('D28: keeps the truncated container id as it is', () => {
    const lengths = eventsOf('d28_docker_lengths').map((event) => event.process?.docker?.length);
    expect(lengths).toEqual([12, 15, 24, 31, 64]);
  });

  it('D29: passes on that the agent cut something', () => {
    const events = eventsOf('d29_truncated_by_agent');
    expect(events.map((event) => traitOf(event, Trait.truncatedByAgent))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('D30: shows one string of arguments, and that something in it was redacted', () => {
    const events = eventsOf('d30_argument_boundaries');
    expect(events.map((event) => event.process?.arguments)).toEqual([
      '"first one" second',
      '-c "echo "x" y"',
      '--token ***** --user me',
    ]);
    expect(traitOf(events[2], Trait.redacted)).toBe(true);
  });

  it('D31, D32: passes hostile text on unchanged', () => {
    const [event] = eventsOf('d32_hostile_text');
    expect(event?.process?.binary).toBe('/tmp/\u001b]0;owned\u0007');
    expect(event?.process?.pod?.name).toBe('pear\u0000-0');
    expect(event?.process?.pod?.labels).toEqual(['__proto__=x', 'a␊b=c\u001b', 'constructor=y']);
    expect(eventsOf('d31_bytes_lost_at_agent')[0]?.process?.arguments).toBe('a\ufffd\ufffdb');
  });

  it('D34, D35: reports what the agent says it lost', () => {
    const gaps = eventsOf('gaps').map((event) => ('gap' in event ? event.gap : event.kind));
    const cgroup = 'kubepods-pod3e0b.slice';
    expect(gaps).toEqual([
      { gap: 'rate_limit', count: 18446744073709552000 },
      { gap: 'rate_limit', count: 204 },
      { gap: 'throttle_start', cgroup },
      { gap: 'throttle_stop', cgroup },
      'other',
    ]);
  });

  it('D36: keeps an event that names no process', () => {
    const events = eventsOf('d36_unattributed');
    expect(events.map((event) => event.kind)).toEqual(['connect', 'kprobe']);
    for (const event of events) {
      expect(event.process).toBeUndefined();
      expect(event.node).toBe('quay-7');
    }
  });

  it('D37: makes do with what field filters leave', () => {
    const [idOnly, noId, nothing, noTime] = eventsOf('d37_filtered_fields');
    expect(idOnly?.process).toMatchObject({ pid: 5201, ktime: 150320118221n });
    expect(idOnly?.node).toBe('quay-7');
    expect(noId?.process?.id).toBe('unattributed:quay-7:5201:2026-04-02T10:02:06.320000000Z');
    const link = noId?.ancestors.find((ancestor) => ancestor.id === noId.process?.id);
    expect(link).toMatchObject({ rank: 2, parentId: noId?.parent?.id });
    expect(nothing?.process).toBeUndefined();
    expect(noTime?.time).toBeUndefined();
    expect(noTime?.process?.startTime).toBeDefined();
  });

  it('D38: reads numbers as strings, enums as numbers, and bare numbers above 2^53', () => {
    const events = eventsOf('d38_protobuf_spellings');
    const sockets = events.flatMap((event) => ('socket' in event ? [event.socket] : []));
    expect(sockets.map((socket) => socket.cookie)).toEqual([
      '18446623001122330001',
      '7',
      '18446623001122330001',
    ]);
    expect(sockets[2]).toMatchObject({ protocol: 'TCP', bytesSent: 12n, bytesReceived: 13n });
    expect(events[3]?.process).toMatchObject({ pid: 5201, uid: 1000 });
  });

  it('D38: reads both spellings of the keys alike', () => {
    const [exec, stats, dns, connect] = eventsOf('camel_case');
    expect(exec).toMatchObject({ label: 'process_exec', cluster: 'harbour', node: 'quay-7' });
    expect(exec?.process).toMatchObject({ nsPid: 1, pod: { workloadKind: 'StatefulSet' } });
    expect(stats).toMatchObject({
      socket: { names: ['ledger'], bytesSent: 5n, peerPod: { name: 'ledger-1' } },
    });
    expect(dns).toMatchObject({ dns: { types: ['A'], resolverPort: 53 } });
    expect(connect).toMatchObject({ kind: 'connect', policy: 'connections' });
  });

  it('D39: links ancestors only as they state it themselves', () => {
    const [event] = eventsOf('d39_broken_ancestors');
    const known = event?.ancestors.map(({ rank, pid, parentId }) => [rank, pid, parentId]);
    expect(known).toEqual([
      [2, 1, event?.ancestors[0]?.parentId],
      [1, 4120, undefined],
      [1, 0, undefined],
    ]);
  });

  it('D40: tells the three answers to "below the container\'s PID 1?" apart', () => {
    const events = eventsOf('d40_init_tree');
    expect(events.map((event) => traitOf(event, Trait.inInitTree))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(events.map((event) => traitOf(event, Trait.notInInitTree))).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('D41: does not take a status the agent cannot know for 0', () => {
    const exits = eventsOf('d41_exit_status_unknown').map((event) =>
      'exit' in event ? event.exit.code : 'none',
    );
    expect(exits).toEqual([undefined, 0]);
  });
});

describe('exits', () => {
  it('say code, signal, both, or nothing', () => {
    const exits = eventsOf('exit').map((event) => ('exit' in event ? event.exit : undefined));
    expect(exits).toEqual([
      { code: 0 },
      { code: 2 },
      { signal: 'SIGKILL' },
      { code: 139, signal: 'SIGSEGV' },
      { code: 1 },
      {},
    ]);
  });

  it('of a process that the agent had lost get an id of their own', () => {
    expect(eventsOf('exit')[4]?.process?.id).toBe(
      'unattributed:quay-7:8123:2026-04-02T09:59:59.500000000Z',
    );
  });
});

describe('labels', () => {
  it('of 2022 stay as they are', () => {
    const [event] = eventsOf('old_labels_2022');
    expect(event?.process?.pod?.labels).toEqual(['k8s:app=pear', 'k8s:tier=fruit']);
    expect(event?.process?.docker).toHaveLength(24);
  });
});
