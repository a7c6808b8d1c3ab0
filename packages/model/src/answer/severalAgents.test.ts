import { describe, expect, it } from 'vitest';
import type { Derived } from '../graph/derived.ts';
import { factsOfAgent } from '../graph/facts/agentFacts.ts';
import { storyOf } from '../graph/testing/told.ts';
import { parseFilter } from '../query/parseFilter.ts';
import {
  treeColumns as columnsSchema,
  treeObjects as objectsSchema,
  processAnswer as processSchema,
} from '../wire/tree.ts';
import { eventItem } from './eventItem.ts';
import { keepsEvent } from './eventSubject.ts';
import type { EventView } from './eventView.ts';
import { podItems } from './podItems.ts';
import { byInterest } from './podOrder.ts';
import { podsAnswer } from './podsAnswer.ts';
import { processAnswer } from './processAnswer.ts';
import { keepsPlace, keepsProcess } from './subjects.ts';
import { incidentContext } from './testing/incidentContext.ts';
import { treeColumns } from './treeColumns.ts';
import { treeObjects } from './treeObjects.ts';
import { nodeSelection, podSelection } from './treeSelection.ts';

const incident = incidentContext();
const { derived, expected } = incident;
const { parts } = expected;
/** Without the calls an alert about one of them is of no process: it stays on its pod. */
const uncalled = incidentContext('audit');
const checkout = expected.processes.find(({ execId }) => execId === parts.shell)?.pod ?? '';

function selected(cut = {}, of = derived) {
  const selection = podSelection(of, { namespace: expected.namespace, pod: checkout }, cut);
  if (selection === undefined) throw new Error('the incident has its pod');
  return selection;
}

const columns = columnsSchema.parse(treeColumns(incident, selected()));
const objects = objectsSchema.parse(treeObjects(incident, selected()));

function nodeOf(execId: string) {
  const found = objects.nodes.find(({ images }) => images.some((one) => one.execId === execId));
  if (found === undefined) throw new Error(`the tree has ${execId}`);
  return found;
}

describe('the executions of a case that six agents tell', () => {
  it('are counted once each', () => {
    const alone = storyOf(factsOfAgent(incident.facts, 'tetragon')).derived;
    const sum = (forest: Derived) =>
      podItems(forest).reduce((total, { executions }) => total + executions, 0);
    // The one more is the prevented one, of which Tetragon does not speak.
    expect(sum(derived)).toBe(sum(alone) + 1);
  });
});

