import { isObject, type JsonObject } from '../read.ts';

/**
 * Tells whether two `Process` messages of one exec_id say the same, apart from `refcnt` (a debug counter that changes in
 * every event, D16) and `tid` (an attribute of the event, D11). Then a sighting read from one serves for the other.
 * Never wrong in the direction of yes.
 */
export function isSameProcess(a: JsonObject, b: JsonObject): boolean {
  return (
    a.pid === b.pid &&
    a.uid === b.uid &&
    a.auid === b.auid &&
    a.binary === b.binary &&
    a.flags === b.flags &&
    a.start_time === b.start_time &&
    a.parent_exec_id === b.parent_exec_id &&
    a.docker === b.docker &&
    a.cwd === b.cwd &&
    a.arguments === b.arguments &&
    a.in_init_tree === b.in_init_tree &&
    isSamePod(a.pod, b.pod) &&
    isSameRest(a, b)
  );
}

/** What is rarely there: the other spelling, and what agents add when asked to. */
function isSameRest(a: JsonObject, b: JsonObject): boolean {
  return (
    a.execId === b.execId &&
    a.startTime === b.startTime &&
    a.parentExecId === b.parentExecId &&
    a.inInitTree === b.inInitTree &&
    isSameJson(a.cap, b.cap) &&
    isSameJson(a.ns, b.ns) &&
    isSameJson(a.user, b.user) &&
    isSameJson(a.process_credentials, b.process_credentials) &&
    isSameJson(a.processCredentials, b.processCredentials) &&
    isSameJson(a.binary_properties, b.binary_properties) &&
    isSameJson(a.binaryProperties, b.binaryProperties)
  );
}

function isSamePod(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return false;
  return (
    a.name === b.name &&
    a.namespace === b.namespace &&
    a.uid === b.uid &&
    a.workload === b.workload &&
    a.workload_kind === b.workload_kind &&
    a.workloadKind === b.workloadKind &&
    isSameContainer(a.container, b.container) &&
    isSameJson(a.pod_labels, b.pod_labels) &&
    isSameJson(a.podLabels, b.podLabels) &&
    isSameJson(a.labels, b.labels)
  );
}

function isSameContainer(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b)) return false;
  return (
    a.id === b.id &&
    a.pid === b.pid &&
    a.name === b.name &&
    a.start_time === b.start_time &&
    a.startTime === b.startTime &&
    a.maybe_exec_probe === b.maybe_exec_probe &&
    a.maybeExecProbe === b.maybeExecProbe &&
    isSameJson(a.image, b.image) &&
    isSameJson(a.security_context, b.security_context) &&
    isSameJson(a.securityContext, b.securityContext)
  );
}

/** Structural equality to a depth that no message exceeds; deeper is "not the same". Order of keys counts. */
function isSameJson(a: unknown, b: unknown, depth = 6): boolean {
  if (a === b) return true;
  if (depth === 0) return false;
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
