import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { ImportKind } from './readImports.ts';

/** Whether a path or specifier names code, by its ending. */
export function isSourceFile(path: string): boolean {
  return /\.[cm]?[jt]sx?(?:\?.*)?$/.test(path);
}

export type Resolved =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'nowhere' };

/** The model has no root export: it is imported by file, `@forebear/model/event/time`. */
const modelPrefix = '@forebear/model/';
const modelSource = 'packages/model/src/';

/**
 * Says what a specifier means in the file `from`: a file of this repository, a package, or one of
 * Node's own modules. A relative or model path that no file answers to is `nowhere`, because an
 * import the checker cannot follow would be an import it does not check. Vite's `?worker&url` and
 * the like are cut off first. The address of a worker may name the built `.js` of a `.ts`.
 */
export function resolveImport(
  from: string,
  specifier: string,
  kind: ImportKind,
  exists: (path: string) => boolean,
): Resolved {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) {
    const path = posix.join(posix.dirname(from), bare);
    const source = path.replace(/\.js$/, '.ts');
    return fileOrNowhere(kind === 'address' && !exists(path) ? source : path, exists);
  }
  if (bare.startsWith('/')) return { kind: 'nowhere' };
  if (bare.startsWith(modelPrefix)) {
    return fileOrNowhere(`${modelSource}${bare.slice(modelPrefix.length)}.ts`, exists);
  }
  if (isBuiltin(bare)) return { kind: 'builtin', name: bare.replace(/^node:/, '') };
  return { kind: 'package', name: packageOf(bare) };
}

function fileOrNowhere(path: string, exists: (path: string) => boolean): Resolved {
  return exists(path) ? { kind: 'file', path } : { kind: 'nowhere' };
}

function packageOf(specifier: string): string {
  const segments = specifier.split('/');
  return segments.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
