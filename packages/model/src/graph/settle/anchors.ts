import type { Dialect } from '../../event/dialects.ts';
import { readProcessKey } from '../../event/facts.ts';
import type { Place } from '../identity/places.ts';
import type { SpelledElse, SpelledGroup } from './spelledGroup.ts';

/** Where something happened that no process is known for. Empty texts: not known. */
export interface Anchor extends Place {
  readonly dialect: Dialect;
  /** As the record or its source named it. */
  readonly toldCluster: string;
  readonly namespace: string;
  readonly pod: string;
  /** Its name, as the agent gives it. */
  readonly container: string;
  readonly address: string;
}

/** The anchors by every `processKey` that facts use for them. */
export function anchorsOf(groups: readonly SpelledGroup<SpelledElse>[]): Map<string, Anchor> {
  const anchors = new Map<string, Anchor>();
  for (const { spelled, place, keys } of groups) {
    if (spelled.form === 'name') continue;
    const { dialect } = spelled;
    const nothing = { namespace: '', pod: '', container: '', address: '' };
    for (const key of keys) {
      const toldCluster = readProcessKey(key)?.cluster ?? '';
      anchors.set(key, anchorOf(spelled, { ...place, dialect, toldCluster, ...nothing }));
    }
  }
  return anchors;
}

function anchorOf(spelled: Exclude<SpelledElse, { form: 'name' }>, nowhere: Anchor): Anchor {
  switch (spelled.form) {
    case 'pod': {
      const { namespace, name, container } = spelled;
      return { ...nowhere, namespace, pod: name, container };
    }
    case 'address':
      return { ...nowhere, address: spelled.address };
    case 'node':
      return { ...nowhere, node: nowhere.node === '' ? spelled.node : nowhere.node };
  }
}
