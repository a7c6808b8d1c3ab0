import { agentWords } from './agentWords.ts';

/** Of an alert what is told of a prevention. */
interface Prevention {
  readonly source: string;
  readonly rule: string;
  readonly result: string;
  readonly blocked: boolean;
}

/** Who prevented a process, and by what: `prevented by KubeArmor, block-package-managers: Permission denied`. */
export function preventionText(alerts: readonly Prevention[]): string {
  const by = alerts.find(({ blocked }) => blocked);
  if (by === undefined) return 'prevented: its exec was refused';
  const result = by.result === '' ? '' : `: ${by.result}`;
  return `prevented by ${agentWords(by.source)}, ${by.rule}${result}`;
}
