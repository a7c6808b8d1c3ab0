import { eventKinds, flowDirections } from '@forebear/model/event/event';
import type { AlertFact, AuditFact, FlowFact, Happening } from '@forebear/model/event/facts';
import { told } from '@forebear/model/event/readJudgements';
import { splitLines } from '@forebear/model/event/rowLists';
import { severityAt } from '@forebear/model/event/severity';
import { type Nanos, nanos } from '@forebear/model/event/time';
import { columnsOf, type JudgementTable } from '../layout/judgementTables.ts';
import type { CaseDb } from './caseDb.ts';

/** What every row begins with. Ids are those of `strings`; times and counters come as text. */
interface Placed {
  readonly seq: number;
  readonly process: number | null;
  readonly time: string | null;
  readonly node: number;
  readonly cluster: number;
  readonly label: number;
}

export interface FlowRow extends Placed {
  readonly direction: number;
  readonly protocol: number;
  readonly source_ip: number;
  readonly source_port: number;
  readonly destination_ip: number;
  readonly destination_port: number;
  readonly cookie: string;
  readonly names: number;
  readonly verdict: number;
  readonly reason: number;
  readonly bytes_sent: string | null;
  readonly bytes_received: string | null;
  readonly end_time: string | null;
  readonly source_namespace: number;
  readonly source_name: number;
  readonly source_workload: number;
  readonly destination_namespace: number;
  readonly destination_name: number;
  readonly destination_workload: number;
}

export interface AlertRow extends Placed {
  readonly kind: number;
  readonly subject: number;
  readonly rule: number;
  readonly severity: number;
  readonly severity_word: number;
  readonly tags: number;
  readonly output: string;
  readonly action: number;
  readonly enforcer: number;
  readonly result: number;
  readonly blocked: number;
}

export interface AuditRow extends Placed {
  readonly audit_id: string;
  readonly stage: number;
  readonly verb: number;
  readonly user: number;
  readonly groups: number;
  readonly impersonating: number;
  readonly source_ips: number;
  readonly user_agent: number;
  readonly resource: number;
  readonly subresource: number;
  readonly api_group: number;
  readonly namespace: number;
  readonly name: number;
  readonly decision: number;
  readonly code: number;
  readonly container: number;
  readonly command: number;
  readonly received: string | null;
  readonly caller_namespace: number;
  readonly caller_pod: number;
}

/** Numbers beyond 2^53: they come as text, the others as numbers (`detailFacts.ts` says why). */
const wide: ReadonlySet<string> = new Set([
  'time',
  'bytes_sent',
  'bytes_received',
  'end_time',
  'received',
]);

/** What the rows of a table are selected with, for the readers below; `where` and what follows are the caller's. */
export function selectJudgements(table: JudgementTable): string {
  const columns = columnsOf(table).map((name) =>
    wide.has(name) ? `CAST(${name} AS TEXT) AS ${name}` : name,
  );
  return `SELECT ${columns.join(', ')} FROM ${table}`;
}

/** Reads rows as facts. `keyOf`: the `processKey` of a process number. */
export class JudgementReader {
  readonly #db: CaseDb;
  readonly #keyOf: (key: number) => string;

  constructor(db: CaseDb, keyOf: (key: number) => string) {
    this.#db = db;
    this.#keyOf = keyOf;
  }

  flow(row: FlowRow): FlowFact {
    return {
      ...this.#placed(row),
      label: this.#text(row.label),
      direction: flowDirections[row.direction] ?? 'unknown',
      protocol: this.#text(row.protocol),
      sourceIp: this.#text(row.source_ip),
      sourcePort: row.source_port,
      destinationIp: this.#text(row.destination_ip),
      destinationPort: row.destination_port,
      cookie: row.cookie,
      names: this.#list(row.names),
      verdict: this.#text(row.verdict),
      reason: this.#text(row.reason),
      ...told({
        bytesSent: BigInt(row.bytes_sent ?? -1),
        bytesReceived: BigInt(row.bytes_received ?? -1),
        end: timeOf(row.end_time),
        sourcePod: {
          namespace: this.#text(row.source_namespace),
          name: this.#text(row.source_name),
          workload: this.#text(row.source_workload),
        },
        destinationPod: {
          namespace: this.#text(row.destination_namespace),
          name: this.#text(row.destination_name),
          workload: this.#text(row.destination_workload),
        },
      }),
    };
  }

  alert(row: AlertRow): AlertFact {
    return {
      ...this.#placed(row),
      label: this.#text(row.label),
      kind: eventKinds[row.kind] ?? 'other',
      subject: this.#text(row.subject),
      rule: this.#text(row.rule),
      severity: severityAt(row.severity),
      severityWord: this.#text(row.severity_word),
      tags: this.#list(row.tags),
      output: row.output,
      action: this.#text(row.action),
      enforcer: this.#text(row.enforcer),
      result: this.#text(row.result),
      blocked: row.blocked === 1,
    };
  }

  audit(row: AuditRow): AuditFact {
    const received = timeOf(row.received);
    return {
      ...this.#placed(row),
      auditId: row.audit_id,
      stage: this.#text(row.stage),
      verb: this.#text(row.verb),
      user: this.#text(row.user),
      groups: this.#list(row.groups),
      impersonating: this.#text(row.impersonating),
      sourceIps: this.#list(row.source_ips),
      userAgent: this.#text(row.user_agent),
      resource: this.#text(row.resource),
      subresource: this.#text(row.subresource),
      apiGroup: this.#text(row.api_group),
      namespace: this.#text(row.namespace),
      name: this.#text(row.name),
      decision: this.#text(row.decision),
      code: row.code,
      container: this.#text(row.container),
      command: this.#list(row.command),
      ...(received === undefined ? {} : { received }),
      callerNamespace: this.#text(row.caller_namespace),
      callerPod: this.#text(row.caller_pod),
    };
  }

  #placed(row: Placed): Happening {
    const time = timeOf(row.time);
    return {
      process: row.process === null ? '' : this.#keyOf(row.process),
      cluster: this.#text(row.cluster),
      node: this.#text(row.node),
      ...(time === undefined ? {} : { time }),
    };
  }

  #list(id: number): readonly string[] {
    return splitLines(this.#text(id));
  }

  #text(id: number): string {
    return this.#db.text(id);
  }
}

function timeOf(text: string | null): Nanos | undefined {
  return text === null ? undefined : nanos(BigInt(text));
}
