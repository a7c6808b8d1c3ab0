import { isObject, type JsonObject } from '../read.ts';

/**
 * Tells whether two `Pod` messages name the same pod and container in the same words, apart from what belongs to the
 * process (`container.pid`, `maybe_exec_probe`). Never wrong in the direction of yes.
 */
export function isSamePod(a: JsonObject, b: JsonObject): boolean {
  return (
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.uid === b.uid &&
    a.workload === b.workload &&
    a.workload_kind === b.workload_kind &&
    a.workloadKind === b.workloadKind &&
    isSameContainer(a.container, b.container) &&
    isSameJson(a.pod_labels, b.pod_labels) &&
    isSameJson(a.labels, b.labels) &&
    isSameJson(a.podLabels, b.podLabels)
  );
}

function isSameContainer(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return false;
  return (
    a.id === b.id &&
    a.name === b.name &&
    a.start_time === b.start_time &&
    a.startTime === b.startTime &&
    isSameJson(a.image, b.image) &&
    isSameJson(a.security_context, b.security_context) &&
    isSameJson(a.securityContext, b.securityContext)
  );
}

/** Structural equality to a depth that no message exceeds; deeper is "not the same". Order of keys counts. */
export function isSameJson(a: unknown, b: unknown, depth = 6): boolean {
  if (a === b) return true;
  if (depth === 0 || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i += 1) if (!isSameJson(a[i], b[i], depth - 1)) return false;
    return true;
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i];
    if (key === undefined || key !== others[i] || !isSameJson(a[key], b[key], depth - 1)) {
      return false;
    }
  }
  return true;
}
