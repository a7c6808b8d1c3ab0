import type { AuditDetail } from '../../event/event.ts';
import type { PodSighting, Sighting } from '../../event/sighting.ts';
import { podIdOf } from '../../event/spelledIds.ts';
import { type JsonObject, objectOf, oneLine, textOf } from '../read.ts';
import { createdOf, firstExtra } from './call.ts';

/**
 * The pod that a call is an event of: the one that made it; else the one that it is about. Which process it was, or what it
 * started, no audit log knows. Undefined: it is of no pod, or of one that is only a name: not found, not created.
 */
export function placeOf(audit: AuditDetail, record: JsonObject): Sighting | undefined {
  if (audit.callerPod !== '') {
    const uid = firstExtra(objectOf(record.user), 'authentication.kubernetes.io/pod-uid');
    return sightingOf(audit.callerNamespace, audit.callerPod, '', uid);
  }
  const { resource, namespace, name, container } = audit;
  if (resource !== 'pods' || namespace === '' || name === '' || !isThere(audit)) return undefined;
  const uid = textOf(objectOf(record.objectRef)?.uid) ?? textOf(createdOf(record)?.uid) ?? '';
  return sightingOf(namespace, name, container, oneLine(uid));
}

const NOT_FOUND = 404;

/** A call may name a pod that never was: whoever asks for it would have put it into the list of pods. */
function isThere({ verb, subresource, code }: AuditDetail): boolean {
  if (subresource !== '' || !verb.startsWith('create')) return code !== NOT_FOUND;
  return verb === 'create' && code >= 200 && code < 300;
}

function sightingOf(namespace: string, name: string, container: string, uid: string): Sighting {
  const pod: PodSighting = { namespace, name, ...(uid === '' ? {} : { uid }) };
  return { rank: 1, id: podIdOf('audit', namespace, name, container), traits: 0, pod };
}
