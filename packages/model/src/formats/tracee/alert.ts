import type { AlertDetail } from '../../event/event.ts';
import { type Severity, severityOf } from '../../event/severity.ts';
import { countOf, type JsonObject, objectOf, oneLine, textOf, textsOf } from '../read.ts';

/** Tracee's grades, by number. */
const grades: readonly Severity[] = ['Informational', 'Notice', 'Warning', 'Error', 'Critical'];
const byWord = new Map<string, Severity>([
  ['low', 'Notice'],
  ['medium', 'Warning'],
  ['high', 'Error'],
]);

/** The signature that a classic record is of; undefined: it is none. */
export function alertOfMetadata(
  metadata: JsonObject | undefined,
  name: string,
): AlertDetail | undefined {
  const properties = objectOf(metadata?.Properties);
  if (properties === undefined) return undefined;
  const rule = textOf(properties.signatureName);
  const isSignature = rule !== undefined || textOf(properties.signatureID) !== undefined;
  if (!isSignature && properties.Severity === undefined) return undefined;
  const tags = [
    ...textsOf(metadata?.Tags),
    textOf(properties.Category),
    textOf(properties.Technique),
    textOf(properties.external_id),
  ];
  const output = textOf(metadata?.Description);
  return detailOf({ rule: rule ?? name, severity: properties.Severity, tags, output });
}

/** The threat that a record of the newer shape names. */
export function alertOfThreat(
  threat: JsonObject | undefined,
  name: string,
): AlertDetail | undefined {
  if (threat === undefined) return undefined;
  const mitre = objectOf(threat.mitre);
  const technique = objectOf(mitre?.technique);
  const tags = [
    textOf(objectOf(mitre?.tactic)?.name),
    textOf(technique?.name),
    textOf(technique?.id),
  ];
  const output = textOf(threat.description);
  return detailOf({ rule: textOf(threat.name) ?? name, severity: threat.severity, tags, output });
}

interface Judged {
  readonly rule: string;
  readonly severity: unknown;
  readonly tags: readonly (string | undefined)[];
  readonly output: string | undefined;
}

function detailOf({ rule, severity, tags, output = '' }: Judged): AlertDetail {
  const number = countOf(severity);
  const word = textOf(severity) ?? number?.toString() ?? '';
  return {
    rule,
    severity: gradeOf(number, word),
    severityWord: word,
    tags: tags.filter((tag) => tag !== undefined).map(oneLine),
    output,
    action: '',
    enforcer: '',
    result: '',
    // Tracee watches: it prevents nothing.
    blocked: false,
  };
}

/** A signature without a grade is a Notice; so is one of a grade that we do not know. */
function gradeOf(number: number | undefined, word: string): Severity {
  const graded = number === undefined ? undefined : grades[number];
  return graded ?? byWord.get(word.toLowerCase()) ?? severityOf(word) ?? 'Notice';
}
