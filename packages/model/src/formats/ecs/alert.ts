import type { AlertDetail } from '../../event/event.ts';
import { type Severity, severityOf } from '../../event/severity.ts';
import type { JsonObject } from '../read.ts';
import { datasetOf } from './claim.ts';
import { countAt, fieldAt, textAt, textsAt } from './fields.ts';

/** What a document judges: an alert of Defend, or one of a detection rule; undefined for an event. */
export function alertOf(record: JsonObject): AlertDetail | undefined {
  if (!isAlert(record)) return undefined;
  const message = textAt(record, 'message');
  const { severity, word } = gravityOf(record);
  return {
    rule:
      textAt(record, 'kibana.alert.rule.name') ??
      textAt(record, 'rule.name') ??
      message ??
      textAt(record, 'event.code') ??
      '',
    severity,
    severityWord: word,
    tags: tagsOf(record),
    output: textAt(record, 'kibana.alert.reason') ?? message ?? '',
    action: textsAt(record, 'Responses.action.action').join(', '),
    enforcer: '',
    result: textAt(record, 'event.outcome') ?? '',
    blocked: isPrevented(record, message),
  };
}

function isAlert(record: JsonObject): boolean {
  const kinds = textsAt(record, 'event.kind');
  return (
    kinds.includes('alert') ||
    kinds.includes('signal') ||
    datasetOf(record) === 'endpoint.alerts' ||
    fieldAt(record, 'kibana.alert.rule.name') !== undefined
  );
}

const byWord = new Map<string, Severity>([
  ['low', 'Notice'],
  ['medium', 'Warning'],
  ['high', 'Error'],
]);

const byGrade: readonly Severity[] = ['Notice', 'Notice', 'Warning', 'Error', 'Critical'];

/** The first word or number that grades the alert; an alert without a grade is a Notice. */
function gravityOf(record: JsonObject): { readonly severity: Severity; readonly word: string } {
  const word = textAt(record, 'kibana.alert.severity');
  const known = word === undefined ? undefined : (byWord.get(word) ?? severityOf(word));
  if (word !== undefined && known !== undefined) return { severity: known, word };
  const number =
    countAt(record, 'event.severity') ??
    countAt(record, 'event.risk_score') ??
    countAt(record, 'kibana.alert.risk_score');
  if (number === undefined) return { severity: 'Notice', word: word ?? '' };
  return { severity: byGrade[number] ?? byRisk(number), word: number.toString() };
}

/** Of a risk score from 0 to 100: the four grades are 21, 47, 73 and 99. */
function byRisk(score: number): Severity {
  if (score > 73) return 'Critical';
  if (score > 47) return 'Error';
  return score > 21 ? 'Warning' : 'Notice';
}

function tagsOf(record: JsonObject): readonly string[] {
  return [
    ...textsAt(record, 'threat.tactic.name'),
    ...textsAt(record, 'threat.technique.id'),
    ...textsAt(record, 'kibana.alert.rule.tags'),
  ];
}

/** The agent's own words for an attempt that it stopped: type `denied`, or an alert of prevention; unless stopping failed. */
function isPrevented(record: JsonObject, message: string | undefined): boolean {
  if (textAt(record, 'event.outcome') === 'failure') return false;
  const isDenied = textsAt(record, 'event.type').includes('denied');
  return isDenied || message?.endsWith('Prevention Alert') === true;
}
