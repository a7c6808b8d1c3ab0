import type { AlertDetail } from '../../event/event.ts';
import { severityOf } from '../../event/severity.ts';
import { type JsonObject, oneLine, textOf, textsOf } from '../read.ts';
import { type Fields, pidField, textField } from './fields.ts';

const MOST_TAGS = 64;
const MOST_NAME = 256;

/** The alert that a record is: rule, priority, tags and output text; undefined when the priority is none of Falco's. */
export function alertOf(record: JsonObject, rule: string, fields: Fields): AlertDetail | undefined {
  const severityWord = textOf(record.priority) ?? '';
  const severity = severityOf(severityWord);
  if (severity === undefined) return undefined;
  return {
    rule: ruleName(rule),
    severity,
    severityWord,
    tags: textsOf(record.tags).slice(0, MOST_TAGS),
    output: textOf(record.output) ?? textOf(record.message) ?? '',
    action: '',
    enforcer: '',
    result: textField(fields, 'evt.res') ?? '',
    blocked: false,
  };
}

/** A rule's name as one line of bounded length. */
export function ruleName(rule: string): string {
  const line = oneLine(rule);
  return line.length <= MOST_NAME ? line : `${line.slice(0, MOST_NAME - 1)}…`;
}

/** Whether a record tells of an exec, by its event or, where it does not name that, by its rule. */
export function tellsExec(alert: AlertDetail, fields: Fields): boolean {
  const type = textField(fields, 'evt.type');
  if (type !== undefined) return type === 'execve' || type === 'execveat';
  if (execRules.has(alert.rule)) return true;
  // An exec works on no descriptor.
  if (textField(fields, 'fd.name') !== undefined) return false;
  return isQuiet(alert) && speaksOfExec(alert, fields);
}

/**
 * Whether the rule only writes down what happens: a mild priority, no tag by which detections are sorted, and a name, a tag or
 * an output that says so. Everything else is a detection, which also tells of its exec.
 */
export function isLog(alert: AlertDetail, fields: Fields): boolean {
  if (!isQuiet(alert)) return false;
  if (tellsExec(alert, fields)) return speaksOfExec(alert, fields) || LOGS_STARTS.test(alert.rule);
  if (textField(fields, 'evt.type') !== 'procexit') return false;
  return alert.tags.includes('procexit') || LOGS_ENDS.test(alert.rule);
}

const execTags: ReadonlySet<string> = new Set(['exec', 'execs', 'execve', 'execveat']);
const LOGS_EXEC =
  /exec(?:ve(?:at)?|s|utions?)?(?![a-z]).*(?:log|captur|syscall)|\blog.*exec(?:ve(?:at)?|s|utions?|uted)?(?![a-z])/i;
const LOGS_STARTS =
  /\b(?:all|captur\w*|every|log\w*|record\w*|trac\w*)\b.*\b(?:command|exec|launch|process|spawn|start)/i;
const LOGS_ENDS = /\b(?:all|captur\w*|every|log\w*|record\w*|trac\w*)\b.*\b(?:exit|end)/i;
/** How stock rules and their users sort detections: by maturity, by ATT&CK tactic and technique, by standard. */
const DETECTION = /^(?:maturity_|mitre_|T\d{4}\b|TA\d{4}\b|CIS\b|NIST|PCI|GDPR|HIPAA|SOC2)/i;

function isQuiet({ severity, tags }: AlertDetail): boolean {
  const mild = severity === 'Debug' || severity === 'Informational';
  return mild && !tags.some((tag) => DETECTION.test(tag));
}

function speaksOfExec(alert: AlertDetail, fields: Fields): boolean {
  if (alert.tags.some((tag) => execTags.has(tag.toLowerCase()))) return true;
  return LOGS_EXEC.test(alert.rule) || isFieldList(alert.output, fields);
}

/** An output that is one quoted list of fields, made for a machine, of a process with its parent. */
function isFieldList(output: string, fields: Fields): boolean {
  if (pidField(fields, 'proc.pid') === undefined || pidField(fields, 'proc.ppid') === undefined) {
    return false;
  }
  const text = output.trimEnd();
  const quote = text.indexOf('"');
  // Before it stand only the time and the priority.
  return (
    quote >= 0 &&
    quote <= 64 &&
    quote < text.length - 1 &&
    text.endsWith('"') &&
    isHead(text, quote)
  );
}

function isHead(text: string, end: number): boolean {
  return /^(?:[\dT:.+\-Z]+: \w+ )?$/.test(text.slice(0, end));
}

/** Stock rules whose condition is a spawned process, in every version: their old outputs do not name the event. */
const execRules: ReadonlySet<string> = new Set([
  'DB program spawned process',
  'Debugfs Launched in Privileged Container',
  'Drop and execute new binary in container',
  'Execution from /dev/shm',
  'Fileless execution via memfd_create',
  'Find AWS Credentials',
  'Launch Package Management Process in Container',
  'Launch Remote File Copy Tools in Container',
  'Launch Suspicious Network Tool in Container',
  'Launch Suspicious Network Tool on Host',
  'Netcat Remote Code Execution in Container',
  'Remove Bulk Data from Disk',
  'Run shell untrusted',
  'Search Private Keys or Passwords',
  'System user interactive',
  'Terminal shell in container',
  'User mgmt binaries',
]);
