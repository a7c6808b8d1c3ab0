import { type Nanos, nanos, parseTime } from '../event/time.ts';
import {
  createContainer,
  createPod,
  type ScenarioContainer,
  type ScenarioNode,
} from './cluster.ts';
import type { Random } from './random.ts';
import { after } from './timeline.ts';
import { createProcess, type ProcessFields, type ScenarioProcess } from './writer.ts';

/** The sound part of the broken log, which its defects are hung on. */
export type BrokenCast = {
  readonly node: ScenarioNode;
  readonly container: ScenarioContainer;
  readonly systemd: ScenarioProcess;
  readonly shim: ScenarioProcess;
  readonly main: ScenarioProcess;
  /** Seconds after the container's start. */
  readonly at: (seconds: number) => Nanos;
  /** A child of main in its container unless `fields` says otherwise; PIDs are the caller's. */
  readonly child: (
    pid: number,
    seconds: number,
    binary: string,
    fields?: Partial<ProcessFields>,
  ) => ScenarioProcess;
};

/** Hostile text where a display or a terminal might believe it. */
export const HOSTILE = {
  markup: `</span><img src=x onerror="alert(1)"><script>alert(2)</script>`,
  bidi: 'invoice\u202egnp.exe \u2066hidden\u2069',
  control: 'line\u0000one\u001b[2J\u001b]0;owned\u0007\r\nline two\u0008',
  zeroWidth: 'ro\u200bot\ufeff',
  formula: '=HYPERLINK("http://evil.example","click")',
  prototype: '__proto__',
} as const;

export function createBrokenCast(random: Random): BrokenCast {
  const began = parseTime('2026-02-09T03:21:40.118Z') ?? nanos(0n);
  const node: ScenarioNode = {
    name: 'edge-1',
    cluster: 'broken-lab',
    boot: after(began, -40_217.662),
    ip: '172.31.0.5',
  };
  const pod = createPod(
    node,
    {
      namespace: 'shop',
      app: 'front',
      ip: '10.42.0.17',
      namespaceLabels: { note: HOSTILE.markup, [HOSTILE.prototype]: 'polluted', rtl: HOSTILE.bidi },
    },
    random,
  );
  const image = { image: 'registry.example/shop/front:7', digest: random.hex(64) };
  const container = createContainer(pod, { name: 'front', ...image, start: began }, random);
  const systemd = createProcess({
    node,
    pid: 1,
    start: nanos(node.boot + 60_000_000n),
    binary: '/usr/lib/systemd/systemd',
    flags: 'procFS auid rootcwd',
  });
  const shim = createProcess({
    node,
    pid: 8_810,
    start: after(began, -2.104_233),
    binary: '/usr/bin/containerd-shim-runc-v2',
    arguments: `-namespace k8s.io -id ${random.hex(64)}`,
    parent: systemd,
  });
  const main = createProcess({
    node,
    pid: 8_840,
    start: after(began, 0.281_377),
    binary: '/srv/front',
    arguments: '--port 8080',
    cwd: '/srv',
    uid: 1000,
    parent: shim,
    container,
    insidePid: 1,
  });
  const at = (seconds: number): Nanos => after(began, seconds);
  return {
    node,
    container,
    systemd,
    shim,
    main,
    at,
    child: (pid, seconds, binary, fields = {}) =>
      createProcess({
        node,
        pid,
        start: at(seconds),
        binary,
        cwd: '/srv',
        uid: 1000,
        parent: main,
        container,
        insidePid: 10 + (pid % 1_000),
        ...fields,
      }),
  };
}
