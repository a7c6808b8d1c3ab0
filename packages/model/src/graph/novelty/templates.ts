import type { Identity } from '../identity/identities.ts';
import { argumentTemplate } from './argumentTemplate.ts';

/** What every identity runs, as numbers: equal numbers are equal texts. Columns by identity. */
export interface Commands {
  readonly binary: Int32Array;
  /** Of the argument template. */
  readonly template: Int32Array;
  readonly binaries: readonly string[];
  readonly templates: readonly string[];
}

/** Reads each distinct command once. Number 0 is the empty text. */
export function commandsOf(identities: readonly Identity[]): Commands {
  const binaries = new Texts();
  const templates = new Texts();
  const byArguments: Map<string, number>[] = [];
  const binary = new Int32Array(identities.length);
  const template = new Int32Array(identities.length);
  for (let index = 0; index < identities.length; index += 1) {
    const fact = identities[index]?.fact;
    const id = binaries.idOf(fact?.binary ?? '');
    binary[index] = id;
    const args = fact?.arguments ?? '';
    if (args === '') continue;
    let known = byArguments[id];
    if (known === undefined) {
      known = new Map();
      byArguments[id] = known;
    }
    let found = known.get(args);
    if (found === undefined) {
      found = templates.idOf(argumentTemplate(fact?.binary ?? '', args));
      known.set(args, found);
    }
    template[index] = found;
  }
  return { binary, template, binaries: binaries.list, templates: templates.list };
}

class Texts {
  readonly list: string[] = [''];
  readonly #ids = new Map<string, number>([['', 0]]);

  idOf(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.list.length;
      this.#ids.set(text, id);
      this.list.push(text);
    }
    return id;
  }
}
