import type { Facts } from '@forebear/model/event/facts';
import { type PartitionTable, tableOf } from '../layout/partitionTables.ts';
import type { ProcessRow } from '../layout/processRow.ts';
import type { CaseDb } from './caseDb.ts';
import {
  DetailReader,
  detailSelects,
  type ExitRow,
  type LookupRow,
  type SocketRow,
} from './detailFacts.ts';
import { FactBag } from './factBag.ts';
import {
  type AlertRow,
  type AuditRow,
  type FlowRow,
  JudgementReader,
  selectJudgements,
} from './judgementFacts.ts';
import { ProcessLoader } from './processLoader.ts';
import type { SmallFacts } from './smallFacts.ts';

/** Every fact of the case. */
export function loadWhole(db: CaseDb, small: SmallFacts): Facts {
  const bag = new FactBag();
  const processes = new ProcessLoader(db, small.podKeys);
  for (const row of db.iterate<ProcessRow>('SELECT * FROM processes', [], 'safe'))
    processes.take(row);
  processes.addTo(bag, true);
  const details = new DetailReader(db, processes.keyText);
  for (const { number } of db.partitions) {
    const select = (table: PartitionTable & keyof typeof detailSelects) =>
      detailSelects[table]
        .replace('{table}', tableOf(table, number))
        .replace('{events}', tableOf('events', number))
        .replace('{where}', '1');
    for (const row of db.iterate<SocketRow>(select('sockets'))) bag.addSocket(details.socket(row));
    for (const row of db.iterate<LookupRow>(select('lookups'))) bag.addLookup(details.lookup(row));
    for (const row of db.iterate<ExitRow>(select('exits'))) bag.addExit(details.exit(row));
  }
  const judgements = new JudgementReader(db, processes.keyText);
  for (const row of db.iterate<FlowRow>(selectJudgements('flows')))
    bag.addFlow(judgements.flow(row));
  for (const row of db.iterate<AlertRow>(selectJudgements('alerts')))
    bag.addAlert(judgements.alert(row));
  for (const row of db.iterate<AuditRow>(selectJudgements('audits')))
    bag.addAudit(judgements.audit(row));
  return bag.facts(small);
}
