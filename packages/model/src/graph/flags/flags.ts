import { type EventKind, eventKinds } from '../../event/event.ts';
import { policyKinds } from '../../event/policyWords.ts';
import { formatTime } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { Flag, FlagCode } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';
import { STEPPED } from '../roles/clocks.ts';
import type { FlagInput } from './flagInput.ts';
import { hiddenCharacters } from './hiddenCharacters.ts';
import { lateFlagOf } from './lateFlags.ts';
import { destinationOf } from './newDestinations.ts';
import { preventionOf } from './prevention.ts';

/** The flags of one card, in the order of `flagCodes`' groups: what makes it loud first. */
export function flagsOf(input: FlagInput): readonly Flag[] {
  const late = lateFlagOf(input);
  const flags: Flag[] = late === undefined ? [] : [late];
  const put = (code: FlagCode, reason: string, inputs: Flag['inputs'] = {}): void => {
    flags.push({ code, reason, inputs });
  };
  putBehaviour(input, put);
  putLink(input, put);
  putIdentity(input, put);
  putEvidence(input, put);
  return flags.length === 0 ? noFlags : flags;
}

const noFlags: readonly Flag[] = [];

type Put = (code: FlagCode, reason: string, inputs?: Flag['inputs']) => void;

function putBehaviour(input: FlagInput, put: Put): void {
  const { newDestination, randomLeaf, roseFrom, left } = input;
  const prevented = preventionOf(input);
  if (prevented !== undefined) put('blocked', prevented.reason, prevented.inputs);
  if (newDestination !== undefined) {
    const { firstSeen, name = '', ip, port } = newDestination;
    put(
      'new_external_destination',
      `Called ${destinationOf(newDestination)}, which its container had not called before the limit.`,
      { name, ip, port, ...(firstSeen === undefined ? {} : { firstSeen: formatTime(firstSeen) }) },
    );
  }
  if (randomLeaf !== undefined) {
    const { name = '', randomDetail } = randomLeaf;
    put('random_name', `The name ${name} looks random: ${randomDetail}`, { name, randomDetail });
  }
  if (roseFrom !== undefined) {
    put('raised_to_root', `Runs as uid 0, started by uid ${roseFrom}.`, { from: roseFrom, to: 0 });
  }
  putPolicies(input, put);
  if (input.isUnaccounted) {
    put(
      'unaccounted',
      'Somebody put it into the running container, and no call to the API server in the audit log explains it: it did not come through the API server.',
    );
  }
  if (input.lateContainer) {
    put(
      'late_container',
      'Its container first appeared later than the limit after the first main process of the pod.',
      { limitMs: input.limitMs },
    );
  }
  if (left !== undefined) {
    const said = {
      host: 'The agent says that it runs in namespaces of the host.',
      own: 'The agent says that its namespaces are not the host’s.',
      unknown: 'The agent does not say in which namespaces it runs.',
    };
    put('left_container', `It descends from a container and is not in it. ${said[left]}`, {
      namespaces: left,
    });
  }
}

function putPolicies({ policies, eventKinds: had }: FlagInput, put: Put): void {
  if (policies.length > 0) {
    const names = policies.map(({ policy }) => policy).join(', ');
    const hits = policies.reduce((sum, one) => sum + one.hits, 0);
    const each = policies.map((one) => `${one.policy} (${one.hits})`).join(', ');
    const many = policies.length > 1;
    put(
      'policy_hit',
      `${many ? 'Policies' : 'A policy'} of the agent reported what it did: ${each}.`,
      { policies: names, hits },
    );
    return;
  }
  const kinds = reportedKinds(had).join(', ');
  if (kinds === '') return;
  put('policy_hit', `A policy of the agent reported what it did, in events of: ${kinds}.`, {
    kinds,
  });
}

const policyBits = policyKinds.reduce((bits, kind) => bits | (1 << eventKinds.indexOf(kind)), 0);

function reportedKinds(had: number): readonly EventKind[] {
  if ((had & policyBits) === 0) return [];
  return policyKinds.filter((kind) => (had & (1 << eventKinds.indexOf(kind))) !== 0);
}

