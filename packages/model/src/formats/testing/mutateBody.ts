import fc from 'fast-check';
import { anyPlace, type Mutation } from './mutateLine.ts';

const long = 'a'.repeat(9_000);

/** What a word in the body of an event may become: spelt otherwise, of another type, out of range, twice, elsewhere. */
const replacements: readonly (readonly [from: string, to: string])[] = [
  'source_ip',
  'destination_ip',
  'sock_cookie',
  'protocol',
  'path',
  'signal',
  'bytes_sent',
  'function_name',
  'policy_name',
  'action',
  'return_action',
  'bytes_received',
].flatMap((key): readonly (readonly [string, string])[] => [
  [`"${key}":"`, `"${camelCase(key)}":"`],
  [`"${key}":"`, `"\\u00${key.charCodeAt(0).toString(16)}${key.slice(1)}":"`],
  [`"${key}":"`, `"${key}":"","x":"`],
  [`"${key}":"`, `"${key}":null,"x":"`],
  [`"${key}":"`, `"${key}":{},"x":"`],
  [`"${key}":"`, `"${key}":["a"],"x":"`],
  [`"${key}":"`, `"${key}":1,"x":"`],
  [`"${key}":"`, `"${key}":6,"x":"`],
  [`"${key}":"`, `"${key}":3,"x":"`],
  [`"${key}":"`, `"${key}":18446744073709551615,"x":"`],
  [`"${key}":"`, `"${key}":"18446744073709551615","x":"`],
  [`"${key}":"`, `"${key}":"99999999999999999999","x":"`],
  [`"${key}":"`, `"${key}":"9223372036854775808","x":"`],
  [`"${key}":"`, `"${key}":"999999999999999999","x":"`],
  [`"${key}":"`, `"${key}":"00`],
  [`"${key}":"`, `"${key}":"-`],
  [`"${key}":"`, `"${key}":"A`],
  [`"${key}":"`, `"${key}":"é`],
  [`"${key}":"`, `"${key}":"\\n`],
  [`"${key}":"`, `"${key}":"\\"`],
  [`"${key}":"`, `"${key}":"${long}`],
  [`"${key}":"`, `"${key}":"a","${key}":"`],
  [`"${key}":"`, `"${key}": "`],
]);

const ports = ['source_port', 'destination_port', 'return_code', 'status', 'int_arg'].flatMap(
  (key): readonly (readonly [string, string])[] => [
    [`"${key}":`, `"${camelCase(key)}":`],
    [`"${key}":`, `"${key}":"7","x":`],
    [`"${key}":`, `"${key}":53,"x":`],
    [`"${key}":`, `"${key}":2,"x":`],
    [`"${key}":`, `"${key}":4,"x":`],
    [`"${key}":`, `"${key}":2.0,"x":`],
    [`"${key}":`, `"${key}":4e0,"x":`],
    [`"${key}":`, `"${key}":-`],
    [`"${key}":`, `"${key}":0`],
    [`"${key}":`, `"${key}":65535,"x":`],
    [`"${key}":`, `"${key}":65536,"x":`],
    [`"${key}":`, `"${key}":4294967297,"x":`],
    [`"${key}":`, `"${key}":999999999,"x":`],
    [`"${key}":`, `"${key}":9007199254740993,"x":`],
    [`"${key}":`, `"${key}":true,"x":`],
    [`"${key}":`, `"${key}":null,"x":`],
    [`"${key}":`, `"${key}":1,"${key}":`],
  ],
);

