import { compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';

/** Shorter identities are chance (formats.md 1.6, 7). */
const SHORTEST = 12;

/** A container id without the runtime's scheme: `containerd://4f3…` becomes `4f3…`. */
export function bareContainerId(id: string): string {
  const scheme = id.indexOf('://');
  return scheme < 0 ? id : id.slice(scheme + 3);
}

/**
 * Joins the truncated container ids that agents print (12, 15, 24 or 31 digits) to what they are a prefix of, within one
 * node: the one full id, else the one longer truncation, else nothing (D28: ambiguous is not joined).
 */
export class DockerPrefixes {
  readonly #full: readonly string[];
  readonly #roots = new Map<string, string>();

  /** `full`: bare container ids seen on the node; `truncated`: every docker id there that came without one. */
  constructor(full: Iterable<string>, truncated: Iterable<string>) {
    this.#full = [...new Set(full)].sort(compareText);
    const ordered = [...new Set(truncated)].sort(compareText);
    for (let i = ordered.length - 1; i >= 0; i -= 1) {
      const text = ordered[i] ?? '';
      const end = endOfPrefix(ordered, i + 1, text);
      const first = this.#roots.get(ordered[i + 1] ?? '');
      const last = this.#roots.get(ordered[end - 1] ?? '');
      const joins = text.length >= SHORTEST && end > i + 1 && first === last;
      this.#roots.set(text, joins && first !== undefined ? first : text);
    }
  }

  /** The full id that the truncation means; undefined: none, or more than one. */
  fullIdOf(docker: string): string | undefined {
    if (docker.length < SHORTEST) return undefined;
    const at = lowerBound(this.#full, docker);
    const found = this.#full[at];
    if (found === undefined || !found.startsWith(docker)) return undefined;
    return this.#full[at + 1]?.startsWith(docker) === true ? undefined : found;
  }

  /** The longest truncation that stands for the same container, for ids without a full one. */
  rootOf(docker: string): string {
    return this.#roots.get(docker) ?? docker;
  }
}

/** The end of the run, from `from`, of ordered texts that begin with `prefix`. */
function endOfPrefix(ordered: readonly string[], from: number, prefix: string): number {
  return (
    from +
    partitionPoint(ordered.length - from, (index) =>
      (ordered[from + index] ?? '').startsWith(prefix),
    )
  );
}

function lowerBound(ordered: readonly string[], text: string): number {
  return partitionPoint(ordered.length, (index) => (ordered[index] ?? '') < text);
}
