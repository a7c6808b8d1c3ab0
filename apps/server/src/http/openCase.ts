import type { CaseStore } from '../store/ports.ts';
import type { HttpDeps } from './deps.ts';
import { valueOf } from './problems.ts';

/** The case a request names. Throws `unknown_case`. */
export async function openCase(deps: HttpDeps, query: { case: string }): Promise<CaseStore> {
  return valueOf(await deps.cases.open(query.case));
}
