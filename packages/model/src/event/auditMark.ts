import type { AuditDetail } from './event.ts';

/** What a call to the Kubernetes API is drawn as on a timeline. */
export type AuditMark =
  | 'pod_created'
  | 'rbac_changed'
  | 'secret_read'
  | 'exec'
  | 'attach'
  | 'port_forward'
  | 'ephemeral_container';

const RBAC = 'rbac.authorization.k8s.io';
const changing = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);
const reading = new Set(['get', 'list', 'watch']);

/** Of pods. Their verb says little: clients that speak WebSocket `get` what others `create`. */
const sessions = new Map<string, AuditMark>([
  ['exec', 'exec'],
  ['attach', 'attach'],
  ['portforward', 'port_forward'],
]);

/**
 * The mark that a stage of a call is due; undefined: none. A call that was refused, that failed, or of which it is only known that
 * it came in did nothing yet and has no mark. The stages of one call have the same mark: `auditId` tells which are one call.
 */
export function markOf(audit: AuditDetail): AuditMark | undefined {
  if (!wasServed(audit)) return undefined;
  const { apiGroup, resource, subresource, verb } = audit;
  if (apiGroup === RBAC) return changing.has(verb) ? 'rbac_changed' : undefined;
  if (apiGroup !== '') return undefined;
  if (resource === 'pods') return markOfPod(verb, subresource);
  if (resource !== 'secrets' || subresource !== '') return undefined;
  return reading.has(verb) ? 'secret_read' : undefined;
}

function markOfPod(verb: string, subresource: string): AuditMark | undefined {
  if (subresource === '') return verb === 'create' ? 'pod_created' : undefined;
  if (subresource !== 'ephemeralcontainers') return sessions.get(subresource);
  return changing.has(verb) ? 'ephemeral_container' : undefined;
}

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const FIRST_FAILURE = 400;

/** Whether who called may not do that; a call that failed for another reason was not forbidden. */
export function isForbidden({ code, decision }: Pick<AuditDetail, 'code' | 'decision'>): boolean {
  return decision === 'forbid' || code === UNAUTHORIZED || code === FORBIDDEN;
}

function wasServed({ code, decision, stage }: AuditDetail): boolean {
  if (decision === 'forbid' || stage === 'Panic') return false;
  return code === 0 ? stage !== 'RequestReceived' : code < FIRST_FAILURE;
}
