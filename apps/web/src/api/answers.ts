/**
 * The shapes that features may name: what the door has checked, and the words of the wire that they need. Features see the wire through this room only.
 */
export type { AlertItem } from '@forebear/model/wire/alerts';
export type { CallItem } from '@forebear/model/wire/calls';
export type { CaseItem } from '@forebear/model/wire/cases';

export type { WireConnection } from '@forebear/model/wire/connections';

export type { ConversationItem, ConversationOrder } from '@forebear/model/wire/conversations';

export type { EventItem, HistogramAnswer } from '@forebear/model/wire/events';
export type { NodeItem, PodItem, PodMark } from '@forebear/model/wire/inventory';
export type { DestinationItem, HopItem } from '@forebear/model/wire/network';
export type { Completeness, Ledger } from '@forebear/model/wire/primitives';
export type { Source, SourceGap, SourceState } from '@forebear/model/wire/sources';
export type { StatsEvent } from '@forebear/model/wire/stream';
export type { ProcessAnswer } from '@forebear/model/wire/tree';
