import { expect, it } from 'vitest';
import { eventItem } from './eventItem.ts';
import type { EventView } from './eventView.ts';
import { incidentContext } from './testing/incidentContext.ts';

const { derived } = incidentContext();
const event: EventView = {
  id: 'e1',
  kind: 'file',
  label: 'process_kprobe',
  time: undefined,
  node: 'n1',
  process: '',
  subject: 'read /etc/my shadow · policy files, action POST',
  source: 's1',
  sameAs: false,
  socket: undefined,
  lookup: undefined,
  exit: undefined,
};

it('tells a file apart from the policy that reported it', () => {
  expect(eventItem(derived, event)).toMatchObject({
    file: { verb: 'read', path: '/etc/my shadow' },
    policy: 'files',
    rule: null,
  });
});

it('tells it apart from the rule that spoke of it', () => {
  const [alert] = derived.processes.flatMap(({ alerts }) => alerts);
  const told = { ...event, label: 'falco:Read', subject: 'open /etc/shadow', alert };
  expect(eventItem(derived, told)).toMatchObject({
    file: { verb: 'open', path: '/etc/shadow' },
    rule: alert?.rule,
  });
});

it('keeps what looks like a policy where no policy reports, and has no file of other events', () => {
  const subject = 'write /tmp/a · policy c';
  expect(eventItem(derived, { ...event, label: 'kubearmor:File', subject }).file).toEqual({
    verb: 'write',
    path: '/tmp/a · policy c',
  });
  expect(eventItem(derived, { ...event, kind: 'exec' }).file).toBeNull();
});
