import { noLedger, sumLedgers } from '@forebear/model/wire/ledgers';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import type { Damage, Intake, Member } from '../intake/member.ts';
import type { SourceProgress } from '../store/ports.ts';
import type { DecodeReport } from './decoding.ts';

/** A member as its source tells of it. */
type ToldMember = Source['members'][number];

const noReport: DecodeReport = {
  bytes: 0,
  records: 0,
  decoded: 0,
  formats: [],
  reasons: [],
  firstUnread: [],
  near: [],
};

/** As many lines as a refusal shows. */
const mostUnread = 5;

/** What one run over a body has come to so far: its members in order, what they were decoded as, what was committed. */
export class RunTally {
  readonly #members: Member[] = [];
  readonly #told: ToldMember[] = [];
  #report = noReport;
  readonly #formats = new Map<string, number>();
  /** Quarantined and skipped records by reason. */
  readonly reasons = new Map<string, number>();
  /** Quarantined records by the formats that came close to them. */
  readonly near = new Map<string, number>();
  /** How the first records begin that were not read. */
  readonly firstUnread: string[] = [];
  ledger = noLedger;
  decoded = 0;

  /** The members entered so far. */
  get count(): number {
    return this.#members.length;
  }

  /** The member that is read next. */
  enter(member: Member): void {
    const name = member.path.slice(1).join('/') || member.name;
    this.#members.push(member);
    this.#told.push({ name, bytes: 0, records: 0, damage: [] });
    this.#report = noReport;
  }

  /** What the member that is being read has amounted to. */
  advance(report: DecodeReport): void {
    const told = this.#told.at(-1);
    if (told === undefined) return;
    told.bytes = report.bytes;
    told.records = report.records;
    addGrowth(this.#formats, this.#report.formats, report.formats);
    addGrowth(this.reasons, this.#report.reasons, report.reasons);
    addGrowth(this.near, this.#report.near, report.near);
    const fresh = report.firstUnread.slice(this.#report.firstUnread.length);
    this.firstUnread.push(...fresh.slice(0, mostUnread - this.firstUnread.length));
    this.decoded += report.decoded - this.#report.decoded;
    this.#report = report;
  }

  /** What was committed. */
  commit(added: Ledger): void {
    this.ledger = sumLedgers(this.ledger, added);
  }

  /** When all is read: whose every damage is. One that no member has, as of an archive's own structure, stands with the first. */
  noteDamage(intake: Intake): void {
    const own = new Map<Damage, ToldMember>();
    for (const [index, member] of this.#members.entries()) {
      const told = this.#told[index];
      if (told !== undefined) for (const damage of member.damage()) own.set(damage, told);
    }
    for (const damage of intake.damage()) {
      const { kind, compressedOffset: offset, reason } = damage;
      const told = own.get(damage) ?? this.#told[0];
      told?.damage.push({ kind, offset, reason });
    }
  }

  progress(bytesReceived: number): SourceProgress {
    return {
      bytesReceived,
      members: this.#told,
      formats: Object.fromEntries(this.#formats),
    };
  }
}

function addGrowth(
  totals: Map<string, number>,
  before: DecodeReport['formats'],
  after: DecodeReport['formats'],
): void {
  const known = new Map(before);
  for (const [key, count] of after)
    totals.set(key, (totals.get(key) ?? 0) + count - (known.get(key) ?? 0));
}
