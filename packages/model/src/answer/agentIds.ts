import { dialectOf } from '../event/dialects.ts';
import type { AlertFact } from '../event/facts.ts';
import type { Author, DerivedProcess } from '../graph/derived.ts';
import type { SeenAlert } from '../query/subject.ts';
import type { WireAuthor } from '../wire/judgements.ts';
import type { TreeNode } from '../wire/tree.ts';
import { timeTextOf } from './timeText.ts';

/** What agents call a process, its own id first. */
export function idsOf(process: DerivedProcess): TreeNode['ids'] {
  const { dialect, execId: id } = process;
  return [{ dialect, id, evidence: 'own' }, ...process.ids];
}

/** An author as it is told. */
export function wireAuthor(author: Author): WireAuthor {
  return { ...author, sourceIps: [...author.sourceIps], time: timeTextOf(author.time) };
}

/** The agents that have an id for a process. */
export function agentsOf(process: DerivedProcess): readonly string[] {
  return [...new Set([process.dialect, ...process.ids.map(({ dialect }) => dialect)])];
}

/** Who had a process started, and whom they claimed to be. */
export function authorNames(author: Pick<Author, 'user' | 'impersonating'> | undefined): string[] {
  return [author?.user ?? '', author?.impersonating ?? ''].filter((name) => name !== '');
}

/** What a rule said, as filters see it. */
export function seenAlert({
  label,
  rule,
  severity,
  tags,
}: Pick<AlertFact, 'label' | 'rule' | 'severity' | 'tags'>): SeenAlert {
  return { rule, severity, tags, source: dialectOf(label) };
}
