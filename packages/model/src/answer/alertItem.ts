import { dialectOf } from '../event/dialects.ts';
import { type AlertFact, readProcessKey } from '../event/facts.ts';
import { readSpelledId } from '../event/spelledIds.ts';
import { type AlertKey, alertKey } from '../graph/authors/callAlerts.ts';
import type { Derived } from '../graph/derived.ts';
import type { AlertItem } from '../wire/alerts.ts';
import { podNameOf } from './context.ts';
import { type EventOwner, ownerOf } from './eventView.ts';
import { timeTextOf } from './timeText.ts';

/** Where an alert belongs, and whom it is about. Empty texts: not known. */
export interface AlertPlace {
  readonly owner: EventOwner | undefined;
  readonly namespace: string;
  readonly pod: string;
  readonly node: string;
  readonly cluster: string;
}

/**
 * The place of an alert: that of its process's card; without a card what the id spells that the agent's events are known by, a pod
 * or a node.
 */
export function placeOfAlert(
  derived: Derived,
  alert: AlertKey & Pick<AlertFact, 'node' | 'cluster'>,
): AlertPlace {
  const { process, node, cluster } = alert;
  const owner = ownerOf(derived, { process, time: alert.time }) ?? startedOf(derived, alert);
  if (owner !== undefined) {
    const pod = podNameOf(derived, owner.process);
    return {
      owner,
      namespace: pod?.namespace ?? '',
      pod: pod?.name ?? '',
      node: node === '' ? owner.process.node : node,
      cluster: owner.process.cluster,
    };
  }
  const spelled = readSpelledId(readProcessKey(process)?.id ?? '');
  const named = spelled?.form === 'pod' ? spelled : undefined;
  const ofNode = spelled?.form === 'node' ? spelled.node : '';
  return {
    owner,
    namespace: named?.namespace ?? '',
    pod: named?.name ?? '',
    node: node === '' ? ofNode : node,
    cluster,
  };
}

function startedOf(derived: Derived, alert: AlertKey): EventOwner | undefined {
  if (derived.alertCards.size === 0) return undefined;
  const index = derived.alertCards.get(alertKey(alert)) ?? -1;
  const process = derived.processes[index];
  return process === undefined ? undefined : { index, process, image: process.images[0] };
}

/** One alert as a list shows it; `id` is its event's. */
export function alertItem(derived: Derived, id: string, alert: AlertFact): AlertItem {
  const { owner, ...place } = placeOfAlert(derived, alert);
  const image = owner?.image ?? owner?.process;
  const { rule, severity, severityWord, output, action, enforcer, result, blocked } = alert;
  return {
    id,
    time: timeTextOf(alert.time),
    source: dialectOf(alert.label),
    rule,
    severity,
    severityWord,
    tags: [...alert.tags],
    output,
    action,
    enforcer,
    result,
    blocked,
    kind: alert.kind,
    subject: alert.subject,
    process:
      owner === undefined || image === undefined
        ? null
        : {
            ref: owner.process.ref,
            binary: image.binary,
            arguments: image.arguments,
            pid: owner.process.pid ?? null,
          },
    ...place,
  };
}
