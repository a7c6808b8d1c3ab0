import { formatTime } from '../../event/time.ts';
import type { Flag, LateBase } from '../derived.ts';
import type { Verdict } from '../novelty/novelty.ts';
import type { NoveltyReason } from '../novelty/noveltyReason.ts';
import type { Base } from '../roles/clocks.ts';
import type { FlagInput } from './flagInput.ts';

const since: Record<LateBase, string> = {
  main: 'after the main process of its container',
  container_start: 'after its container',
  first_seen: 'after the first process seen of its container',
};

const because: Record<NoveltyReason, string> = {
  in_time: 'it started in time',
  as_its_parent: 'it runs what its parent runs, and is as new as that',
  seen_in_container:
    'its parent’s program had started this command in this container before the limit',
  seen_in_workload:
    'its parent’s program had started this command in another pod of the workload before that pod’s limit',
  not_seen:
    'its parent’s program had not started this command before the limit, neither here nor in the workload',
  first_seen: 'the beginning of the container is not in the log',
  not_covered: 'the log does not cover the first moments of the container',
  no_start: 'no start is known',
  host: 'it runs on the host',
};

/** All of the sentence but the seconds, made once. */
const sentences = {
  main: sentencesOf('main'),
  container_start: sentencesOf('container_start'),
  first_seen: sentencesOf('first_seen'),
};

function sentencesOf(from: LateBase): Record<NoveltyReason, string> {
  const sentence = (reason: NoveltyReason): string => ` s ${since[from]}; ${because[reason]}.`;
  return {
    in_time: sentence('in_time'),
    as_its_parent: sentence('as_its_parent'),
    seen_in_container: sentence('seen_in_container'),
    seen_in_workload: sentence('seen_in_workload'),
    not_seen: sentence('not_seen'),
    first_seen: sentence('first_seen'),
    not_covered: sentence('not_covered'),
    no_start: sentence('no_start'),
    host: sentence('host'),
  };
}

/** The flag that explains a late card: `late_new`, `late_seen` or `novelty_unknown`; undefined when it is not late. */
export function lateFlagOf(input: FlagInput): Flag | undefined {
  const { worst, late } = input.verdict;
  if (!late || worst === undefined || input.base === undefined) return undefined;
  const { lateByMs = 0, isNew, reason } = worst;
  const text = `Started ${seconds(lateByMs)}${sentences[input.base.from][reason]}`;
  const inputs = inputsOf(input, worst, input.base);
  if (isNew === true) return { code: 'late_new', reason: text, inputs };
  return { code: isNew === undefined ? 'novelty_unknown' : 'late_seen', reason: text, inputs };
}

function inputsOf(input: FlagInput, verdict: Verdict, base: Base): Flag['inputs'] {
  return {
    lateByMs: verdict.lateByMs ?? 0,
    limitMs: input.limitMs,
    base: base.from,
    baseTime: formatTime(base.time),
    template: verdict.template,
    // Empty: it came from outside of its container, which says nothing of what the log holds.
    ...(verdict.parentBinary === '' ? {} : { parentBinary: verdict.parentBinary }),
    novelty: verdict.reason,
  };
}

/** Thousandths of a second suffice for a sentence; the exact figure stands in the inputs. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
