import { clippedLine } from '../logText.ts';
import type { JsonObject } from '../read.ts';
import { countAt, textAt } from './fields.ts';
import { actionsOf } from './happening.ts';

/** What Defend calls a change of a file, and what we call it. */
const verbs = new Map([
  ['creation', 'create'],
  ['deletion', 'delete'],
  ['modification', 'write'],
  ['overwrite', 'write'],
  ['open', 'open'],
  ['rename', 'rename'],
]);

/** `create /etc/cron.d/x`; undefined without a path. */
export function fileSubject(record: JsonObject): string | undefined {
  const path = textAt(record, 'file.path') ?? textAt(record, 'file.name');
  if (path === undefined) return undefined;
  const [action = 'access'] = actionsOf(record);
  const verb = verbs.get(action) ?? action;
  const before = verb === 'rename' ? textAt(record, 'file.Ext.original.path') : undefined;
  return clippedLine(`${verb} ${before === undefined ? path : `${before} → ${path}`}`);
}

/** Tells whether the document's action is one on a file. */
export function isFileAction(record: JsonObject): boolean {
  return actionsOf(record).some((action) => verbs.has(action));
}

/** The library or driver that was loaded. */
export function librarySubject(record: JsonObject): string | undefined {
  const path =
    textAt(record, 'dll.path') ??
    textAt(record, 'driver.path') ??
    textAt(record, 'file.path') ??
    textAt(record, 'dll.name');
  return path === undefined ? undefined : clippedLine(path);
}

/** The image that an exec replaced. */
export function execSubject(record: JsonObject): string | undefined {
  const before = textAt(record, 'process.previous.executable');
  return before === undefined ? undefined : clippedLine(`replaced ${before}`);
}

/** What any other event of a process is about: its action, and what that acted on. */
export function otherSubject(record: JsonObject): string | undefined {
  const words = [
    ...actionsOf(record).slice(0, 1),
    textAt(record, 'process.Ext.load_module.name'),
    textAt(record, 'process.Ext.memfd.name'),
    tracedChild(record),
    textAt(record, 'process.io.text'),
    textAt(record, 'registry.path'),
    textAt(record, 'http.request.method'),
    textAt(record, 'url.full'),
  ].filter((word) => word !== undefined);
  return words.length === 0 ? undefined : clippedLine(words.join(' '));
}

function tracedChild(record: JsonObject): string | undefined {
  return countAt(record, 'process.Ext.ptrace.child_pid')?.toString();
}
