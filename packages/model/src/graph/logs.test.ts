import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateBrokenLog } from '../scenario/brokenLog.ts';
import { generateReverseShell } from '../scenario/reverseShell.ts';
import { generateTenThousandLoop } from '../scenario/tenThousandLoop.ts';
import { derivedLog } from './testing/derivedLog.ts';
import type { Story } from './testing/told.ts';
import { parentsOf } from './tree/ancestry.ts';
import { foldSiblings } from './tree/fold.ts';
import { foldViewOf } from './tree/foldView.ts';
import { nodeTree } from './tree/nodeTree.ts';
import { podTree } from './tree/podTree.ts';

describe('the crawler’s log', () => {
  const { lines, truth } = generateReverseShell(1);
  const story = derivedLog(`${lines.join('\n')}\n`);

  it('shows the entrypoint and node as one card: the main process', () => {
    const main = story.card(truth.crawlerMainExecId);
    expect(main.images.map(({ execId }) => execId)).toEqual([
      truth.crawlerMainExecId,
      truth.crawlerNodeExecId,
    ]);
    expect(main.role).toBe('main');
  });

  it('shows the shell late by what the log says, new, and loud', () => {
    expect(story.card(truth.lateShellExecId)).toMatchObject({
      late: true,
      isNew: true,
      loud: true,
    });
    expect(story.card(truth.lateShellExecId).lateByMs).toBeCloseTo(truth.lateByMs, 6);
    for (const id of [truth.interactiveShellExecId, truth.netcatExecId, truth.exfilExecId]) {
      expect(story.card(id).loud).toBe(true);
    }
    expect(story.flags(truth.setuidExecId)).toContain('raised_to_root');
    expect(story.card(truth.neighbour.shellExecId).loud).toBe(true);
  });

  it('outlines gunicorn’s workers, and does not paint them', () => {
    for (const id of truth.workerExecIds) {
      expect(story.card(id)).toMatchObject({ late: true, isNew: false, loud: false });
    }
  });

  it('marks, of all callers of Elasticsearch, exactly the attacker’s', () => {
    for (const { execId, lateAndNew } of truth.callersOfElasticsearch) {
      expect(story.card(execId).loud).toBe(lateAndNew);
    }
  });

  it('tells an operator’s kubectl exec as injected', () => {
    expect(story.card(truth.operatorShellExecId).role).toBe('injected');
  });

  it('counts every restart of the crash-looping container', () => {
    const resumes = story.derived.containers.filter(({ fact }) => fact.name === 'resumes');
    expect(resumes).toHaveLength(truth.resumesContainers);
    expect(resumes.filter(({ kind }) => kind === 'restart')).toHaveLength(
      truth.resumesContainers - 1,
    );
  });

  it('suspects and reopens nothing: it is a sound log', () => {
    const codes = new Set(
      story.derived.processes.flatMap(({ flags }) => flags.map(({ code }) => code)),
    );
    for (const code of [
      'suspect_parent',
      'left_container',
      'activity_after_exit',
      'clock_stepped',
    ] as const) {
      expect(codes).not.toContain(code);
    }
  });
});

describe('the ten-thousand-child loop', () => {
  const { lines, truth } = generateTenThousandLoop({ seed: 1 });
  const { derived, card } = derivedLog(`${lines.join('\n')}\n`);

  it('folds into two groups that take turns; the odd child and the failed one stay outside', () => {
    const pod = derived.pods.findIndex(({ fact }) => fact.namespace === truth.namespace);
    const shown = podTree(derived, pod);
    const place = new Map(shown.map((index, at) => [index, at]));
    const processes = shown.flatMap((index) => derived.processes[index] ?? []);
    const parent = Int32Array.from(processes, (process) => place.get(process.parent) ?? -1);
    const { groups, groupOf } = foldSiblings(foldViewOf(processes, parent));
    const at = (execId: string): number => processes.indexOf(card(execId));
    expect(groups.length).toBeGreaterThanOrEqual(2);
    expect(groups[0]?.alternatesWith).toBe(1);
    expect(groupOf[at(truth.oddExecId)]).toBe(-1);
    expect(groupOf[at(truth.failedExecId)]).toBe(-1);
    const folded = groups.reduce((sum, group) => sum + group.members.length, 0);
    expect(folded).toBeGreaterThan(truth.totalChildren - 12);
  });

  it('leaves the odd child loud: it alone calls outside', () => {
    expect(card(truth.oddExecId).loud).toBe(true);
  });
});

