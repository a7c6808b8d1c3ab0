// The keys that say something in the bodies of events, as numbers below 64.

/** Any other key. */
export const NONE: i32 = -1;
export const DNS: i32 = 0;
export const IPS: i32 = 1;
export const ARGS: i32 = 2;
export const PATH: i32 = 3;
export const NAME: i32 = 4;
export const STATS: i32 = 5;
export const NAMES: i32 = 6;
export const QUERY: i32 = 7;
export const RCODE: i32 = 8;
export const SOCKET: i32 = 9;
export const STATUS: i32 = 10;
export const SIGNAL: i32 = 11;
export const PARENT: i32 = 12;
export const ACTION: i32 = 13;
export const PROCESS: i32 = 14;
export const INT_ARG: i32 = 15;
export const PROTOCOL: i32 = 16;
export const RESPONSE: i32 = 17;
export const FILE_ARG: i32 = 18;
export const PATH_ARG: i32 = 19;
export const WORKLOAD: i32 = 20;
export const SOURCE_IP: i32 = 21;
export const NAMESPACE: i32 = 22;
export const ANCESTORS: i32 = 23;
export const BYTES_SENT: i32 = 24;
export const STRING_ARG: i32 = 25;
export const SOURCE_PORT: i32 = 26;
export const SOCK_COOKIE: i32 = 27;
export const RETURN_CODE: i32 = 28;
export const POLICY_NAME: i32 = 29;
/** The lists of types, in the order in which they are read. */
export const QUERY_TYPES: i32 = 30;
export const RESPONSE_TYPES: i32 = 31;
export const QUESTION_TYPES: i32 = 32;
export const ANSWER_TYPES: i32 = 33;
export const RETURN_ACTION: i32 = 34;
export const FUNCTION_NAME: i32 = 35;
export const DESTINATION_IP: i32 = 36;
export const BYTES_RECEIVED: i32 = 37;
export const DESTINATION_POD: i32 = 38;
export const DESTINATION_PORT: i32 = 39;
export const DESTINATION_NAMES: i32 = 40;

/** The number of a key. */
export function keyOf(at: usize, length: usize): i32 {
  switch (<i32>length) {
    case 3:
      if (is(at, 'dns')) return DNS;
      return is(at, 'ips') ? IPS : NONE;
    case 4:
      if (is(at, 'args')) return ARGS;
      if (is(at, 'path')) return PATH;
      return is(at, 'name') ? NAME : NONE;
    case 5:
      if (is(at, 'stats')) return STATS;
      if (is(at, 'names')) return NAMES;
      if (is(at, 'query')) return QUERY;
      return is(at, 'rcode') ? RCODE : NONE;
    case 6:
      if (is(at, 'socket')) return SOCKET;
      if (is(at, 'status')) return STATUS;
      if (is(at, 'signal')) return SIGNAL;
      if (is(at, 'action')) return ACTION;
      return is(at, 'parent') ? PARENT : NONE;
    case 7:
      if (is(at, 'int_arg')) return INT_ARG;
      return is(at, 'process') ? PROCESS : NONE;
    case 8:
      if (is(at, 'protocol')) return PROTOCOL;
      if (is(at, 'response')) return RESPONSE;
      if (is(at, 'file_arg')) return FILE_ARG;
      if (is(at, 'path_arg')) return PATH_ARG;
      return is(at, 'workload') ? WORKLOAD : NONE;
    case 9:
      if (is(at, 'source_ip')) return SOURCE_IP;
      if (is(at, 'namespace')) return NAMESPACE;
      return is(at, 'ancestors') ? ANCESTORS : NONE;
    case 10:
      if (is(at, 'bytes_sent')) return BYTES_SENT;
      return is(at, 'string_arg') ? STRING_ARG : NONE;
    case 11:
      if (is(at, 'source_port')) return SOURCE_PORT;
      if (is(at, 'sock_cookie')) return SOCK_COOKIE;
      if (is(at, 'return_code')) return RETURN_CODE;
      if (is(at, 'query_types')) return QUERY_TYPES;
      return is(at, 'policy_name') ? POLICY_NAME : NONE;
    case 12:
      return is(at, 'answer_types') ? ANSWER_TYPES : NONE;
    case 13:
      if (is(at, 'return_action')) return RETURN_ACTION;
      return is(at, 'function_name') ? FUNCTION_NAME : NONE;
    case 14:
      if (is(at, 'destination_ip')) return DESTINATION_IP;
      if (is(at, 'bytes_received')) return BYTES_RECEIVED;
      if (is(at, 'response_types')) return RESPONSE_TYPES;
      return is(at, 'question_types') ? QUESTION_TYPES : NONE;
    case 15:
      return is(at, 'destination_pod') ? DESTINATION_POD : NONE;
    case 16:
      return is(at, 'destination_port') ? DESTINATION_PORT : NONE;
    case 17:
      return is(at, 'destination_names') ? DESTINATION_NAMES : NONE;
  }
  return NONE;
}

/** Whether the ASCII word stands at `at`: by eights, of which the last may have been compared before. */
function is(at: usize, word: string): bool {
  const length = word.length;
  const from = changetype<usize>(word);
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    if (load<u64>(at + <usize>i) != narrowed(from + ((<usize>i) << 1))) return false;
  }
  if (i == length) return true;
  if (length >= 8) {
    const last = <usize>(length - 8);
    return load<u64>(at + last) == narrowed(from + (last << 1));
  }
  for (; i < length; i++) {
    if (load<u8>(at + <usize>i) != load<u8>(from + ((<usize>i) << 1))) return false;
  }
  return true;
}

/** Eight characters of a text of the compiler, which has two bytes for each, as bytes. */
function narrowed(from: usize): u64 {
  const a = v128.load(from);
  return v128.extract_lane<u64>(v128.narrow<i16>(a, a), 0);
}
