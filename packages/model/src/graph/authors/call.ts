import type { AuditMark } from '../../event/auditMark.ts';
import type { AuditFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';

/** A call to the API server that is worth a mark on a timeline; its stages are one. */
export interface Call {
  readonly mark: AuditMark;
  /** The latest stage. */
  readonly audit: AuditFact;
  /** When it came in. */
  readonly received: Nanos | undefined;
  /** When it was over, as far as the log tells. */
  readonly ended: Nanos | undefined;
  /** Indexes into `Derived.pods`; undefined: not known. */
  readonly target: number | undefined;
  readonly caller: number | undefined;
}