describe('the broken log', () => {
  const { text, truth } = generateBrokenLog(1);
  const story = derivedLog(text);
  const { defects } = truth;

  it('still makes one forest in which every process is reachable', () => {
    const parents = parentsOf(story.derived.processes);
    for (const [index, parent] of parents.entries()) expect(parent).toBeLessThan(index);
  });

  it.each([
    ['cycle_cut', [...defects.cycle].sort().slice(0, 1)],
    ['self_parent', [defects.selfParent, defects.kernelSelfParent]],
    [
      'suspect_parent',
      [defects.parentStartsLater.child, defects.hostChildOfContainer, defects.parentOnOtherNode],
    ],
    ['left_container', [defects.hostChildOfContainer]],
    ['clock_stepped', [defects.clockSkew.execId]],
    ['contradicted', [defects.contradictingIdentity]],
    ['activity_after_exit', [defects.activityAfterExit]],
    ['truncated_by_agent', [defects.truncatedArguments]],
    ['reobserved', truth.reobserved.flatMap(({ live, procFs }) => [live, procFs])],
  ] as const)('flags %s where it is, and nowhere else', (code, ids) => {
    const flagged = story.derived.processes
      .filter(({ flags }) => flags.some((flag) => flag.code === code))
      .flatMap(({ images }) => images.map(({ execId }) => execId));
    expect([...new Set(flagged)].sort()).toEqual([...ids].sort());
  });

  it('makes two processes of the id that two boots share', () => {
    expect(story.cards(truth.twoBoots)).toHaveLength(2);
  });

  it('keeps the process of a missing parent under a ghost with the pid of its id', () => {
    expect(story.card(defects.missingParent.parent)).toMatchObject({
      kind: 'ghost',
      pid: defects.missingParent.pid,
    });
    expect(story.parentOf(defects.missingParent.child)).toBe(defects.missingParent.parent);
  });

  it('knows the main process through the agent’s restart', () => {
    expect(story.card(truth.mainExecId).role).toBe('main');
    expect(story.derived.processes.filter(({ role }) => role === 'main')).toHaveLength(1);
  });
});

const samples = process.env['FOREBEAR_SAMPLES'] ?? join(process.cwd(), '../shared/samples');
const present = existsSync(samples);
if (!present) process.stdout.write(`graph: skips real logs: no folder ${samples}\n`);

describe.skipIf(!present)('logs of real agents', () => {
  const files = present
    ? ['tetragon', 'hubble-enterprise'].flatMap((folder) =>
        readdirSync(join(samples, folder)).map((file) => join(samples, folder, file)),
      )
    : [];

  it.each(files)('%s: every process is in the tree of its pod or of its node', (file) => {
    const { derived } = derivedLog(readFileSync(file, 'utf8'));
    const shown = new Set<number>();
    for (const pod of derived.pods.keys())
      for (const index of podTree(derived, pod)) shown.add(index);
    for (const { cluster, node } of derived.processes) {
      for (const row of nodeTree(derived, cluster, node)) shown.add(row.process);
    }
    expect(shown.size).toBe(derived.processes.length);
    expect(derived.processes.length).toBeGreaterThan(0);
  });

  const seed = files.find((file) => file.endsWith('seed__000__fgs.ndjson'));
  const byBinary = (story: Story, binary: string) =>
    story.derived.processes.filter((each) => each.binary === binary);

  it.skipIf(seed === undefined)(
    'the seed shows crawler as one card below a ghost with a derived start, and coreapi’s workers outlined',
    () => {
      const story = derivedLog(readFileSync(seed ?? '', 'utf8'));
      const [crawler] = byBinary(story, '/usr/local/bin/node');
      expect(crawler?.images.map(({ binary }) => binary)).toEqual([
        '/usr/local/bin/docker-entrypoint.sh',
        '/usr/local/bin/node',
      ]);
      expect(crawler?.role).toBe('main');
      const ghost = story.derived.processes[crawler?.parent ?? -1];
      expect(ghost).toMatchObject({ kind: 'ghost', pid: 21386, startDerived: true });
      const workers = byBinary(story, '/usr/local/bin/gunicorn').filter(({ role }) => role === '');
      expect(workers).toHaveLength(3);
      for (const worker of workers) {
        expect(worker).toMatchObject({ late: true, isNew: false, loud: false });
        expect(Math.round((worker.lateByMs ?? 0) / 1000)).toBe(81);
      }
    },
  );
});