describe('the tree of a pod that six agents watch', () => {
  it('has the alerts of each process, whole among its objects', () => {
    const shell = nodeOf(parts.shell);
    expect(shell.alerts.map(({ source, rule }) => [source, rule])).toContainEqual([
      'falco',
      'Terminal shell in container',
    ]);
    for (const node of objects.nodes) expect(node.alerts).toHaveLength(node.alertCount);
    const [refused] = objects.nodes.filter(({ flags }) => flags.includes('blocked'));
    expect(refused?.binary).toBe(expected.refused.binary);
    // It has its card and its mark, and never started.
    expect(columns.pod.lateNew).toBe(columns.nodes.loud.filter((loud) => loud === 1).length - 1);
    expect(refused?.alerts).toMatchObject([
      { source: 'kubearmor', blocked: true, result: 'Permission denied' },
    ]);
  });

  it('counts them in its columns, with the gravest, and holds none of their texts', () => {
    const rows = objects.nodes.map(({ alertCount, maxSeverity }) => [alertCount, maxSeverity]);
    expect(
      columns.nodes.alerts.map((count, row) => [count, columns.nodes.maxSeverity[row]]),
    ).toEqual(rows);
    const outputs = objects.nodes.flatMap(({ alerts }) => alerts.map(({ output }) => output));
    expect(outputs.filter((text) => text !== '').length).toBeGreaterThan(0);
    expect(outputs.filter((text) => text !== '' && columns.strings.includes(text))).toEqual([]);
  });

  it('says what still ran when the log ended, and not what never began', () => {
    const { stillRuns } = columns.pod;
    expect(stillRuns).toMatchObject({ processes: 1, first: { binary: '/tmp/.x' } });
    const quiet = { ...derived, exitTellers: new Set<never>() };
    // Where nobody tells an exit, silence says nothing.
    expect(podItems(quiet).every((pod) => pod.stillRuns === null)).toBe(true);
  });

  it('has the events of no process where they belong: flows and calls are of their pod', () => {
    const keys = [...derived.placed].filter(([, pod]) => derived.pods[pod]?.fact.name === checkout);
    expect(new Set(keys.map(([key]) => key.split('\0')[0]))).toEqual(
      new Set(['falco', 'hubble', 'zeek', 'audit']),
    );
    const parsed = parseFilter(`k8s.pod.name = "${checkout}"`);
    if (!parsed.ok) throw new Error('the filter parses');
    for (const [process] of keys) {
      const flow: EventView = {
        id: 'e1',
        kind: 'flow',
        label: 'hubble:flow',
        time: undefined,
        node: '',
        process,
        subject: '',
        source: '',
        sameAs: false,
        socket: undefined,
        lookup: undefined,
        exit: undefined,
      };
      expect(eventItem(derived, flow).pod?.name).toBe(checkout);
      expect(keepsEvent(parsed.filter, derived, flow)).toBe(true);
    }
  });

  it('tells what each agent calls a process, its own id first', () => {
    const { ids, execId } = nodeOf(parts.implant);
    expect(ids[0]).toEqual({ dialect: 'tetragon', id: execId, evidence: 'own' });
    expect(
      ids
        .slice(1)
        .map(({ dialect }) => dialect)
        .sort(),
    ).toEqual(['falco', 'kubearmor']);
    for (const { evidence } of ids.slice(1)) expect(evidence).toMatch(/^Same node, pid/);
    const row = columns.nodes.ref.indexOf(nodeOf(parts.implant).ref);
    expect(columns.nodes.ids[row]?.map(([dialect, id]) => [dialect, columns.strings[id]])).toEqual(
      ids.map(({ dialect, id }) => [dialect, id]),
    );
  });

  it('tells who had the shell started', () => {
    const { author } = nodeOf(parts.shell);
    const [wanted] = expected.authors;
    expect(author).toMatchObject({ user: wanted?.user, impersonating: wanted?.impersonating });
    const row = columns.nodes.ref.indexOf(nodeOf(parts.shell).ref);
    expect(columns.authors[columns.nodes.author[row] ?? -1]).toEqual(author);
  });

  it('tells what became of a connection that the network dropped', () => {
    const leaf = nodeOf(parts.implant).connections.find(({ verdict }) => verdict === 'DROPPED');
    expect(leaf?.port).toBe(4444);
    expect(leaf?.verdictReason).not.toBe('');
    const verdicts = columns.connections.verdict.map((word) => columns.strings[word]);
    expect(verdicts).toContain('DROPPED');
    const reason = columns.connections.verdictReason[verdicts.indexOf('DROPPED')] ?? 0;
    expect(columns.strings[reason]).toBe(leaf?.verdictReason);
  });

  it('says which agents speak of it, and how many of its processes they name', () => {
    expect(columns.agents).toEqual(objects.agents);
    const counts = new Map(columns.agents.map(({ agent, processes }) => [agent, processes]));
    expect([...counts.keys()]).toEqual([
      'tetragon',
      'falco',
      'kubearmor',
      'hubble',
      'zeek',
      'audit',
    ]);
    // Of the pod's own, as its head counts them: a host ancestor is nobody's merit here.
    expect(counts.get('kubearmor')).toBe(columns.pod.processes);
    expect(counts.get('tetragon')).toBe(columns.pod.processes - 1);
    expect(counts.get('falco')).toBe(columns.pod.processes - 1);
    expect(counts.get('hubble')).toBe(0);
  });

  it('holds apart what is known of the pod and of no process', () => {
    expect(columns.loose).toEqual(objects.loose);
    const selection = selected({}, uncalled.derived);
    const { loose } = columnsSchema.parse(treeColumns(uncalled, selection));
    expect(loose.alerts.map(({ rule }) => rule)).toEqual(['Attach/Exec Pod']);
    expect(loose.alertCount).toBe(1);
    expect(loose.maxSeverity).toBe(loose.alerts[0]?.severity);
    expect(loose.alerts[0]?.time).toMatch(/Z$/);
    const cut = selected({ to: 0n }, uncalled.derived);
    const early = columnsSchema.parse(treeColumns(uncalled, cut));
    expect(early.loose.alertCount).toBe(0);
  });
});

