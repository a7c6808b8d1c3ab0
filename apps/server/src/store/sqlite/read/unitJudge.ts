import { type Part, wholePart } from '@forebear/model/answer/part';
import { defaultLateMs } from '@forebear/model/query/duration';
import { Digest } from '../../digest.ts';
import { type CaseView, treeOf } from '../../questions.ts';
import type { Forests } from './forests.ts';

/** Events up to which a case is derived whole for a comparison: some 60,000 processes. */
const wholeUpTo = 200_000;

/**
 * Says whether parts of a case give the same as more of it does. Of a case that is not too large for it the measure is the
 * whole; of a larger one each pod's own facts are held against its unit, so that no more than a unit is derived at once.
 */
export class UnitJudge {
  readonly faults: string[] = [];
  readonly comparedWith: 'whole' | 'units';
  readonly #forests: Forests;
  readonly #view: CaseView;

  constructor(forests: Forests, view: CaseView) {
    this.#forests = forests;
    this.#view = view;
    const isWhole = forests.isUndivided || forests.hasUpTo(wholeUpTo);
    this.comparedWith = isWhole ? 'whole' : 'units';
  }

  /** Compares the tree of each of the part's pods with that from the pod's own facts, where any answer is given from those. */
  comparePods(part: Part): void {
    if (this.#forests.isUndivided) return;
    const { derived, ownsPod } = part;
    const measure = this.comparedWith === 'whole' ? this.#forests.whole(defaultLateMs) : derived;
    for (const [index, { fact, cluster }] of derived.pods.entries()) {
      if (!ownsPod(index)) continue;
      const { namespace, name: pod, uid } = fact;
      const of = { kind: 'pod' as const, namespace, pod, cluster, uid };
      const query = { of, lateLimitMs: defaultLateMs };
      const own = treeOf({ all: this.#forests.partOfPod(of, defaultLateMs) }, this.#view, query);
      if (JSON.stringify(own) !== JSON.stringify(treeOf({ all: measure }, this.#view, query)))
        this.faults.push(`pod ${namespace}/${pod}: its part of the facts gives another tree`);
    }
  }

  /** Compares what all parts together gave with the whole, when that is the measure. */
  compareDigest(ofParts: Digest): void {
    if (this.comparedWith !== 'whole') return;
    const digest = new Digest();
    digest.add(wholePart(this.#forests.whole(defaultLateMs)));
    if (digest.text() !== ofParts.text())
      this.faults.push('units: together they give another forest than the whole');
  }
}
