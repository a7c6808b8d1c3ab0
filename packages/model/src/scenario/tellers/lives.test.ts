import { expect, test } from 'vitest';
import { type Nanos, nanos } from '../../event/time.ts';
import { createContainer, createPod, type ScenarioNode } from '../cluster.ts';
import type { Happening } from '../happening.ts';
import { createMachine } from '../machine.ts';
import { createRandom } from '../random.ts';
import { createRuntime } from '../runtime.ts';
import { after } from '../timeline.ts';
import type { ScenarioProcess } from '../writer.ts';
import { readLives } from './lives.ts';

const random = createRandom(5);
const began = nanos(1_776_776_700_000_000_000n);
const at = (seconds: number): Nanos => after(began, seconds);
const node: ScenarioNode = {
  name: 'n',
  cluster: 'c',
  boot: after(began, -9000),
  ip: '172.18.0.3',
};
const happenings: Happening[] = [];
const machine = createMachine(node, random, (happening) => happenings.push(happening), {
  firstPid: 300,
});
const runtime = createRuntime(machine, random, at(-9));
const pod = createPod(node, { namespace: 'shop', app: 'a', ip: '10.244.1.5' }, random);
const facts = { name: 'a', image: 'registry.example/a:1', digest: random.hex(64) };
const container = createContainer(pod, { ...facts, start: began }, random);
const shim = runtime.startShim(at(-1));
const main = runtime.start(shim, container, began, { binary: '/bin/bash' }, true);
const node20 = machine.replace(main, { at: at(0.1), binary: '/usr/local/bin/node' });
const shell = runtime.enter(shim, container, at(60), { binary: '/bin/bash' });
const job = machine.spawn(shell, { at: at(62), binary: '/usr/bin/curl' });
const worker = machine.fork(job, at(63));
machine.exit(job, at(70));
const lives = readLives(happenings, createRandom(6));

const parentsAt = (process: ScenarioProcess, seconds: number): string[] => {
  const moment = at(seconds);
  const ancestors = lives.ancestorsAt(lives.of(process), moment);
  return ancestors.map((life) => lives.imageAt(life, moment).binary);
};
const SHIM = '/usr/local/bin/containerd-shim-runc-v2';
const SYSTEMD = '/usr/lib/systemd/systemd';

test('a life has every image of its PID, from runc’s init on', () => {
  const life = lives.of(node20);
  expect(life).toBe(lives.of(main));
  expect(life.images.map(({ binary }) => binary)).toEqual([
    '/proc/self/exe',
    '/bin/bash',
    '/usr/local/bin/node',
  ]);
  expect(lives.imageAt(life, at(0.09))).toBe(main);
  expect(lives.imageAt(life, at(0.2))).toBe(node20);
});

test('a life begins before its first exec, a fork when it is forked', () => {
  const ahead = shell.start - lives.of(shell).born;
  expect(ahead).toBeGreaterThan(100_000n);
  expect(ahead).toBeLessThan(1_000_000n);
  expect(lives.of(worker).born).toBe(at(63));
});

test('runc is the parent of whom it lets in until it ends, then the shim adopts', () => {
  expect(parentsAt(shell, 60.025)).toEqual(['/usr/local/sbin/runc', SHIM, SYSTEMD]);
  expect(parentsAt(shell, 61)).toEqual([SHIM, SYSTEMD]);
});

test('inside a container the first process adopts', () => {
  expect(parentsAt(worker, 65)[0]).toBe('/usr/bin/curl');
  expect(parentsAt(worker, 71)).toEqual(['/usr/local/bin/node', SHIM, SYSTEMD]);
});

test('what is told soon after an exec is told before the next one', () => {
  for (let times = 0; times < 100; times += 1) {
    const told = lives.soonAfter(main, 4_000_000_000);
    expect(told).toBeGreaterThan(main.start);
    expect(told).toBeLessThan(node20.start);
  }
});
