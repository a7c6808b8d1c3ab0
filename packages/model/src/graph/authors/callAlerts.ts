import type { AlertFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { Authors } from './authors.ts';
import type { Call } from './call.ts';

const SECOND = 1_000_000_000n;
/** A stage of a call is judged this long after the call came in at most, and by the same clock: before it only by rounding. */
const PATIENCE = 5n * SECOND;
const ROUNDING = SECOND;

/** What names the alerts of one stage of one call. */
export interface AlertKey {
  readonly process: string;
  readonly time?: Nanos | undefined;
}

/** The same for the same alert, whoever tells it, and for what other rules said of the same record. */
export function alertKey({ process, time }: AlertKey): string {
  return `${process}\0${time ?? ''}`;
}

/**
 * Of alerts that an auditing agent raised about a call (Falco's `k8s_audit`) the process which that call started, by `alertKey`: the one call
 * on that pod, at that time, that reads as the alert says, and whose process is known for sure.
 *
 * @param podOf of the pod that an alert names the index; undefined: it names none, or a process
 */
export function startedByAlerts(
  alerts: readonly AlertFact[],
  { authors, started }: Authors,
  podOf: (alert: AlertFact) => number | undefined,
): ReadonlyMap<string, number> {
  const cards = new Map<string, number>();
  const callsByText = new Map<string, Call[]>();
  for (const [call, card] of started) {
    if (authors.get(card)?.match !== 'exact') continue;
    for (const text of textsOf(call)) {
      const known = callsByText.get(text);
      if (known === undefined) callsByText.set(text, [call]);
      else known.push(call);
    }
  }
  if (callsByText.size === 0) return cards;
  for (const alert of alerts) {
    const pod = alert.kind === 'alert' ? podOf(alert) : undefined;
    if (pod === undefined) continue;
    const near = (callsByText.get(keyOf(pod, alert.subject)) ?? []).filter((call) =>
      isOf(alert, call),
    );
    const card = near.length === 1 && near[0] !== undefined ? started.get(near[0]) : undefined;
    if (card === undefined) continue;
    const key = alertKey(alert);
    const known = cards.get(key) ?? card;
    cards.set(key, known === card ? card : -1);
  }
  return new Map([...cards].filter(([, card]) => card >= 0));
}

/** As Falco's fields tell a call, which leave out the verb or the rest of the command: with the key of its pod. */
function textsOf({ audit, target }: Call): ReadonlySet<string> {
  const { verb, resource, subresource, namespace, name, command } = audit;
  if (target === undefined) return new Set();
  const what = `${resource}/${subresource} ${namespace}/${name}`;
  const asked = [what, `${verb} ${what}`];
  const commands = ['', `: ${command[0] ?? ''}`, `: ${command.join(' ')}`];
  return new Set(asked.flatMap((text) => commands.map((words) => keyOf(target, text + words))));
}

function keyOf(pod: number, text: string): string {
  return `${pod} ${text}`;
}

function isOf({ time }: AlertFact, { received, ended }: Call): boolean {
  if (time === undefined || received === undefined) return false;
  if (time < received - ROUNDING) return false;
  return time <= received + PATIENCE || (ended !== undefined && isNear(time, ended));
}

function isNear(time: Nanos, other: Nanos): boolean {
  return time >= other - ROUNDING && time <= other + ROUNDING;
}
