import type { AuditDetail } from '../../event/event.ts';
import {
  countOf,
  type JsonObject,
  listOf,
  objectOf,
  oneLine,
  textOf,
  textsOf,
  timeOf,
} from '../read.ts';
import { queryValues } from './requestUri.ts';

const SERVICE_ACCOUNT = 'system:serviceaccount:';

/** Whose query says which container of a pod is meant. */
const withContainer = new Set(['exec', 'attach', 'log']);

/** What a record says of a call. Total: what is missing, or of another type than it has, is empty. */
export function callOf(record: JsonObject): AuditDetail {
  const user = objectOf(record.user);
  const object = objectOf(record.objectRef);
  const uri = text(record.requestURI);
  const resource = text(object?.resource);
  const subresource = text(object?.subresource);
  const ofPod = resource === 'pods';
  const received = timeOf(record.requestReceivedTimestamp) ?? timeOf(record.timestamp);
  const container = ofPod && withContainer.has(subresource) ? queryValues(uri, 'container')[0] : '';
  return {
    auditId: text(record.auditID),
    stage: text(record.stage),
    verb: verbOf(text(record.verb), uri),
    user: text(user?.username),
    groups: textsOf(user?.groups),
    impersonating: text(objectOf(record.impersonatedUser)?.username),
    sourceIps: textsOf(record.sourceIPs).map((ip) => ip.toLowerCase()),
    userAgent: text(record.userAgent),
    resource,
    subresource,
    apiGroup: text(object?.apiGroup),
    namespace: text(object?.namespace),
    name: text(object?.name) || text(createdOf(record)?.name),
    decision: text(objectOf(record.annotations)?.['authorization.k8s.io/decision']),
    code: codeOf(record),
    container: oneLine(container ?? ''),
    command: ofPod && subresource === 'exec' ? commandOf(uri) : [],
    ...(received === undefined ? {} : { received }),
    ...callerOf(user),
  };
}

/** What a call that only rehearses did not do must not be found as done: its verb says so. */
function verbOf(verb: string, uri: string): string {
  return queryValues(uri, 'dryRun').includes('All') ? `${verb} (dry run)` : verb;
}

/**
 * The metadata of what a call created, from the response: asked with `generateName`, as controllers ask for pods, only that
 * knows the name. Nothing else of a body is looked at.
 */
export function createdOf(record: JsonObject): JsonObject | undefined {
  if (record.verb !== 'create' || text(objectOf(record.objectRef)?.subresource) !== '') {
    return undefined;
  }
  return objectOf(objectOf(record.responseObject)?.metadata);
}

const HIGHEST_CODE = 999;

function codeOf(record: JsonObject): number {
  const code = countOf(objectOf(record.responseStatus)?.code);
  return code !== undefined && code <= HIGHEST_CODE ? code : 0;
}

function commandOf(uri: string): readonly string[] {
  const command = queryValues(uri, 'command').map(oneLine);
  // A list of one empty text is no list where it is kept.
  return command.some((element) => element !== '') ? command : [];
}

/** The pod that a service account's token is bound to. */
function callerOf(user: JsonObject | undefined): {
  readonly callerNamespace: string;
  readonly callerPod: string;
} {
  const name = text(user?.username);
  const callerPod = firstExtra(user, 'authentication.kubernetes.io/pod-name');
  if (!name.startsWith(SERVICE_ACCOUNT) || callerPod === '') {
    return { callerNamespace: '', callerPod: '' };
  }
  const [callerNamespace = ''] = name.slice(SERVICE_ACCOUNT.length).split(':', 1);
  return callerNamespace === ''
    ? { callerNamespace: '', callerPod: '' }
    : { callerNamespace, callerPod };
}

/** The first value of an `extra` of a user; empty: none. */
export function firstExtra(user: JsonObject | undefined, key: string): string {
  return text(listOf(objectOf(user?.extra)?.[key])[0]);
}

function text(value: unknown): string {
  return oneLine(textOf(value) ?? '');
}
