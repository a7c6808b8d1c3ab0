import { parseFilter } from '@forebear/model/query/parseFilter';
import { ApiFailure } from './failure.ts';

/**
 * Why a filter cannot be asked, in the words of the server, which reads it with the same parser; undefined: it can.
 * Every list of a page carries the filter: looked at here, a bad one costs no question at all.
 */
export function filterFault(text: string): ApiFailure | undefined {
  const parsed = parseFilter(text);
  if (parsed.ok) return undefined;
  const { code, message, position } = parsed;
  return new ApiFailure({ code, message, retryable: false, status: 400, details: { position } });
}

/** The filter in two: what was understood, and from the first character that is to blame, its word and what comes after. */
export function faultIn(
  text: string,
  { details }: Pick<ApiFailure, 'details'>,
): { readonly before: string; readonly fault: string; readonly after: string } | undefined {
  const { position } = details;
  if (typeof position !== 'number') return undefined;
  const at = Math.max(0, Math.min(position, text.length));
  const [fault = ''] = /^\S*/.exec(text.slice(at)) ?? [];
  return { before: text.slice(0, at), fault, after: text.slice(at + fault.length) };
}
