import type { Identity } from '../identity/identities.ts';

/**
 * The identities by each of their `processKey`s. Nearly every key means one, so only the others cost a list; and most logs
 * name either all clusters or none, so each kind of key is read when the first of its kind is asked for.
 */
export class KeyTable {
  readonly #identities: readonly Identity[];
  #named: Keys | undefined;
  #unnamed: Keys | undefined;

  constructor(identities: readonly Identity[]) {
    this.#identities = identities;
  }

  /** The smallest index; undefined for a key that nobody knows. */
  firstOf(key: string): number | undefined {
    return this.#keysLike(key).first.get(key);
  }

  /** All indexes, rising; undefined where there are less than two. */
  severalOf(key: string): readonly number[] | undefined {
    return this.#keysLike(key).all.get(key);
  }

  *keys(): Generator<string, void> {
    yield* this.#allUnnamed().first.keys();
    yield* this.#allNamed().first.keys();
  }

  #keysLike(key: string): Keys {
    return isUnnamed(key) ? this.#allUnnamed() : this.#allNamed();
  }

  #allNamed(): Keys {
    this.#named ??= readKeys(this.#identities, false);
    return this.#named;
  }

  #allUnnamed(): Keys {
    this.#unnamed ??= readKeys(this.#identities, true);
    return this.#unnamed;
  }
}

interface Keys {
  readonly first: ReadonlyMap<string, number>;
  readonly all: ReadonlyMap<string, readonly number[]>;
}

function readKeys(identities: readonly Identity[], unnamed: boolean): Keys {
  const first = new Map<string, number>();
  const all = new Map<string, number[]>();
  for (let index = 0; index < identities.length; index += 1) {
    for (const key of identities[index]?.keys ?? []) {
      if (isUnnamed(key) !== unnamed) continue;
      const known = first.get(key);
      if (known === undefined) first.set(key, index);
      else {
        const several = all.get(key);
        if (several === undefined) all.set(key, [known, index]);
        else several.push(index);
      }
    }
  }
  return { first, all };
}

/** A key whose cluster is empty: `dialect`, NUL, NUL, id. */
function isUnnamed(key: string): boolean {
  return key.charCodeAt(key.indexOf('\0') + 1) === 0;
}