function putLink({ suspect, cycleCut, selfParent }: FlagInput, put: Put): void {
  if (suspect !== '') put('suspect_parent', `The parent is doubtful: ${suspect}.`, { suspect });
  if (cycleCut) put('cycle_cut', 'The log makes it its own ancestor; the circle is cut here.');
  if (selfParent) put('self_parent', 'The log names it as its own parent; that link is dropped.');
}

function putIdentity({ images, reobserved, end, traits, clockStep }: FlagInput, put: Put): void {
  if (images.some(({ contradicted }) => contradicted)) {
    put(
      'contradicted',
      'The log gives this exec_id to processes with another pid or binary; each stands apart.',
      { execId: images.find(({ contradicted }) => contradicted)?.id ?? '' },
    );
  }
  if (reobserved !== '') {
    put('reobserved', 'The same process is listed a second time, after the agent restarted.', {
      other: reobserved,
    });
  }
  const { contradictedBy, reported } = end;
  if (contradictedBy !== undefined) {
    const exit = reported?.time === undefined ? '' : formatTime(reported.time);
    put('activity_after_exit', `It was active after its exit was reported (${exit}).`, {
      exit,
      lastSeen: formatTime(contradictedBy),
      ...(reported?.code === undefined ? {} : { exitCode: reported.code }),
    });
  }
  if (clockStep > STEPPED) {
    const stepMs = Number(clockStep) / 1e6;
    put('clock_stepped', `The node’s clock was stepped by ${stepMs} ms around its start.`, {
      stepMs,
    });
  }
  if (hasAny(traits, Trait.parentUncertain | Trait.unknownToAgent)) {
    put(
      'ancestor_may_be_skipped',
      'The agent was not sure of the parent: a process may be missing between.',
    );
  }
  if (images[0]?.startDerived === true) {
    put('start_derived', 'No start was reported; it follows from the id and the boot of the node.');
  }
}

function putEvidence(input: FlagInput, put: Put): void {
  const { images, traits } = input;
  if (hasTrait(traits, Trait.truncatedByAgent)) {
    put('truncated_by_agent', 'The agent cut the arguments or the file name: they may go on.');
  }
  if (hasTrait(traits, Trait.redacted))
    put('redacted_by_agent', 'The agent hid a part of the arguments.');
  if (hasTrait(traits, Trait.unlinkedBinary)) {
    put('unlinked_binary', 'The binary had no name in the file system when it ran.');
  }
  if (hasTrait(traits, Trait.raisedPrivileges)) {
    put('raised_privileges', 'This exec raised privileges (setuid, setgid or file capabilities).');
  }
  putText(images, put);
  if (input.containerInferred) {
    put('container_inferred', 'Its container is known by the truncated id alone.', {
      docker: images.find(({ fact }) => fact.docker !== undefined)?.fact.docker ?? '',
    });
  }
  if (input.podInferred)
    put('pod_inferred', 'Its pod is that of its container; no record names it.');
  if (input.mainUnsure) {
    put(
      'main_unsure',
      'It is taken for the main process because it is the first that is seen of its container. Its parent is known by its id alone: it may be in the container, too.',
    );
  }
  if (input.mainUnknown) put('main_unknown', 'The main process of its container is not known.');
}

function putText(images: readonly Identity[], put: Put): void {
  if (images.every(isPlain)) return;
  const texts = images.map(
    ({ fact }) => `${fact.binary ?? ''} ${fact.arguments ?? ''} ${fact.cwd ?? ''}`,
  );
  const hidden = new Set(texts.flatMap(hiddenCharacters));
  if (hidden.size > 0) {
    const kinds = [...hidden].sort().join(', ');
    put('hidden_characters', `Its text holds characters that do not show: ${kinds}.`, { kinds });
  }
  if (texts.some((text) => text.includes('\ufffd'))) {
    put('lost_bytes', 'Bytes that are no UTF-8 were lost before the log was written.');
  }
}

const unplain = /[^\x20-\x7e]/;

/** The common case: printable ASCII throughout. */
function isPlain({ fact: { binary = '', arguments: args = '', cwd = '' } }: Identity): boolean {
  return !unplain.test(binary) && !unplain.test(args) && !unplain.test(cwd);
}

function hasAny(traits: number, any: number): boolean {
  return (traits & any) !== 0;
}