it('a process is told with its alerts and ids', () => {
  const index = derived.processes.findIndex(({ images }) =>
    images.some(({ execId }) => execId === parts.shell),
  );
  const answer = processSchema.parse(processAnswer(incident, index));
  expect(answer.alerts).toEqual(nodeOf(parts.shell).alerts);
  expect(answer.ids).toEqual(nodeOf(parts.shell).ids);
});

it('of very many alerts the gravest are told, and how many there are', () => {
  const index = derived.processes.findIndex(({ alerts }) => alerts.length > 0);
  const process = derived.processes[index];
  const [alert] = process?.alerts ?? [];
  if (process === undefined || alert === undefined) throw new Error('the incident has alerts');
  const many = Array.from({ length: 5000 }, (_, at) => ({
    ...alert,
    severity: at === 4999 ? ('Emergency' as const) : ('Debug' as const),
  }));
  const processes = derived.processes.with(index, { ...process, alerts: many });
  const answer = processAnswer({ ...incident, derived: { ...derived, processes } }, index);
  expect(answer?.alertCount).toBe(5000);
  expect(answer?.alerts).toHaveLength(1000);
  expect(answer?.alerts.map(({ severity }) => severity)).toContain('Emergency');
  expect(answer?.maxSeverity).toBe('Emergency');
});

it('the tree of a node has what happened on it outside of its pods', () => {
  const [first] = derived.processes;
  if (first === undefined) throw new Error('the incident has processes');
  const { cluster, node } = first;
  const place = { pod: undefined, cluster, node, address: '', agents: ['falco'] as const };
  const [alert] = uncalled.derived.loose.flatMap(({ alerts }) => alerts);
  if (alert === undefined) throw new Error('the incident has loose alerts');
  const loose = [{ ...place, connections: [], lookups: [], alerts: [alert] }];
  const context = { ...incident, derived: { ...derived, loose } };
  const selection = nodeSelection(context.derived, { node, cluster }, {});
  if (selection === undefined) throw new Error('the incident has its node');
  const tree = treeColumns(context, selection);
  expect(tree.loose.alertCount).toBe(1);
  expect(nodeSelection({ ...context.derived, processes: [] }, { node }, {})).toBeDefined();
});

describe('the list of pods that six agents watch', () => {
  const items = podItems(derived).sort(byInterest);
  const attacked = items.find(({ pod }) => pod === checkout);

  it('counts the alerts of each, on processes and on itself, with the gravest', () => {
    const told = expected.alerts.filter(({ pod }) => pod === checkout);
    expect(attacked?.alerts).toBe(told.length);
    expect(attacked?.maxSeverity).toBe('Critical');
    expect(attacked?.grave).toContain('grave_alert');
    const quiet = items.find(({ alerts }) => alerts === 0);
    expect([quiet?.maxSeverity, quiet?.grave.includes('grave_alert')]).toEqual([null, false]);
  });

  it('begins with the gravest when it is asked for by alerts', () => {
    const { completeness } = incident;
    const { items: sorted } = podsAnswer(items, { sort: 'alerts' }, completeness);
    expect(sorted[0]?.pod).toBe(checkout);
    const severities = sorted.map(({ maxSeverity }) => maxSeverity !== null);
    expect(severities).toEqual(severities.toSorted((a, b) => Number(b) - Number(a)));
    if (attacked === undefined) throw new Error('the incident has its pod');
    const many = { ...attacked, pod: 'noisy', alerts: 9000, maxSeverity: 'Notice' as const };
    expect(podsAnswer([many, attacked], { sort: 'alerts' }, completeness).items[0]).toBe(attacked);
  });

  it('has pods that only flows and alerts know, with the times of those', () => {
    const { items: alone } = podsAnswer(
      podItems({ ...uncalled.derived, processes: [] }),
      {},
      incident.completeness,
    );
    const item = alone.find(({ pod }) => pod === checkout);
    expect(item).toMatchObject({ processes: 0, alerts: 1 });
    const { loose } = treeColumns(uncalled, selected({}, uncalled.derived));
    expect(item?.firstSeen).toBe(loose.alerts[0]?.time);
    expect(item?.started).toBe(item?.firstSeen);
  });
});

