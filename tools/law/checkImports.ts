import { findCycles } from './findCycles.ts';
import { findUnused, type Need } from './findUnused.ts';
import type { Room } from './importLaw.ts';
import { type FoundImport, readImports } from './readImports.ts';
import { isSourceFile, resolveImport } from './resolveImport.ts';
import {
  type FindPlace,
  mayImportBuiltin,
  mayImportPackage,
  mayImportRoom,
  type Place,
  placesOf,
} from './rooms.ts';

export type ViolationCode =
  | 'no_room'
  | 'room_not_allowed'
  | 'package_not_allowed'
  | 'builtin_not_allowed'
  | 'resolves_nowhere'
  | 'unjudgeable'
  | 'cycle';

export interface Violation {
  readonly code: ViolationCode;
  readonly file: string;
  /** 1-based; 0 when the whole file is meant. */
  readonly line: number;
  /** One sentence of fact: who, what, why not. */
  readonly message: string;
}

export interface LawReport {
  /** Source files read. Zero means that nothing was checked, which is never a pass. */
  readonly files: number;
  readonly imports: number;
  readonly violations: readonly Violation[];
  /** Permissions that nothing needs, one sentence each: the law is to say what is so. */
  readonly unused: readonly string[];
}

/** What the checker is told about the tree: text of the source files, and the paths of the rest. */
export interface SourceTree {
  readonly sources: ReadonlyMap<string, string>;
  /** Style sheets, pictures, JSON: they may be imported, and belong to the room they lie in. */
  readonly assets: ReadonlySet<string>;
}

/** Holds every import of the tree to the law. Pure: same tree, same report, in the tree's order. */
export function checkImports(tree: SourceTree, law: readonly Room[]): LawReport {
  const findPlace = placesOf(law);
  const exists = (path: string) => tree.sources.has(path) || tree.assets.has(path);
  const violations: Violation[] = [];
  const edges = new Map<string, string[]>();
  const needs: Need[] = [];
  let imports = 0;

  for (const [file, text] of tree.sources) {
    const place = findPlace(file);
    if (place === undefined) {
      violations.push(noRoom(file));
      continue;
    }
    const targets: string[] = [];
    edges.set(file, targets);
    for (const found of readImports(file, text)) {
      imports += 1;
      const verdict = judge(file, place, found, exists, findPlace);
      if (verdict.violation !== undefined) violations.push(verdict.violation);
      if (verdict.target !== undefined) targets.push(verdict.target);
      if (verdict.need !== undefined) needs.push(verdict.need);
    }
  }
  for (const cycle of findCycles(edges)) {
    const message = `imports in a circle: ${cycle.join(' -> ')}`;
    violations.push({ code: 'cycle', file: cycle[0] ?? '', line: 0, message });
  }
  return { files: tree.sources.size, imports, violations, unused: findUnused(law, needs) };
}

interface Verdict {
  readonly violation?: Violation;
  readonly target?: string;
  readonly need?: Need;
}

function judge(
  file: string,
  place: Place,
  found: FoundImport,
  exists: (path: string) => boolean,
  findPlace: FindPlace,
): Verdict {
  const { kind, specifier, line } = found;
  const broken = (code: ViolationCode, message: string): Verdict => ({
    violation: { code, file, line, message },
  });
  if (isDataFile(found, place)) return {};
  if (kind === 'unjudgeable' || kind === 'computed address') {
    return broken('unjudgeable', `an import that cannot be read off the text: ${specifier}`);
  }
  const resolved = resolveImport(file, specifier, kind, exists);
  switch (resolved.kind) {
    case 'nowhere':
      return broken('resolves_nowhere', `no file answers to ${specifier} (write its own name)`);
    case 'builtin':
      if (mayImportBuiltin(place, resolved.name)) {
        return { need: { kind: 'builtin', from: place, name: resolved.name } };
      }
      return broken('builtin_not_allowed', `${place.name} may not use node:${resolved.name}`);
    case 'package':
      if (mayImportPackage(place, resolved.name)) {
        return { need: { kind: 'package', from: place, name: resolved.name } };
      }
      return broken('package_not_allowed', `${place.name} may not use the npm ${resolved.name}`);
    case 'file': {
      const target = findPlace(resolved.path);
      if (target !== undefined && mayImportRoom(place, target)) {
        if (place.name === target.name) return { target: resolved.path };
        return { target: resolved.path, need: { kind: 'room', from: place, to: target } };
      }
      const to = target?.name ?? `${resolved.path} (in no room)`;
      const message = `${place.name} may not import ${to} (${kind}: ${specifier})`;
      return { ...broken('room_not_allowed', message), target: resolved.path };
    }
  }
}

/**
 * An address may name a folder or a data file, which need not exist when the code is read. Programs
 * that may do anything with files (tests, tools, benchmarks) may also compute it.
 */
function isDataFile({ kind, specifier }: FoundImport, { row }: Place): boolean {
  if (kind === 'address') return !isSourceFile(specifier);
  return kind === 'computed address' && row.node === 'all';
}

function noRoom(file: string): Violation {
  const message = 'lies in no room: put it into one, or add its room to tools/law/importLaw.ts';
  return { code: 'no_room', file, line: 0, message };
}
