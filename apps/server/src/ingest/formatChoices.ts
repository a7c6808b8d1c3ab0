import { formatOf, formats } from '@forebear/model/formats/registry';
import type { FormatChoice, Problem } from '@forebear/model/wire/problem';

/** The formats that a log may be asked to be read as. */
export function formatChoices(): FormatChoice[] {
  return formats.map(({ id, title }) => ({ id, title }));
}

/** What is wrong with a format that was asked for; undefined: there is one, or it is to be found (`auto`). */
export function formatProblem(id: string): Problem | undefined {
  if (id === 'auto' || formatOf(id) !== undefined) return undefined;
  const choices = formatChoices();
  const ids = ['auto', ...choices.map((choice) => choice.id)].join(', ');
  return {
    code: 'bad_request',
    message: `There is no format called ${id}. There are: ${ids}.`,
    details: { formats: choices },
  };
}
