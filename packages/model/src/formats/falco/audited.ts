import type { Sighting } from '../../event/sighting.ts';
import { podIdOf } from '../../event/spelledIds.ts';
import { bracketField, type Fields, firstText, textField } from './fields.ts';

/** What the `k8saudit` plugins call their source. */
const AUDIT = 'k8s_audit';

/**
 * Whether a record is of a plugin that reads the API server's audit log: by its source, or by fields that no other has (Falcosidekick
 * says `syscalls` where Falco gave no source).
 */
export function isAudited(source: string | undefined, fields: Fields): boolean {
  return source === AUDIT || firstText(fields, auditFields) !== undefined;
}

const auditFields = ['ka.verb', 'ka.user.name', 'ka.target.resource', 'ka.uri', 'ka.auditid'];

/** What stands for the pod that a call was made on; undefined when it was on anything else. */
export function auditedPod(fields: Fields): Sighting | undefined {
  const name = podName(fields);
  if (name === undefined) return undefined;
  const namespace = textField(fields, 'ka.target.namespace') ?? '';
  const container = bracketField(fields, 'ka.uri.param', 'container') ?? '';
  return {
    rank: 1,
    id: podIdOf('falco', namespace, name, container),
    traits: 0,
    pod: { namespace, name },
  };
}

/** `create pods/exec hello/nginx-1: cat`: the call, as far as the fields tell. */
export function auditedSubject(fields: Fields): string | undefined {
  const verb = textField(fields, 'ka.verb');
  const resource = textField(fields, 'ka.target.resource');
  const part = textField(fields, 'ka.target.subresource');
  const namespace = textField(fields, 'ka.target.namespace');
  const name = textField(fields, 'ka.target.name') ?? textField(fields, 'ka.resp.name');
  const what = resource === undefined || part === undefined ? resource : `${resource}/${part}`;
  const whom = namespace === undefined || name === undefined ? name : `${namespace}/${name}`;
  const words = [verb, what, whom].filter((word) => word !== undefined).join(' ');
  if (words === '') return undefined;
  const command = bracketField(fields, 'ka.uri.param', 'command');
  return command === undefined ? words : `${words}: ${command}`;
}

/** A pod that is created under a generated name has its name only in the response. */
function podName(fields: Fields): string | undefined {
  const told = textField(fields, 'ka.target.pod.name');
  if (told !== undefined) return told;
  if (textField(fields, 'ka.target.resource') !== 'pods') return undefined;
  return textField(fields, 'ka.target.name') ?? textField(fields, 'ka.resp.name');
}
