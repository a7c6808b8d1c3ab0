import { oneLine } from './read.ts';

/** What a list has room for; all of a text stays in the raw record. */
const LONGEST_LINE = 2_000;

/**
 * An argument list as one text in the manner of agents that print one: joined by spaces, an argument with white space in it and an
 * empty one in quotes. `list` begins with the first argument, not with the program. Undefined when nothing is left to print.
 */
export function joinedArguments(list: readonly unknown[]): string | undefined {
  const words: string[] = [];
  for (const item of list) if (typeof item === 'string') words.push(quoted(item));
  return words.length === 0 ? undefined : words.join(' ');
}

/** A text for a list: one line of at most 2,000 characters, the end of a longer one cut off and marked. */
export function clippedLine(text: string): string {
  const line = oneLine(text);
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE - 1)}…`;
}

function quoted(argument: string): string {
  return argument === '' || /\s/.test(argument) ? `"${argument}"` : argument;
}
