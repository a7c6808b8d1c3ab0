import { describe, expect, it } from 'vitest';
import type { GapFact } from '../event/facts.ts';
import { gapFactsOf } from '../event/readFactBatch.ts';
import { formats } from '../formats/registry.ts';
import { ingestText } from '../formats/testing/ingestText.ts';

/** The gaps of a log of one line. */
function gapsIn(line: string): readonly Omit<GapFact, 'cluster' | 'node' | 'time'>[] {
  return ingestText(line)
    .batches.flatMap((batch) => [...gapFactsOf(batch)])
    .map(({ kind, count, detail }) => ({
      kind,
      ...(count === undefined ? {} : { count }),
      ...(detail === undefined ? {} : { detail }),
    }));
}

/** What agents say of their own losses: the dialect, what it is about, the line, the gap that it becomes. */
const losses: readonly (readonly [
  dialect: string,
  what: string,
  line: string,
  gap: ReturnType<typeof gapsIn>[number],
])[] = [
  [
    'tetragon',
    'events above the exporter’s limit',
    '{"rate_limit_info":{"number_of_dropped_process_events":"412"},"node_name":"n","time":"2026-01-01T00:00:00Z"}',
    { kind: 'rate_limit', count: 412 },
  ],
  [
    'tetragon',
    'a cgroup that the kernel no longer reports',
    '{"process_throttle":{"type":"THROTTLE_START","cgroup":"session-4.scope"},"node_name":"n","time":"2026-01-01T00:00:00Z"}',
    { kind: 'throttle_start', detail: 'session-4.scope' },
  ],
  [
    'tetragon',
    'its being reported again',
    '{"process_throttle":{"type":"THROTTLE_STOP","cgroup":"session-4.scope"},"node_name":"n","time":"2026-01-01T00:00:00Z"}',
    { kind: 'throttle_stop', detail: 'session-4.scope' },
  ],
  [
    'compact',
    'a cgroup that the kernel no longer reports, in words',
    '🧬 throttle START session-4.scope',
    { kind: 'throttle_start', detail: 'session-4.scope' },
  ],
  [
    'falco',
    'system calls that its driver dropped',
    '{"output":"Falco internal: syscall event drop. 81 system calls dropped in last second.","output_fields":{"n_drops":"81"},"priority":"Debug","rule":"Falco internal: syscall event drop","source":"internal","time":"2026-01-01T00:00:00Z"}',
    { kind: 'lost_events', count: 81, detail: 'system calls dropped before Falco read them' },
  ],
  [
    'falco',
    'alerts that its output queue had no room for',
    '{"output":"Falco metrics snapshot","output_fields":{"falco.outputs_queue_num_drops":7},"priority":"Informational","rule":"Falco internal: metrics snapshot","source":"internal","time":"2026-01-01T00:00:00Z"}',
    {
      kind: 'lost_events',
      count: 7,
      detail: 'alerts dropped from the output queue since Falco started',
    },
  ],
  [
    'kubearmor',
    'alerts above the limit of a container',
    '{"Timestamp":1775124660,"UpdatedTime":"2026-01-01T00:00:00.000000Z","ClusterName":"c","HostName":"n","NamespaceName":"shop","PodName":"web-1","Type":"SystemEvent","Operation":"AlertThreshold","MaxAlertsPerSec":10,"DroppingAlertsInterval":30}',
    { kind: 'lost_events', detail: 'alerts dropped of web-1 above 10 a second for 30 s' },
  ],
  [
    'hubble',
    'flows that a ring buffer overwrote',
    '{"lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":"12","cpu":3},"node_name":"n","time":"2026-01-01T00:00:00Z"}',
    { kind: 'lost_events', count: 12, detail: 'PERF_EVENT_RING_BUFFER, CPU 3' },
  ],
  [
    'zeek',
    'traffic that it did not capture',
    '{"_path":"capture_loss","ts":1767225600.0,"ts_delta":900.0,"peer":"zeek","gaps":24,"acks":1200,"percent_lost":2.0}',
    {
      kind: 'lost_events',
      detail: '2.00 % of traffic not captured, 24 of 1200 acknowledgements, at zeek',
    },
  ],
];

/** Their logs hold no message of losses. The API server answers `429` instead, and that is a call. */
const silent = ['audit', 'ecs', 'sysdig', 'tracee'];

describe('what agents say of their losses', () => {
  it.each(losses)('%s, %s: is a gap', (_dialect, _what, line, gap) => {
    expect(gapsIn(line)).toEqual([gap]);
  });

  it('is known of every dialect, or known not to be said', () => {
    const dialects = new Set([...losses.map(([dialect]) => dialect), ...silent]);
    expect([...dialects].sort()).toEqual(formats.map(({ id }) => id));
  });

  it.each([
    '{"_path":"capture_loss","ts":1767225600.0,"ts_delta":900.0,"peer":"zeek","gaps":0,"acks":1200,"percent_lost":0.0}',
    '{"output":"Falco metrics snapshot","output_fields":{"scap.n_drops":5,"scap.n_drops_prev":5},"priority":"Informational","rule":"Falco internal: metrics snapshot","source":"internal","time":"2026-01-01T00:00:00Z"}',
  ])('is none where nothing was lost: %s', (line) => {
    expect(gapsIn(line)).toEqual([]);
  });
});
