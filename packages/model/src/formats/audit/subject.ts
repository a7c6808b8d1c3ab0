import type { AuditDetail } from '../../event/event.ts';
import { oneLine } from '../read.ts';
import { pathOf, queryValues } from './requestUri.ts';

const LONGEST_COMMAND = 1000;
const LONGEST_PATH = 1000;
const LAST_STAGE = 'ResponseComplete';

/**
 * A call in one line, so that a search finds who, what and the decision: `jane exec sh -c "ls /" in shop/basket-0[web]: allow
 * 101`, `jane as bob delete pods shop/basket-0: forbid 403`, `eve get /healthz: allow 200`.
 */
export function subjectOf(audit: AuditDetail, uri: string): string {
  const did = `${who(audit)} ${what(audit, uri)}`;
  const became = outcome(audit);
  return became === '' ? did : `${did}: ${became}`;
}

/** What a call is counted under: `create pods/exec`; of a path the verb alone, for there are too many. */
export function nameOfCall(audit: AuditDetail): string {
  return words(audit.verb, kindOf(audit)) || 'Event';
}

function who({ user, impersonating }: AuditDetail): string {
  const name = user === '' ? 'somebody' : user;
  return impersonating === '' ? name : `${name} as ${impersonating}`;
}

function what(audit: AuditDetail, uri: string): string {
  const { resource, subresource, verb, command } = audit;
  if (resource === '') return words(verb, shortened(oneLine(pathOf(uri)), LONGEST_PATH));
  if (resource === 'pods') {
    if (subresource === 'exec') return words('exec', commandText(command), 'in', where(audit));
    if (subresource === 'attach') return words('attach', where(audit));
    if (subresource === 'portforward') {
      return words('port-forward', portsOf(uri), 'to', where(audit));
    }
  }
  return words(verb, kindOf(audit), where(audit));
}

function kindOf({ resource, subresource }: AuditDetail): string {
  return subresource === '' ? resource : `${resource}/${subresource}`;
}

function where({ namespace, name, container }: AuditDetail): string {
  if (name === '') return namespace === '' ? '' : `in ${namespace}`;
  const object = namespace === '' ? name : `${namespace}/${name}`;
  return container === '' ? object : `${object}[${container}]`;
}

/** The decision and the code; and the stage where there is another one to come, or should have been. */
function outcome({ decision, code, stage }: AuditDetail): string {
  const said = words(decision, code === 0 ? '' : String(code));
  if (stage === LAST_STAGE || stage === '') return said;
  return said === '' ? stage : `${said}, ${stage}`;
}

/** As a shell would be given it. */
function commandText(command: readonly string[]): string {
  return shortened(command.map(quoted).join(' '), LONGEST_COMMAND);
}

function quoted(element: string): string {
  if (element !== '' && !/[\s"]/.test(element)) return element;
  return `"${element.replaceAll('"', '\\"')}"`;
}

function portsOf(uri: string): string {
  return shortened(oneLine(queryValues(uri, 'ports').join(',')), LONGEST_PATH);
}

function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
