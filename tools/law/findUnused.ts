import type { Room } from './importLaw.ts';
import { coversPackage, coversRoom, type Place } from './rooms.ts';

/** What one import needed permission for: a file of another room, a package, one of Node's own modules. */
export type Need =
  | { readonly kind: 'room'; readonly from: Place; readonly to: Place }
  | { readonly kind: 'package'; readonly from: Place; readonly name: string }
  | { readonly kind: 'builtin'; readonly from: Place; readonly name: string };

/**
 * The permissions of the law that no import needs, in the law's order, one sentence of fact each. A
 * permission with a star is needed when any import falls under it; one import may need several. Whether
 * `node:process` is needed is not asked: it is a global too.
 */
export function findUnused(law: readonly Room[], needs: readonly Need[]): string[] {
  return law.flatMap((row) => {
    const own = needs.filter(({ from }) => from.row === row);
    const rooms = row.imports.filter(
      (entry) => !own.some((need) => need.kind === 'room' && coversRoom(entry, need.to)),
    );
    const packages = row.npm.filter(
      (entry) => !own.some((need) => need.kind === 'package' && coversPackage(entry, need.name)),
    );
    return [
      ...rooms.map((entry) => `${row.name} may import ${entry}, and no file of it does`),
      ...packages.map((entry) => `${row.name} may use the npm ${entry}, and no file of it does`),
      ...(row.node !== 'none' && !own.some(({ kind }) => kind === 'builtin')
        ? [`${row.name} may use node:, and no file of it does`]
        : []),
    ];
  });
}
