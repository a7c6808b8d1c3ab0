import { isAddress } from '../address.ts';
import type { JsonObject } from '../read.ts';
import { dotted, has } from './fields.ts';

/** How a stream's records are known without any name: by columns that they all have and no other stream has together. */
interface Shape {
  readonly stream: string;
  readonly keys: readonly string[];
  /** No other columns than these: they are everybody's words. */
  readonly only?: true;
  readonly test?: (record: JsonObject) => boolean;
}

/** Records of a connection, beside its ids. The first that fits; order parts streams that share columns. */
const ofConnections: readonly Shape[] = [
  { stream: 'conn', keys: ['conn_state'] },
  { stream: 'conn', keys: ['proto', 'orig_pkts'] },
  { stream: 'conn', keys: ['proto', 'history'] },
  { stream: 'ntp', keys: ['stratum', 'poll'] },
  { stream: 'analyzer', keys: ['analyzer_kind', 'analyzer_name'] },
  { stream: 'dns', keys: ['query'] },
  { stream: 'dns', keys: ['qtype_name'] },
  { stream: 'dns', keys: ['rcode_name'] },
  { stream: 'dns', keys: ['trans_id', 'rejected'] },
  { stream: 'sip', keys: ['request_from'] },
  { stream: 'sip', keys: ['call_id'] },
  { stream: 'sip', keys: ['request_path'] },
  { stream: 'http', keys: ['trans_depth', 'request_body_len'] },
  { stream: 'http', keys: ['trans_depth', 'method'] },
  { stream: 'http', keys: ['trans_depth', 'status_code'] },
  { stream: 'http', keys: ['method', 'uri'] },
  { stream: 'ssl', keys: ['established', 'resumed'] },
  { stream: 'ssl', keys: ['cipher', 'ssl_history'] },
  { stream: 'ssl', keys: ['cipher', 'server_name'] },
  { stream: 'ssh', keys: ['auth_attempts'] },
  { stream: 'ssh', keys: ['kex_alg', 'host_key_alg'] },
  { stream: 'smtp', keys: ['trans_depth', 'helo'] },
  { stream: 'files', keys: ['fuid', 'seen_bytes'] },
  { stream: 'notice', keys: ['note', 'actions'] },
  { stream: 'weird', keys: ['name', 'notice', 'peer'] },
];

/** Records of no connection. They must be told from everything that anybody logs, so each needs a time and rare words. */
const ofNoConnection: readonly Shape[] = [
  { stream: 'broker', keys: ['ty', 'ev'], test: ({ ty }) => startsWith(ty, 'Broker::') },
  { stream: 'capture_loss', keys: ['ts_delta', 'peer', 'gaps', 'acks'] },
  { stream: 'cluster', keys: ['ts', 'node', 'message'], only: true },
  { stream: 'ecat_arp_info', keys: ['arp_type', 'mac_src', 'mac_dst'] },
  { stream: 'known_services', keys: ['host', 'port_num', 'port_proto'] },
  { stream: 'known_certs', keys: ['host', 'port_num', 'serial'] },
  { stream: 'known_certs', keys: ['host', 'port_num', 'issuer_subject'] },
  { stream: 'known_devices', keys: ['mac', 'dhcp_host_name'] },
  {
    stream: 'known_hosts',
    keys: ['ts', 'host'],
    only: true,
    test: ({ host }) => typeof host === 'string' && isAddress(host),
  },
  { stream: 'ocsp', keys: ['hashAlgorithm', 'certStatus'] },
  { stream: 'packet_filter', keys: ['node', 'filter', 'init', 'success'] },
  {
    stream: 'reporter',
    keys: ['level', 'message'],
    test: ({ level }) => startsWith(level, 'Reporter::'),
  },
  { stream: 'stats', keys: ['peer', 'mem', 'pkts_proc'] },
  { stream: 'telemetry', keys: ['peer', 'metric_type', 'labels', 'label_values'] },
  { stream: 'config', keys: ['id', 'old_value', 'new_value'] },
  { stream: 'dhcp', keys: ['uids', 'msg_types'] },
  { stream: 'files', keys: ['fuid', 'seen_bytes'] },
  { stream: 'notice', keys: ['note', 'actions'], test: ({ note }) => includes(note, '::') },
  { stream: 'pe', keys: ['machine', 'is_exe', 'subsystem'] },
  { stream: 'software', keys: ['host', 'software_type'] },
  {
    stream: 'weird',
    keys: ['name', 'notice', 'peer'],
    test: ({ notice }) => typeof notice === 'boolean',
  },
  {
    stream: 'x509',
    keys: [],
    test: (record) =>
      dotted(record, 'certificate', 'serial') !== undefined &&
      dotted(record, 'certificate', 'not_valid_after') !== undefined,
  },
];

/** The stream of a record with a connection's ids; undefined when its columns do not tell. */
export function connectionShapeOf(record: JsonObject): string | undefined {
  return ofConnections.find((shape) => fits(record, shape))?.stream;
}

/** The stream of a record without any; undefined when it need not be Zeek's. `hasTime`: it has a `ts` that is a time. */
export function plainShapeOf(record: JsonObject, hasTime: boolean): string | undefined {
  if (hasTime) return ofNoConnection.find((shape) => fits(record, shape))?.stream;
  return isLoadedScript(record) ? 'loaded_scripts' : undefined;
}

/** `{"name":"/usr/local/zeek/share/zeek/base/init-bare.zeek"}`: the one stream that has no time. */
function isLoadedScript(record: JsonObject): boolean {
  const { name } = record;
  return Object.keys(record).length === 1 && typeof name === 'string' && SCRIPT.test(name);
}

const SCRIPT = /^\s*\S{1,4096}\.(?:zeek|bro)$/;

function fits(record: JsonObject, { keys, only, test }: Shape): boolean {
  if (!keys.every((key) => has(record, key))) return false;
  if (only === true && Object.keys(record).length !== keys.length) return false;
  return test === undefined || test(record);
}

function startsWith(value: unknown, start: string): boolean {
  return typeof value === 'string' && value.startsWith(start);
}

function includes(value: unknown, part: string): boolean {
  return typeof value === 'string' && value.includes(part);
}