const others: readonly (readonly [from: string, to: string])[] = [
  ['"protocol":"', '"protocol":"IPPROTO_'],
  ['"protocol":"', '"protocol":"UNKNOWN","x":"'],
  ['"protocol":"', '"protocol":"17","x":"'],
  ['"protocol":"', '"protocol":"tcp","x":"'],
  ['"socket":{', '"socket":{},"x":{'],
  ['"socket":{', '"socket":[],"x":{'],
  ['"socket":{', '"source_ip":"1.2.3.4","socket":{'],
  ['"socket":{', '"destination_names":["a."],"socket":{'],
  ['"socket":{', '"protocol":"UDP","socket":{'],
  ['"socket":{', '"socket":{"destination_names":["a.example.","b"],'],
  ['"socket":{', '"socket":{"destination_names":["A.example."],'],
  ['"socket":{', '"socket":{"destination_pod":{"namespace":"n","name":"p","workload":"w"},'],
  ['"socket":{', '"socket":{"destination_pod":{"namespace":"n","workload":"w"},'],
  ['"socket":{', '"socket":{"destination_pod":{"name":"p","pod_labels":{"a/B":"c","a":"d"}},'],
  ['"socket":{', '"socket":{"destination_pod":{"name":"p","pod_labels":{"a":"c","a":"d"}},'],
  ['"socket":{', '"socket":{"destination_pod":{"name":"p","name":"q"},'],
  ['"source_ip":', '"destination_pod":{"name":"p"},"source_ip":'],
  ['"source_ip":', '"destination_names":["a.","",".","b"],"source_ip":'],
  ['"source_ip":', '"destinationNames":["a."],"source_ip":'],
  ['"source_ip":', '"x":'],
  ['"stats":{', '"stats":{},"x":{'],
  ['"stats":{', '"stats":null,"x":{'],
  ['"stats":{', '"stats":{"bytesSent":"9",'],
  ['"stats":{', '"stats":{"stats":{"bytes_sent":"9"},'],
  ['"rtt":{}', '"rtt":{"a":[1,-2.5e3,true,false,"q",{"b":{}}]}'],
  ['"rtt":{}', '"rtt":{"a":1,"a":2}'],
  ['"rtt":{}', '"rtt":[[[[[[[[1]]]]]]]]'],
  ['"rtt":{}', '"rtt":01'],
  ['"rtt":{}', '"rtt":1.'],
  ['"rtt":{}', '"rtt":-'],
  ['"rtt":{}', '"rtt":1e+'],
  ['"rtt":{}', '"rtt":trux'],
  ['"rtt":{}', '"rtt":null'],
  ['"rtt":{}', '"segs_in":1'],
  ['"destination_names":["', '"destination_names":["a.example.","'],
  ['"destination_names":["', '"destination_names":["","'],
  ['"destination_names":["', '"destination_names":[1,"'],
  ['"destination_names":["', '"destination_names":[],"x":["'],
  ['"destination_names":["', '"destination_names":["\\n","'],
  ['"destination_names":["', '"destination_names":["É'],
  ['"dns":{', '"dns":{},"x":{'],
  ['"dns":{', '"dns":{"query":"q.example.",'],
  ['"dns":{', '"dns":{"rcode":5,'],
  ['"dns":{', '"dns":{"ips":["10.0.0.1","2001:db8::1"],'],
  ['"dns":{', '"dns":{"ips":["2001:DB8::1"],'],
  ['"dns":{', '"dns":{"response_types":["AAAA","A"],'],
  ['"query_types":', '"response_types":["A","CNAME"],"query_types":'],
  ['"query_types":["', '"query_types":["AAAA","A","AAAA","'],
  ['"query_types":["', '"query_types":["A"],"answer_types":["AAAA","'],
  ['"query_types":["', '"query_types":["DNS_TYPE_'],
  ['"query_types":["', '"query_types":["28","'],
  ['"query_types":["', '"query_types":[28,"'],
  ['"query_types":["', '"queryTypes":["'],
  ['"names":["', '"names":["","a.","'],
  ['"names":["', '"names":["b.example.","'],
  ['"names":["', '"names":["Q.example.","'],
  ['"names":["', '"names":["."],"x":["'],
  ['"names":["', '"names":[],"x":["'],
  ['"names":["', '"names":"a","x":["'],
  ['"response":true', '"response":false'],
  ['"response":true', '"response":"true"'],
  ['"response":true', '"response":1'],
  ['"function_name":"', '"function_name":"security_file_open","x":"'],
  ['"function_name":"', '"function_name":"tcp_connect","x":"'],
  ['"function_name":"', '"function_name":"__x64_sys_openat","x":"'],
  ['"function_name":"', '"function_name":"__arm64_sys_execve","x":"'],
  ['"function_name":"', '"function_name":"__ia32_sys_openat","x":"'],
  ['"function_name":"', '"function_name":"__x64_","x":"'],
  ['"function_name":"', '"function_name":"commit_creds","x":"'],
  ['"action":"', '"action":"KPROBE_ACTION_SIGKILL","x":"'],
  ['"action":"', '"action":"KPROBE_ACTION_UNKNOWN","x":"'],
  ['"action":"', '"action":"POST","x":"'],
  ['"policy_name":"', '"policy_name":"action POST'],
  ['"file_arg":{', '"path_arg":{"path":"/a"},"file_arg":{'],
  ['"file_arg":{', '"path_arg":{'],
  ['"file_arg":{', '"pathArg":{"path":"/a"},"x":{'],
  ['"file_arg":{', '"file_arg":null,"path_arg":{'],
  ['"args":[', '"args":{},"x":['],
  ['"args":[', '"args":["a",'],
  ['"args":[', '"args":[{"string_arg":"s"},{"string_arg":"t"},'],
  ['"args":[', '"args":[{"file_arg":{"path":""}},{"path_arg":{"path":"/b"}},'],
  ['"args":[', '"args":[{"int_arg":4,"label":"l"},'],
  ['"args":[', '"args":[],"x":['],
  ['"args":[{"file_arg"', '"args":[{"string_arg":"/s"},{"x"'],
  ['"time":"', '"signal":"SIGTERM","time":"'],
  ['"time":"', '"status":0,"time":"'],
  ['"exec_id":"', '"exec_id":"unattributed:'],
  ['"node_name":"', '"node_name":"é'],
  ['}},"node_name"', '},"ancestors":[]},"node_name"'],
  ['}},"node_name"', '},"x":1,"x":2},"node_name"'],
  ['}},"node_name"', '},"policy_name":"p","action":"POST"},"node_name"'],
  ['}},"node_name"', '},"duration":"1s"},"node_name"'],
  ['}},"node_name"', '},"sourceIp":"1.2.3.4"},"node_name"'],
  ['}},"node_name"', '},"parent":{"exec_id":"YTox"}},"node_name"'],
];

const all = [...replacements, ...ports, ...others];

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const mutation: fc.Arbitrary<Mutation> = anyPlace.map((at) => (line: string) => {
  // Only what stands in the line: the rest would change nothing.
  const fitting = all.filter(([from]) => line.includes(from));
  const [from, to] = fitting[Math.floor(at * fitting.length)] ?? ['', ''];
  // Behind the processes, where it stands there.
  const behind = line.indexOf(from, line.lastIndexOf('"in_init_tree"'));
  const found = behind < 0 ? line.lastIndexOf(from) : behind;
  return line.slice(0, found) + to + line.slice(found + from.length);
});

/** One or two mutations of what an event says beside its processes. */
export const bodyMutations: fc.Arbitrary<Mutation> = fc
  .array(mutation, { minLength: 1, maxLength: 2 })
  .map(
    (steps) => (line: string, other: string) =>
      steps.reduce((text, step) => step(text, other), line),
  );
