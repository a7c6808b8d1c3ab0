import { isObject, type JsonObject } from '../read.ts';
import { fieldAt, textAt } from './fields.ts';

/**
 * Tells a document that speaks of a process of Elastic Defend's making, or is of one of its data sets. A search hit is not: what lies in
 * its `_source` is.
 */
export function isEcsDocument(value: unknown): value is JsonObject {
  if (!isObject(value) || Object.hasOwn(value, '_source')) return false;
  if (datasetOf(value).startsWith('endpoint.')) return true;
  return (
    fieldAt(value, '@timestamp') !== undefined && textAt(value, 'process.entity_id') !== undefined
  );
}

/** The data set: `endpoint.events.process`, `endpoint.alerts`, …; empty when the document names none. */
export function datasetOf(record: JsonObject): string {
  return textAt(record, 'event.dataset') ?? textAt(record, 'data_stream.dataset') ?? '';
}
