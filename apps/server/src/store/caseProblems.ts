import { type Answer, failure } from './ports.ts';

/** What a shelf answers when a case cannot be had, the same for every adapter. */
export const badCaseName: Answer<never> = failure({
  code: 'bad_request',
  message: 'A case is named with letters, digits, dot, dash and underscore, at most 64.',
});

export function caseExists(name: string): Answer<never> {
  return failure({ code: 'case_exists', message: `There is a case ${name} already.` });
}

export function unknownCase(name: string): Answer<never> {
  return failure({ code: 'unknown_case', message: `No case ${name}.` });
}

/** What a case answers about its sources, the same for every adapter. */
export function sourceExists(id: string): Answer<never> {
  return failure({ code: 'source_exists', message: `A source ${id} is here already.` });
}

export function unknownSource(id: string): Answer<never> {
  return failure({ code: 'unknown_source', message: `No source ${id} in this case.` });
}
