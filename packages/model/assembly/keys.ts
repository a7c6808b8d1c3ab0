// The keys that say something in the bodies of events, as numbers below 64.

import { isWord } from './bytes.ts';

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
      if (isWord(at, 'dns')) return DNS;
      return isWord(at, 'ips') ? IPS : NONE;
    case 4:
      if (isWord(at, 'args')) return ARGS;
      if (isWord(at, 'path')) return PATH;
      return isWord(at, 'name') ? NAME : NONE;
    case 5:
      if (isWord(at, 'stats')) return STATS;
      if (isWord(at, 'names')) return NAMES;
      if (isWord(at, 'query')) return QUERY;
      return isWord(at, 'rcode') ? RCODE : NONE;
    case 6:
      if (isWord(at, 'socket')) return SOCKET;
      if (isWord(at, 'status')) return STATUS;
      if (isWord(at, 'signal')) return SIGNAL;
      if (isWord(at, 'action')) return ACTION;
      return isWord(at, 'parent') ? PARENT : NONE;
    case 7:
      if (isWord(at, 'int_arg')) return INT_ARG;
      return isWord(at, 'process') ? PROCESS : NONE;
    case 8:
      if (isWord(at, 'protocol')) return PROTOCOL;
      if (isWord(at, 'response')) return RESPONSE;
      if (isWord(at, 'file_arg')) return FILE_ARG;
      if (isWord(at, 'path_arg')) return PATH_ARG;
      return isWord(at, 'workload') ? WORKLOAD : NONE;
    case 9:
      if (isWord(at, 'source_ip')) return SOURCE_IP;
      if (isWord(at, 'namespace')) return NAMESPACE;
      return isWord(at, 'ancestors') ? ANCESTORS : NONE;
    case 10:
      if (isWord(at, 'bytes_sent')) return BYTES_SENT;
      return isWord(at, 'string_arg') ? STRING_ARG : NONE;
    case 11:
      if (isWord(at, 'source_port')) return SOURCE_PORT;
      if (isWord(at, 'sock_cookie')) return SOCK_COOKIE;
      if (isWord(at, 'return_code')) return RETURN_CODE;
      if (isWord(at, 'query_types')) return QUERY_TYPES;
      return isWord(at, 'policy_name') ? POLICY_NAME : NONE;
    case 12:
      return isWord(at, 'answer_types') ? ANSWER_TYPES : NONE;
    case 13:
      if (isWord(at, 'return_action')) return RETURN_ACTION;
      return isWord(at, 'function_name') ? FUNCTION_NAME : NONE;
    case 14:
      if (isWord(at, 'destination_ip')) return DESTINATION_IP;
      if (isWord(at, 'bytes_received')) return BYTES_RECEIVED;
      if (isWord(at, 'response_types')) return RESPONSE_TYPES;
      return isWord(at, 'question_types') ? QUESTION_TYPES : NONE;
    case 15:
      return isWord(at, 'destination_pod') ? DESTINATION_POD : NONE;
    case 16:
      return isWord(at, 'destination_port') ? DESTINATION_PORT : NONE;
    case 17:
      return isWord(at, 'destination_names') ? DESTINATION_NAMES : NONE;
  }
  return NONE;
}
