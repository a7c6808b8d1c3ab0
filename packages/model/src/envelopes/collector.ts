import { isObject, type JsonObject, textOf } from '../formats/read.ts';
import { type Content, contentOf, type Envelope } from './envelope.ts';
import { clockOf, within } from './origin.ts';

/** Where collectors put the line: Fluent Bit and Fluentd, Vector and Filebeat, journald, logcli. */
const lineKeys = ['log', 'message', 'MESSAGE', 'line'];

/**
 * A record of a log collector, with the agent's line under one key of it: Fluent Bit, Fluentd, Vector, Filebeat, `journalctl -o
 * json`, `logcli -o jsonl`. What it tells of a pod is of the pod that printed the line, the agent's own: of all of it
 * only the node is true of the event as well.
 */
export const collector: Envelope = {
  id: 'collector',
  open: (value, around) => {
    const forms: Content[] = lineKeys.flatMap((key) => {
      const line = value[key];
      return typeof line === 'string' || isObject(line) ? [contentOf(line)] : [];
    });
    if (forms.length === 0) return undefined;
    const origin = within(around, { time: lineTimeOf(value), node: nodeOf(value) });
    return { certain: isMarked(value), records: [{ forms, origin }] };
  },
};

/** Keys that only collectors write beside a line. */
function isMarked(value: JsonObject): boolean {
  const { stream, kubernetes, agent } = value;
  return (
    stream === 'stdout' ||
    stream === 'stderr' ||
    isObject(kubernetes) ||
    typeof value.logtag === 'string' ||
    typeof value._p === 'string' ||
    typeof value.source_type === 'string' ||
    typeof value.__REALTIME_TIMESTAMP === 'string' ||
    (isObject(value.labels) && typeof value.line === 'string') ||
    (isObject(agent) && agent.type === 'filebeat')
  );
}

function lineTimeOf(value: JsonObject) {
  const { time, timestamp, date } = value;
  const micros = textOf(value.__REALTIME_TIMESTAMP);
  const written = micros === undefined ? undefined : `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  return (
    clockOf(time) ?? clockOf(timestamp) ?? clockOf(value['@timestamp']) ?? clockOf(date ?? written)
  );
}

function nodeOf({ kubernetes, host, hostname, _HOSTNAME }: JsonObject): string | undefined {
  const metadata = isObject(kubernetes) ? kubernetes : {};
  const node = isObject(metadata.node) ? metadata.node.name : undefined;
  const hostName = isObject(host) ? (host.name ?? host.hostname) : host;
  return (
    textOf(metadata.node_name) ??
    textOf(metadata.pod_node_name) ??
    textOf(metadata.host) ??
    textOf(node) ??
    textOf(hostName) ??
    textOf(hostname) ??
    textOf(_HOSTNAME)
  );
}
