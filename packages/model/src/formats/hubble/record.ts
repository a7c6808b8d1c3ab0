import { isObject, type JsonObject, objectOf } from '../read.ts';

/** What of a record is Hubble's. A record of the agent has one of the three. */
export interface HubbleRecord {
  /** The record itself, with `node_name` and `time`; of a bare flow the flow. */
  readonly envelope: JsonObject;
  readonly flow?: JsonObject;
  readonly lost?: JsonObject;
  /** The event that is of no interest, by its key. */
  readonly skip?: string;
}

/** Keys that a flow has, whatever mask it went through; another tool's `flow` has none of them. */
const flowKeys = [
  'verdict',
  'IP',
  'l4',
  'l7',
  'source',
  'destination',
  'Type',
  'traffic_direction',
  'event_type',
  'trace_observation_point',
  'Summary',
  'node_name',
];

/** Ends of a flow: beside a verdict they make a bare flow. */
const endKeys = ['IP', 'l4', 'source', 'destination'];

const noise = ['agent_event', 'debug_event', 'node_status'];

/** Finds flow, loss or noise in a record; undefined for every other record. */
export function hubbleRecordOf(value: unknown): HubbleRecord | undefined {
  if (!isObject(value)) return undefined;
  const enveloped = typeof value.node_name === 'string';
  const wrapped = objectOf(value.flow);
  const flow =
    wrapped !== undefined && (enveloped || flowKeys.some((key) => wrapped[key] !== undefined))
      ? wrapped
      : undefined;
  const losses = objectOf(value.lost_events);
  const lost =
    losses !== undefined && (losses.num_events_lost ?? losses.source) !== undefined
      ? losses
      : undefined;
  const timed = enveloped || typeof value.time === 'string';
  const skip = timed ? noise.find((key) => isObject(value[key])) : undefined;
  if (flow !== undefined || lost !== undefined || skip !== undefined) {
    return {
      envelope: value,
      ...(flow === undefined ? {} : { flow }),
      ...(lost === undefined ? {} : { lost }),
      ...(skip === undefined ? {} : { skip }),
    };
  }
  return isBareFlow(value) ? { envelope: value, flow: value } : undefined;
}

function isBareFlow(value: JsonObject): boolean {
  const { verdict } = value;
  if (typeof verdict !== 'string' && typeof verdict !== 'number') return false;
  return endKeys.some((key) => isObject(value[key]));
}
