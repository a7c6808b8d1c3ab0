import { describe, expect, it } from 'vitest';
import { dialects } from '../event/dialects.ts';
import { knowledges } from './agentSettings.ts';
import {
  knowledgeWords,
  missingOf,
  missingOfCase,
  processTellers,
  tellsConnections,
  tellsEnds,
} from './missing.ts';

const whatOf = (dialect: string, names: readonly string[]) =>
  missingOf(dialect, names).map(({ what }) => what);

describe('a log', () => {
  it.each(dialects.filter((dialect) => dialect !== 'envelope'))(
    'of %s leaves something untold when nothing is in it',
    (dialect) => {
      expect(missingOf(dialect, []).length).toBeGreaterThan(0);
    },
  );

  it('of Tetragon lacks ends when exits are filtered out, and says how to get them', () => {
    expect(missingOf('tetragon', ['process_exec', 'process_connect', 'process_dns'])).toEqual([
      {
        what: 'end',
        setting: 'let PROCESS_EXIT through the export-allowlist and export-denylist',
        isSure: true,
      },
    ]);
  });

  it('of KubeArmor never tells ends nor when a container started', () => {
    const missing = missingOf('kubearmor', ['Process', 'Network']);
    expect(missing.map(({ what, setting }) => [what, setting])).toEqual([
      ['identity', ''],
      ['end', ''],
      ['container_start', ''],
    ]);
  });

  it('of KubeArmor without visibility names the annotation', () => {
    const [start] = missingOf('kubearmor', ['File']);
    expect(start?.setting).toContain('kubearmor-visibility');
  });

  it('of Falco may tell more than the names of its rules show', () => {
    expect(missingOf('falco', ['Terminal shell in container']).map(({ isSure }) => isSure)).toEqual(
      [false, false, false, false, false],
    );
  });

  it('of Falco tells every exec when the name of a rule says so', () => {
    expect(whatOf('falco', ['Log Execve Syscalls'])).not.toContain('start');
  });

  it('of an API server lacks commands until a call of exec is in it', () => {
    expect(whatOf('audit', ['get pods'])).toEqual(['command']);
    expect(whatOf('audit', ['create pods/exec'])).toEqual([]);
  });

  it('of an agent that we do not know is not judged', () => {
    expect(missingOf('later', [])).toEqual([]);
    expect(missingOf('__proto__', [])).toEqual([]);
  });
});

it('knows who tells ends', () => {
  expect(['tetragon', 'falco', 'kubearmor', 'zeek', 'later'].map(tellsEnds)).toEqual([
    'always',
    'when set',
    'never',
    'never',
    'never',
  ]);
});

it('names the agents that a tree needs: none that sees flows or calls alone, and no text that names no process', () => {
  expect(processTellers()).toContain('kubearmor');
  for (const dialect of ['hubble', 'zeek', 'audit', 'compact'])
    expect(processTellers()).not.toContain(dialect);
});

describe('a case', () => {
  const tetragon = { process_exec: 1, process_exit: 1, process_connect: 1, process_dns: 1 };

  it('lacks nothing that one agent of the node tells', () => {
    const node = { node: 'a', agents: ['tetragon', 'kubearmor', 'falco', 'hubble'] };
    const kinds = { ...tetragon, 'kubearmor:Process': 1, 'falco:a rule': 1, 'hubble:flow': 1 };
    expect(missingOfCase([{ ...node, kinds }])).toEqual([]);
  });

  it('lacks what all agents of a node leave untold, each with its setting', () => {
    const kinds = { 'falco:a rule': 1, 'kubearmor:Process': 1, 'kubearmor:Network': 1 };
    const missing = missingOfCase([{ node: 'a', agents: ['falco', 'kubearmor'], kinds }]);
    expect(missing.find(({ what }) => what === 'end')).toEqual({
      what: 'end',
      isSure: false,
      settings: [{ dialect: 'falco', setting: 'a rule on evt.type = procexit' }],
      never: ['kubearmor'],
      nodes: ['a'],
    });
    expect(missing.some(({ what }) => what === 'start' || what === 'connections')).toBe(false);
  });

  it('has flows without processes where nobody sees processes', () => {
    const zeek = { node: '', agents: ['zeek'], kinds: { 'zeek:conn': 3, 'zeek:dns': 1 } };
    expect(missingOfCase([zeek]).map(({ what }) => what)).toEqual(['process', 'pod']);
  });

  it('does not judge an agent by its records without a node, when it has others', () => {
    const api = { node: '', agents: ['falco', 'zeek'], kinds: { 'falco:Attach/Exec Pod': 2 } };
    const node = { node: 'a', agents: ['falco', 'tetragon'], kinds: tetragon };
    expect(missingOfCase([api, node]).map(({ what }) => what)).toEqual(['names']);
  });

  it('says first what is sure', () => {
    const kinds = { 'falco:a rule': 1, 'kubearmor:Process': 1 };
    const missing = missingOfCase([
      { node: 'a', agents: ['falco'], kinds },
      { node: 'b', agents: ['kubearmor'], kinds },
    ]);
    const sure = missing.map(({ isSure }) => isSure);
    expect(sure).toEqual(sure.toSorted((a, b) => Number(b) - Number(a)));
  });

  it('says once what is so on several nodes', () => {
    const kinds = { process_exec: 1, process_connect: 1, process_dns: 1 };
    const missing = missingOfCase([
      { node: 'a', agents: ['tetragon'], kinds },
      { node: 'b', agents: ['tetragon'], kinds },
    ]);
    expect(missing).toHaveLength(1);
    expect(missing[0]?.nodes).toEqual(['a', 'b']);
  });

  it('has words for each', () => {
    expect(new Set(knowledges.map(knowledgeWords)).size).toBe(knowledges.length);
  });
});

it('knows whether any agent of a case tells of connections', () => {
  const node = (agents: string[], kinds: Record<string, number>) => ({ node: 'n', agents, kinds });
  expect(tellsConnections([node(['tetragon'], { process_exec: 1 })])).toBe(false);
  expect(tellsConnections([node(['tetragon'], { process_connect: 1 })])).toBe(true);
  expect(tellsConnections([node(['audit'], { 'audit:create': 1 })])).toBe(false);
  expect(tellsConnections([])).toBe(false);
});