describe('a filter over what six agents told', () => {
  const filterOf = (text: string) => {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.message);
    return parsed.filter;
  };
  const keptBy = (text: string): readonly string[] =>
    derived.processes
      .filter((process) => keepsProcess(filterOf(text), derived, process))
      .map(({ execId }) => execId);

  it('finds processes by what rules said of them', () => {
    expect(keptBy('alert.rule = "Terminal shell in container"')).toEqual([parts.shell]);
    expect(keptBy('alert.severity = Critical')).toEqual([parts.implant]);
    expect(keptBy('alert.source = kubearmor')).toContain(parts.tokenReader);
    const tags = derived.processes.flatMap(({ alerts }) => alerts.flatMap((one) => one.tags));
    expect(keptBy(`alert.tag = "${tags[0]}"`).length).toBeGreaterThan(0);
  });

  it('finds them by who had them started, what became of their connections, and who tells of them', () => {
    const [author] = expected.authors;
    expect(keptBy(`proc.author = "${author?.user}"`)).toContain(parts.shell);
    expect(keptBy('fd.verdict = DROPPED')).toEqual([parts.implant]);
    expect(keptBy('fd.verdict = DROPPED and fd.sport = 443')).toEqual([]);
    const told = keptBy('agent = kubearmor');
    expect(told).toContain(parts.shell);
    expect(told.length).toBeLessThan(derived.processes.length);
    expect(keptBy('agent = tetragon').length).toBe(derived.processes.length - 1);
    expect(keptBy('evt.source = syscall')).toHaveLength(derived.processes.length);
    expect(keptBy('evt.source = k8s_audit')).toEqual([]);
  });

  it('finds a pod by what happened to it and to no process that is known', () => {
    const { derived: told } = uncalled;
    const [place] = told.loose.filter(({ alerts }) => alerts.length > 0);
    if (place === undefined) throw new Error('the incident has loose alerts');
    expect(keepsPlace(filterOf('alert.rule = "Attach/Exec Pod"'), told, place)).toBe(true);
    expect(keepsPlace(filterOf('alert.rule = "Attach/Exec"'), told, place)).toBe(false);
    const pod = told.pods[place.pod ?? -1]?.fact.name;
    expect(keepsPlace(filterOf(`k8s.pod.name = ${pod}`), told, place)).toBe(true);
  });

  it('sees of an event what its own record says', () => {
    const event: EventView = {
      id: 'e1',
      kind: 'flow',
      label: 'hubble:flow',
      time: undefined,
      node: 'n1',
      process: '',
      subject: '',
      source: 's1',
      sameAs: false,
      socket: undefined,
      lookup: undefined,
      exit: undefined,
      flow: {
        process: '',
        cluster: '',
        node: 'n1',
        label: 'hubble:flow',
        direction: 'outbound',
        protocol: 'TCP',
        sourceIp: '10.0.0.5',
        sourcePort: 40_000,
        destinationIp: '192.0.2.9',
        destinationPort: 443,
        cookie: '',
        names: ['shop.example'],
        verdict: 'DROPPED',
        reason: '',
      },
    };
    const keeps = (text: string) => keepsEvent(filterOf(text), derived, event);
    expect(keeps('agent = hubble and fd.verdict = DROPPED and fd.sip.name = shop.example')).toBe(
      true,
    );
    expect(keeps('fd.sip = 192.0.2.9 and fd.sport = 443')).toBe(true);
    expect(keeps('fd.sport = 40000')).toBe(false);
    expect(keeps('evt.source = syscall')).toBe(false);
    expect(keeps('agent contains hub')).toBe(true);
  });
});
