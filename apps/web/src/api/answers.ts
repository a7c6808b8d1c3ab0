/**
 * The shapes that features may name: what the door has checked. Features see the wire through this room only.
 */
export type { CaseItem } from '@forebear/model/wire/cases';
export type { EventItem, EventsAnswer, HistogramAnswer } from '@forebear/model/wire/events';
export type { NodeItem, NodesAnswer, PodItem, PodsAnswer } from '@forebear/model/wire/inventory';
export type { DestinationItem, DestinationsAnswer, HopItem } from '@forebear/model/wire/network';
export type { Completeness, Ledger, WireFlag } from '@forebear/model/wire/primitives';
export type { Quarantined, Source, SourceGap, SourceState } from '@forebear/model/wire/sources';
export type { ProgressEvent, StatsEvent, UpsertEvent } from '@forebear/model/wire/stream';
export type { ProcessAnswer, TreeColumns, WireConnection } from '@forebear/model/wire/tree';
