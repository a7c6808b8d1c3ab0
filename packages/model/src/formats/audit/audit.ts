/**
 * Kubernetes audit: `Event` (one line per stage of a call, the file backend) and `EventList` (the webhook backend), written by
 * kube-apiserver; `audit.k8s.io/v1`, and the `v1beta1` and `v1alpha1` of old clusters.
 * Understood: every event of every level and stage, each item of a list. Skipped: a list without items. Lost in normalising: the
 * bodies of request and response (they hold secrets; of a response only the name of what was created is read), the reason of the
 * decision, `level`, `uid` and `extra` of users, the query of other calls than exec and its like; all of it stays in the raw record.
 * Source: kubernetes/apiserver pkg/apis/audit/v1/types.go.
 */
import type { Format } from '../format.ts';
import { isAuditEvent, itemsOf } from './claim.ts';
import { AuditDecoder } from './decode.ts';

export const audit: Format = {
  id: 'audit',
  title: 'Kubernetes audit',
  sniff: (value) => isAuditEvent(value) || itemsOf(value) !== undefined,
  marks: ['auditID', 'stage', 'verb', 'requestURI', 'objectRef'],
  decoder: () => new AuditDecoder(),
};
