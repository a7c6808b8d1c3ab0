import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../../event/event.ts';
import { readSpelledId } from '../../event/spelledIds.ts';
import { formatTime } from '../../event/time.ts';
import type { Origin } from '../format.ts';
import { parseLossless } from '../losslessJson.ts';
import { TraceeDecoder } from './decode.ts';
import { tracee } from './tracee.ts';

const openat = {
  timestamp: 0,
  threadStartTime: 5,
  hostProcessId: 7,
  hostThreadId: 7,
  hostParentProcessId: 6,
  processName: 'cat',
  hostName: 'quay-7',
  eventName: 'openat',
  args: [{ name: 'pathname', type: 'const char*', value: '/x' }],
};

function eventOf(value: unknown, origin?: Origin): ProcessEvent {
  const decoded = new TraceeDecoder().decode(value, origin);
  const [event] = decoded.kind === 'events' ? decoded.events : [];
  if (event === undefined) throw new Error(`no event: ${decoded.kind}`);
  return event;
}

describe('a record of Tracee', () => {
  it('asks for the digits of its time', () => {
    const line = JSON.stringify({ ...openat, timestamp: 'T' }).replace(
      '"T"',
      '1772359200000000001',
    );
    expect(new TraceeDecoder().decode(JSON.parse(line)).kind).toBe('imprecise');
    const { time } = eventOf(parseLossless(line));
    expect(time === undefined ? '' : formatTime(time)).toBe('2026-03-01T10:00:00.000000001Z');
  });

  it('has no time when its clock counts from the boot', () => {
    expect(eventOf({ ...openat, timestamp: 620_311_624_458_929 }).time).toBeUndefined();
  });

  it('marks a life by its entity id, without the pid in the id', () => {
    const { process, parent } = eventOf({ ...openat, processEntityId: 9, parentEntityId: 8 });
    expect(readSpelledId(process?.id ?? '')).toMatchObject({ mark: '9', pid: undefined });
    expect(readSpelledId(parent?.id ?? '')).toMatchObject({ mark: '8', pid: undefined });
    expect([process?.pid, parent?.pid]).toEqual([7, 6]);
  });

  it('marks a life by the start of the main thread where there is no entity id', () => {
    const main = eventOf(openat).process?.id ?? '';
    const other = eventOf({ ...openat, hostThreadId: 9 }).process?.id ?? '';
    expect(readSpelledId(main)).toMatchObject({ mark: '5', pid: 7 });
    expect(readSpelledId(other)).toMatchObject({ mark: '', pid: 7 });
  });

  it('does not take a container for a node', () => {
    const kubernetes = { podName: 'pear-0', podNamespace: 'orchard' };
    const inPod = { ...openat, hostName: 'pear-0', kubernetes };
    expect(eventOf(inPod).node).toBe('');
    expect(eventOf(inPod, { path: '', node: 'quay-7' }).node).toBe('quay-7');
    expect(eventOf({ ...openat, kubernetes }).node).toBe('quay-7');
  });

  it('tells of a system call execve as of any other: the image is still the one before', () => {
    const args = [
      { name: 'pathname', value: '/bin/ls' },
      { name: 'argv', value: ['ls', '-l'] },
    ];
    const { kind, subject, process } = eventOf({ ...openat, eventName: 'execve', args });
    expect([kind, subject, process?.binary]).toEqual(['other', 'execve /bin/ls ls -l', 'cat']);
  });

  it('tells of a failed call, and not of the file', () => {
    const { kind, subject } = eventOf({ ...openat, returnValue: -2 });
    expect([kind, subject]).toEqual(['other', 'openat /x = -2']);
  });
});

describe('what is left to others', () => {
  it('is what names neither shape', () => {
    const others: readonly unknown[] = [
      null,
      [],
      {},
      { eventName: 'openat' },
      { hostProcessId: 1 },
      { name: 'x', workload: 'y', data: [] },
      { name: 'x', workload: {} },
      { name: 'x', data: [], timestamp: 't' },
      { HostPID: 1, Operation: 'Process' },
    ];
    for (const other of others) {
      expect(tracee.sniff(other)).toBe(false);
      expect(new TraceeDecoder().decode(other).kind).toBe('rejected');
    }
  });
});
