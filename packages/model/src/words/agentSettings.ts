/**
 * What a log may leave untold, in the order in which it matters for a tree: what was started, by whom, when it ended, what it is
 * measured from; then whom it talked to.
 */
export const knowledges = [
  'start',
  'identity',
  'end',
  'container_start',
  'pod',
  'time',
  'connections',
  'names',
  'process',
  'command',
] as const;
export type Knowledge = (typeof knowledges)[number];

/**
 * Whether a log of the dialect tells it: by the log's own names of its events (at least one of them is there), always, never, or
 * `unseen`: only when the agent was set to, which the names of its events do not show.
 */
type Told = RegExp | 'always' | 'never' | 'unseen';

/** Whether an agent's log tells something, and the setting that makes it. */
export interface TellRule {
  readonly told: Told;
  /** The setting of the agent that gives it; empty: it has none. */
  readonly setting: string;
  /** Names of events that show nevertheless that it was set. */
  readonly shownBy?: RegExp;
}

type TellRules = Readonly<Partial<Record<Knowledge, TellRule>>>;

const always: TellRule = { told: 'always', setting: '' };
const never: TellRule = { told: 'never', setting: '' };

/** Of each dialect what its log tells, never tells, or tells when it was set to; by the name of the dialect. */
export const tellRulesOf: ReadonlyMap<string, TellRules> = new Map<string, TellRules>([
  [
    'tetragon',
    {
      start: {
        told: /^process_exec$/,
        setting: 'let PROCESS_EXEC through the export-allowlist and export-denylist',
      },
      identity: always,
      end: {
        told: /^process_exit$/,
        setting: 'let PROCESS_EXIT through the export-allowlist and export-denylist',
      },
      container_start: always,
      time: always,
      connections: {
        told: /^process_(connect|accept|listen|close|sock_stats|kprobe)$/,
        setting:
          'a TracingPolicy on tcp_connect and tcp_close, or the network events of Enterprise',
      },
      names: { told: /^process_dns$/, setting: 'the DNS events of Enterprise' },
    },
  ],
  [
    'falco',
    {
      start: {
        told: 'unseen',
        setting: 'a rule on evt.type in (execve, execveat) for every exec',
        shownBy: /execve|(every|all|any) (exec|process)/i,
      },
      identity: {
        told: 'unseen',
        setting: 'append_output with proc.pid, proc.pid.ts, proc.ppid and proc.ppid.ts',
      },
      end: {
        told: 'unseen',
        setting: 'a rule on evt.type = procexit',
        shownBy: /procexit|process (exit|end)/i,
      },
      container_start: { told: 'unseen', setting: 'append_output with container.start_ts' },
      time: always,
      connections: {
        told: 'unseen',
        setting: 'a rule on evt.type in (connect, accept, accept4) with fd.name',
      },
    },
  ],
  [
    'kubearmor',
    {
      start: {
        told: /^Process$/,
        setting: 'the annotation kubearmor-visibility: process,file,network on the namespace',
      },
      identity: never,
      end: never,
      container_start: never,
      time: always,
      connections: {
        told: /^Network$/,
        setting: 'the annotation kubearmor-visibility: process,file,network on the namespace',
      },
    },
  ],
  [
    'hubble',
    {
      time: always,
      names: {
        told: /^dns$/,
        setting:
          'a DNS rule in a CiliumNetworkPolicy (the proxy reads the answers), and l7 in the exporter’s field mask',
      },
      process: never,
    },
  ],
  [
    'zeek',
    {
      time: always,
      pod: { told: 'unseen', setting: 'a folder for each pod, so that files are POD/conn.log' },
      names: { told: /^dns$/, setting: 'dns.log beside conn.log' },
      process: never,
    },
  ],
  [
    'audit',
    {
      time: always,
      command: {
        told: /pods\/(exec|attach|ephemeralcontainers)$/,
        setting: 'an audit policy with level Metadata or more for pods/exec and pods/attach',
      },
    },
  ],
  [
    'ecs',
    {
      start: {
        told: /^(fork|exec|start|process_started|already_running)/,
        setting: 'process events in the policy of Elastic Defend',
      },
      identity: always,
      end: {
        told: /^(end|exit|process_terminated)/,
        setting: 'process events in the policy of Elastic Defend',
      },
      container_start: {
        told: /^(fork|exec|start|process_started|already_running)/,
        setting: 'process events in the policy of Elastic Defend: they name the entry leader',
      },
      time: always,
      connections: {
        told: /^(connection_|disconnect_|connect|accept|network)/,
        setting: 'network events in the policy of Elastic Defend',
      },
      names: { told: /^(lookup|dns)/, setting: 'network events in the policy of Elastic Defend' },
    },
  ],
  [
    'tracee',
    {
      start: {
        told: /^sched_process_exec$/,
        setting: 'the event sched_process_exec in its policy',
      },
      identity: always,
      end: { told: /^sched_process_exit$/, setting: 'the event sched_process_exit in its policy' },
      container_start: {
        told: /^(container_create|existing_container)$/,
        setting: 'the events container_create and existing_container in its policy',
      },
      time: always,
      connections: {
        told: /^(net_|security_socket_|connect$|accept)/,
        setting: 'the events security_socket_connect and security_socket_accept in its policy',
      },
      names: { told: /^net_packet_dns/, setting: 'the event net_packet_dns in its policy' },
    },
  ],
  [
    'sysdig',
    {
      start: {
        told: /^(execve|execveat|clone|fork|vfork)/,
        setting: 'no filter that drops execve',
      },
      identity: { told: 'unseen', setting: '-p with proc.pid, proc.ppid and thread.tid' },
      end: { told: /^procexit$/, setting: 'no filter that drops procexit' },
      container_start: never,
      pod: { told: 'unseen', setting: '-pc, or -p with k8s.pod.name and container.id' },
      time: { told: 'unseen', setting: '-t a, which prints the date too, or -j' },
      connections: {
        told: /^(connect|accept)/,
        setting: 'no filter that drops connect and accept',
      },
    },
  ],
  [
    'compact',
    {
      start: { told: /exec|process/i, setting: 'getevents -o json' },
      identity: { told: 'never', setting: 'getevents -o json' },
      container_start: { told: 'never', setting: 'getevents -o json' },
      time: { told: 'unseen', setting: 'getevents -o compact --timestamps, or -o json' },
    },
  ],
]);
