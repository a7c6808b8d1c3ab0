import type { AlertItem } from '../../api/answers.ts';

/** Falco puts time and priority before its words; both stand in columns of their own. */
const FALCO_HEAD = /^\d\d:\d\d:\d\d\.\d{1,9}: [A-Z][a-z]+ /;

/** What the agent says to people on one line, without what other columns say; else what the alert was about. */
export function shortOutput({ output, subject }: Pick<AlertItem, 'output' | 'subject'>): string {
  const words = output.replace(FALCO_HEAD, '').replace(/\s+/g, ' ').trim();
  return words === '' ? subject : words;
}

/** What the agent did and what became of the attempt: `Block by BPFLSM: Permission denied`; empty: it only tells. */
export function outcomeWords({
  action,
  enforcer,
  result,
}: Pick<AlertItem, 'action' | 'enforcer' | 'result'>): string {
  const did = [action, enforcer === '' ? '' : `by ${enforcer}`].filter((word) => word !== '');
  return [did.join(' '), result].filter((word) => word !== '').join(': ');
}
