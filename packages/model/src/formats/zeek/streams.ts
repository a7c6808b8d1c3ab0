/**
 * Streams that tell of Zeek itself, of what it loaded, or count what it knows: nothing that a pod did. The list is that of
 * deployments which ship pods' logs (analyzer to stdout); `known_*` are all of that name.
 */
const excluded = new Set([
  'analyzer',
  'broker',
  'capture_loss',
  'cluster',
  'conn-summary',
  'console',
  'ecat_arp_info',
  'loaded_scripts',
  'ntp',
  'ocsp',
  'packet_filter',
  'reporter',
  'stats',
  'stderr',
  'stdout',
]);

/** Whether a stream is passed over. */
export function isExcluded(stream: string): boolean {
  return excluded.has(stream) || stream.startsWith('known_');
}

/** Streams that Zeek and its usual packages write: what a file may be called so that its name says the stream. */
const named = new Set([
  ...excluded,
  'conn',
  'conn_long',
  'dce_rpc',
  'dhcp',
  'dnp3',
  'dns',
  'dpd',
  'files',
  'ftp',
  'http',
  'intel',
  'irc',
  'kerberos',
  'known_certs',
  'known_devices',
  'known_hosts',
  'known_services',
  'ldap',
  'ldap_search',
  'modbus',
  'mqtt_connect',
  'mqtt_publish',
  'mqtt_subscribe',
  'mysql',
  'notice',
  'ntlm',
  'pe',
  'postgresql',
  'quic',
  'radius',
  'rdp',
  'redis',
  'rfb',
  'signatures',
  'sip',
  'smb_files',
  'smb_mapping',
  'smtp',
  'snmp',
  'socks',
  'software',
  'ssh',
  'ssl',
  'syslog',
  'telemetry',
  'traceroute',
  'tunnel',
  'websocket',
  'weird',
  'x509',
]);

/** Whether we know a stream by that name. */
export function isNamedStream(stream: string): boolean {
  return named.has(stream) || isExcluded(stream);
}

/** Transports of streams whose records do not say theirs. */
const transports = new Map([
  ['dce_rpc', 'TCP'],
  ['ftp', 'TCP'],
  ['irc', 'TCP'],
  ['ldap', 'TCP'],
  ['ldap_search', 'TCP'],
  ['modbus', 'TCP'],
  ['mqtt_connect', 'TCP'],
  ['mqtt_publish', 'TCP'],
  ['mqtt_subscribe', 'TCP'],
  ['mysql', 'TCP'],
  ['ntlm', 'TCP'],
  ['postgresql', 'TCP'],
  ['quic', 'UDP'],
  ['rdp', 'TCP'],
  ['redis', 'TCP'],
  ['rfb', 'TCP'],
  ['smb_files', 'TCP'],
  ['smb_mapping', 'TCP'],
  ['smtp', 'TCP'],
  ['snmp', 'UDP'],
  ['socks', 'TCP'],
  ['ssh', 'TCP'],
  ['websocket', 'TCP'],
]);

/** The transport that a stream's protocol always has; empty when it may have several. */
export function transportOf(stream: string): string {
  return transports.get(stream) ?? '';
}
