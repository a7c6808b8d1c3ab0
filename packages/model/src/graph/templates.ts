import { argumentTemplate } from './argumentTemplate.ts';
import type { Identity } from './identities.ts';

/** The argument template of every identity, each distinct command read once; empty: no arguments. */
export function templatesOf(identities: readonly Identity[]): string[] {
  const known = new Map<string, Map<string, string>>();
  return identities.map(({ fact: { binary = '', arguments: args = '' } }) => {
    if (args === '') return '';
    let ofBinary = known.get(binary);
    if (ofBinary === undefined) {
      ofBinary = new Map();
      known.set(binary, ofBinary);
    }
    let template = ofBinary.get(args);
    if (template === undefined) {
      template = argumentTemplate(binary, args);
      ofBinary.set(args, template);
    }
    return template;
  });
}
