import type { Author, DerivedProcess } from '../graph/derived.ts';
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
