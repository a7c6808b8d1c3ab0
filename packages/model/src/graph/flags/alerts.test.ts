import { describe, expect, it } from 'vitest';
import type { AlertFact } from '../../event/facts.ts';
import { type AgentRecord, agentFacts, recordKey } from '../testing/agentTold.ts';
import { factsOf, keyOf, second, storyOf, type Telling } from '../testing/told.ts';
import { child, main, shim } from '../testing/webPod.ts';
import { foldWitness, staysAlone } from '../tree/staysAlone.ts';

function alertOn(process: string, more: Partial<AlertFact> = {}): AlertFact {
  return {
    process,
    cluster: 'c1',
    node: 'n1',
    time: second(410),
    label: 'falco:Terminal shell in container',
    kind: 'alert',
    subject: '',
    rule: 'Terminal shell in container',
    severity: 'Warning',
    severityWord: 'Warning',
    tags: [],
    output: '',
    action: '',
    enforcer: '',
    result: '',
    blocked: false,
    ...more,
  };
}

const early = child({ id: 'early', at: 110, pid: 71 });
const seen: readonly Telling[] = [shim, main, early, child()];

function storyWith(alerts: readonly AlertFact[], tellings = seen) {
  return storyOf({ ...factsOf(tellings), alerts });
}

describe('a process that an agent alerted on', () => {
  it('is not quiet when it is late, from Warning on', () => {
    expect(storyWith([]).card('x')).toMatchObject({ isNew: false, loud: false });
    expect(storyWith([alertOn(keyOf('x'))]).card('x').loud).toBe(true);
    const notice = alertOn(keyOf('x'), { severity: 'Notice' });
    expect(storyWith([notice]).card('x').loud).toBe(false);
  });

  it('makes its late ancestors loud, and nobody who came in time', () => {
    const below = child({ id: 'y', parent: 'x', at: 401, pid: 72 });
    const story = storyWith([alertOn(keyOf('y'))], [...seen, below]);
    expect(story.card('x').loud).toBe(true);
    expect(story.card('main').loud).toBe(false);
    expect(storyWith([alertOn(keyOf('early'))]).card('early').loud).toBe(false);
  });

  it('stays out of every fold', () => {
    const mild = storyWith([alertOn(keyOf('early'), { severity: 'Debug' })]).card('early');
    expect(staysAlone(foldWitness(mild))).toBe(true);
    expect(staysAlone(foldWitness(storyWith([]).card('early')))).toBe(false);
  });

  it('counts alerts by the image that they speak of', () => {
    const after = child({ id: 'x2', parent: 'x', at: 420, binary: '/bin/ls' });
    const alerts = [alertOn(keyOf('x')), alertOn(keyOf('x')), alertOn(keyOf('x2'))];
    const card = storyWith(alerts, [...seen, after]).card('x2');
    expect(card.images.map(({ binary, alerts: count }) => [binary, count])).toEqual([
      ['/bin/nc', 2],
      ['/bin/ls', 1],
    ]);
  });
});

describe('an exec that was prevented', () => {
  const sh: AgentRecord = { does: 'exec', at: 20, pid: 200, binary: '/bin/sh' };
  const apt: AgentRecord = {
    does: 'exec',
    at: 30,
    pid: 300,
    binary: '/usr/bin/apt',
    ppid: 200,
    parentBinary: '/bin/sh',
    blocked: true,
  };
  const storyOfApt = (alerts: readonly AlertFact[]) =>
    storyOf({ ...factsOf([]), ...agentFacts([sh, apt]), alerts });
  const flagOn = (alerts: readonly AlertFact[], binary: string) =>
    storyOfApt(alerts)
      .derived.processes.find((process) => process.binary === binary)
      ?.flags.find(({ code }) => code === 'blocked');

  it('is flagged with the rule and the result of its alert', () => {
    const told = alertOn(recordKey(apt), {
      label: 'kubearmor:block-package-managers',
      rule: 'block-package-managers',
      result: 'Permission denied',
      action: 'Block',
      enforcer: 'BPFLSM',
      blocked: true,
    });
    expect(flagOn([told], '/usr/bin/apt')).toEqual({
      code: 'blocked',
      reason:
        '/usr/bin/apt never ran: block-package-managers prevented its exec (Permission denied).',
      inputs: {
        binary: '/usr/bin/apt',
        rule: 'block-package-managers',
        result: 'Permission denied',
        action: 'Block',
        enforcer: 'BPFLSM',
      },
    });
    expect(flagOn([told], '/bin/sh')).toBeUndefined();
  });

  it('is flagged without an alert, too', () => {
    expect(flagOn([], '/usr/bin/apt')?.reason).toBe(
      '/usr/bin/apt never ran: its exec was prevented.',
    );
  });
});
