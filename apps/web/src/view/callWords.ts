import type { CallItem } from '@forebear/model/wire/calls';

interface MarkWords {
  readonly sign: string;
  /** What was done, after who did it. */
  readonly did: string;
}

/** Each mark by a sign of its own, the gravest first. */
const words: Readonly<Record<CallItem['mark'], MarkWords>> = {
  exec: { sign: '❯', did: 'ran a command' },
  attach: { sign: '⇥', did: 'attached to it' },
  ephemeral_container: { sign: '⊕', did: 'added an ephemeral container' },
  port_forward: { sign: '⇌', did: 'forwarded a port' },
  rbac_changed: { sign: '§', did: 'changed who may do what' },
  secret_read: { sign: '◆', did: 'read a secret' },
  refused: { sign: '⊘', did: 'was refused' },
  pod_created: { sign: '+', did: 'created the pod' },
};

const order = Object.keys(words);

/** Of several marks on one spot the sign of the gravest. */
export function callSign(calls: readonly Pick<CallItem, 'mark'>[]): string {
  const marks = calls.map(({ mark }) => mark);
  const gravest = marks.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0];
  return gravest === undefined ? '' : words[gravest].sign;
}

/** What was done by a call, with what it was done to: `ran a command: bash -i`, `changed who may do what: create rolebindings sync`. */
export function callDid(call: CallItem): string {
  const { did } = words[call.mark];
  const what = detailOf(call);
  return what === '' ? did : `${did}: ${what}`;
}

/** Whether the API server forbade it: who asked may not do that. It did nothing. */
export function isRefused({ code, decision }: Pick<CallItem, 'code' | 'decision'>): boolean {
  return decision === 'forbid' || code === UNAUTHORIZED || code === FORBIDDEN;
}

/** What became of a call that did nothing: `refused (403)`, `failed (404)`. Empty: it was served, or is not answered yet. */
export function failureWords(call: Pick<CallItem, 'code' | 'decision'>): string {
  if (isRefused(call)) return call.code === 0 ? 'refused' : `refused (${call.code})`;
  return call.code >= FIRST_FAILURE ? `failed (${call.code})` : '';
}

const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const FIRST_FAILURE = 400;

/** How sure it is who of the pod called; empty: nothing to say. */
export function callerWords({ callerBy, user, madeBy, makers }: CallItem): string {
  if (callerBy === 'service_account') return `by a pod of service account ${accountOf(user)}`;
  if (callerBy === null || madeBy !== null) return '';
  if (makers > 1) return `ambiguous: ${makers} of its processes may have made it`;
  return callerBy === 'address' ? 'came from its address' : '';
}

/** `system:serviceaccount:shop:web` as `shop/web`. */
function accountOf(user: string): string {
  const [, , namespace = '', name = ''] = user.split(':');
  return name === '' ? user : `${namespace}/${name}`;
}

function detailOf({ mark, command, verb, resource, namespace, name, container }: CallItem): string {
  switch (mark) {
    case 'exec':
      return command.join(' ');
    case 'ephemeral_container':
      return container;
    case 'rbac_changed':
    case 'secret_read':
    case 'refused':
      return [verb, resource, name === '' ? `in ${namespace}` : name]
        .filter((word) => word !== '')
        .join(' ');
    default:
      return '';
  }
}
