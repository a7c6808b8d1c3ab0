import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactLines } from './compact.ts';

const host = { pod: { namespace: 'kube-system', name: 'tetragon' }, binary: '/usr/bin/curl' };

function linesOf(fixture: string): readonly string[] {
  const path = fileURLToPath(new URL(`./fixtures/${fixture}.ndjson`, import.meta.url));
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((text) => text !== '').flatMap((text) => compactLines(JSON.parse(text)));
}

function line(kind: string, body: object, envelope: object = { node_name: 'my-node' }): string {
  return compactLines({ [kind]: body, ...envelope }).join('\n');
}

describe('compactLines', () => {
  it('prints the four lines that the agent tests itself by', () => {
    const process = { ...host, arguments: 'cilium.io' };
    expect(line('process_exec', { process })).toBe(
      '🚀 process kube-system/tetragon /usr/bin/curl cilium.io',
    );
    expect(line('process_exit', { process, signal: 'SIGKILL' })).toBe(
      '💥 exit    kube-system/tetragon /usr/bin/curl cilium.io SIGKILL',
    );
    expect(line('process_kprobe', { process: host, function_name: 'unhandled_function' })).toBe(
      '❓ syscall kube-system/tetragon /usr/bin/curl unhandled_function',
    );
    const args = [{ file_arg: { path: '/etc/password' } }, {}, { size_arg: '1234' }];
    expect(line('process_kprobe', { process: host, function_name: '__x64_sys_write', args })).toBe(
      '📝 write   kube-system/tetragon /usr/bin/curl /etc/password 1234 bytes',
    );
  });

  it("prints the enterprise's lines", () => {
    const process = {
      pod: { namespace: 'orchard', name: 'pear-0' },
      binary: '/bin/node',
    };
    const tuple = {
      source_ip: '10.0.0.253',
      source_port: 50051,
      destination_ip: '10.0.0.111',
      destination_port: 34318,
      protocol: 'TCP',
    };
    const stats = { bytes_sent: '290', bytes_received: '373' };
    const named = { ...tuple, protocol: 'UDP', destination_names: ['a.example.', 'b.'] };
    expect(line('process_connect', { process, ...tuple })).toBe(
      '🔌 connect orchard/pear-0 /bin/node TCP 10.0.0.253:50051 => 10.0.0.111:34318 ',
    );
    expect(line('process_connect', { process, ...named })).toBe(
      '🔌 connect orchard/pear-0 /bin/node UDP 10.0.0.253:50051 => 10.0.0.111:34318 [a.example. b.] ',
    );
    expect(line('process_accept', { process, ...tuple })).toBe(
      '💡 accept  orchard/pear-0 /bin/node TCP 10.0.0.253:50051 => 10.0.0.111:34318 ',
    );
    expect(line('process_close', { process, ...tuple, stats })).toBe(
      '🧹 close   orchard/pear-0 /bin/node TCP 10.0.0.253:50051 => 10.0.0.111:34318 tx 290 B rx 373 B ',
    );
    expect(line('process_sock_stats', { process, socket: named, stats: { bytes_sent: '7' } })).toBe(
      '🧮 socket  orchard/pear-0 /bin/node UDP 10.0.0.253:50051 => 10.0.0.111:34318 [a.example. b.] tx 7 B rx 0 B',
    );
    expect(line('process_listen', { process, ip: '0.0.0.0', port: 9080, protocol: 'TCP' })).toBe(
      '🎧 listen  orchard/pear-0 /bin/node TCP 0.0.0.0:9080',
    );
    expect(
      line('process_dns', { process, dns: { names: ['q.example.'], query_types: ['AAAA'] } }),
    ).toBe('📖 dns     orchard/pear-0 /bin/node [q.example.] [AAAA]');
    expect(
      line('process_dns', { process, dns: { names: ['q.'], response: true, return_code: 3 } }),
    ).toBe('📖 dns     orchard/pear-0 /bin/node NXDOMAIN [q.] [] []');
  });

  it('prints each kernel function as the agent does', () => {
    const prefix = 'orchard/pear-0 /bin/sh';
    expect(linesOf('kprobe_sockets')).toEqual([
      `🔌 connect ${prefix} tcp 10.9.8.7:41000 -> 203.0.113.80:443`,
      `🧹 close   ${prefix} tcp 10.9.8.7:41000 -> 203.0.113.80:443`,
      `📤 sendmsg ${prefix} tcp 10.9.8.7:41000 -> 203.0.113.80:443 bytes 517`,
      `❓ syscall ${prefix} udp_sendmsg`,
      `❓ syscall ${prefix} ip4_datagram_connect`,
      `❓ syscall ${prefix} security_socket_connect`,
      `❓ syscall ${prefix} security_socket_connect`,
      `❓ syscall ${prefix} inet_csk_accept`,
      `❓ syscall ${prefix} inet_csk_listen_start`,
      `🔌 connect ${prefix} tcp :0 -> :0`,
      `🔌 connect ${prefix} `,
    ]);
    expect(linesOf('kprobe_files').slice(0, 12)).toEqual([
      `📝 write   ${prefix} /srv/juice.db 1234 bytes`,
      `📚 read    ${prefix} etc/passwd 64 bytes`,
      `📬 open    ${prefix} /etc/shadow`,
      `📬\ufe0f openat  ${prefix} "/tmp/a b"`,
      `📬\ufe0f open    ${prefix} /tmp/plain`,
      `📪 close   ${prefix} /srv/juice.db`,
      `📚 read    ${prefix} /etc/passwd`,
      `📝 write   ${prefix} /etc/passwd`,
      `❓ security_file_permission ${prefix} /etc/passwd`,
      `📝 mmap-rx ${prefix} /lib/evil.so`,
      `📝 truncate ${prefix} /var/log/auth.log`,
      `📝 truncate ${prefix} /var/log/auth.log`,
    ]);
    expect(linesOf('kprobe_other')).toEqual([
      `💾 mount   ${prefix} /dev/sda1 /mnt`,
      `💾 pivot_root ${prefix} . "old root"`,
      `🔑 setuid  ${prefix} 0`,
      `⏰ clock_settime ${prefix}`,
      `🔧 proc_exec_connector ${prefix}`,
      `🔧 setns   ${prefix} net`,
      `🐝 bpf_load ${prefix} BPF_PROG_TYPE_KPROBE amble instruction count 12`,
      `🐝 perf_event_alloc ${prefix} PERF_TYPE_TRACEPOINT do_sys_open`,
      `🗺 bpf_map_create ${prefix} BPF_MAP_TYPE_HASH amble_map key size 8 value size 16 max entries 1024`,
      `❓ syscall ${prefix} do_init_module`,
      `❓ syscall ${prefix} cap_capable`,
    ]);
  });

  it('prints probes, modules, throttles and kinds it does not know', () => {
    const prefix = 'orchard/pear-0 /bin/sh';
    expect(linesOf('probes')).toEqual([
      `☎  syscall ${prefix} execve(const char * filename=?, const char *const * argv=?, const char *const * envp=?)`,
      `☎  syscall ${prefix} unknown`,
      `⁉️ tracepoint ${prefix} sched sched_switch`,
      `🕵️ uprobe  ${prefix} /bin/bash readline`,
      `🕵️ usdt    ${prefix} /usr/bin/node node gc__start`,
      `🔒 LSM     ${prefix} bprm_check_security`,
      `🧬 loader  ${prefix} deadbeef /usr/lib/libc.so.6`,
    ]);
    expect(linesOf('gaps')).toEqual([
      '❓ rate_limit_info',
      '❓ rate_limit_info',
      '🧬 throttle START kubepods-pod3e0b.slice',
      '🧬 throttle STOP  kubepods-pod3e0b.slice',
      '🧬 throttle  kubepods-pod3e0b.slice',
    ]);
    expect(linesOf('unknown_kinds').slice(0, 1)).toEqual([`❓ process_icmp ${prefix}`]);
    expect(line('test', { arg0: '1' })).toBe('TEST EVENT');
  });

  it('names the node of a host process, and prints the time when asked', () => {
    const value = {
      process_exec: { process: { binary: '/sbin/init' } },
      node_name: 'my-node',
      time: '2026-04-02T10:00:00.5Z',
    };
    expect(compactLines(value)).toEqual(['🚀 process my-node /sbin/init ']);
    expect(compactLines(value, { timestamps: true })).toEqual([
      '2026-04-02T10:00:00.500000000Z 🚀 process my-node /sbin/init ',
    ]);
  });

  it('marks 22 effective capabilities at column 120, as the agent does', () => {
    const cap = { effective: Array.from({ length: 22 }, (_, index) => `CAP_${index}`) };
    const text = line('process_exec', { process: { ...host, cap, arguments: 'x' } });
    expect(text).toMatch(
      /^🚀 process kube-system\/tetragon \/usr\/bin\/curl x +🛑 CAP_SYS_ADMIN$/u,
    );
    const bare = text.slice(0, text.indexOf(' x') + 2);
    const width = Array.from(text.slice(bare.length + 1)).length;
    expect(new TextEncoder().encode(bare).length + width).toBe(120);
  });

  it('hands each part to whoever paints it, as the agent colours it', () => {
    const paint = (text: string, role: string): string =>
      role === 'plain' ? text : `<${role} ${text}>`;
    const process = { ...host, arguments: 'a b', cap: { effective: Array(22).fill('CAP_X') } };
    const painted = (kind: string, body: object): string =>
      compactLines({ [kind]: body }, { paint }).join('');
    expect(painted('process_exit', { process: { ...host, arguments: 'a' }, status: 3 })).toBe(
      '<event 💥 exit   > <source kube-system/tetragon> <binary /usr/bin/curl> <detail a ><end 3>',
    );
    expect(painted('process_loader', { process: host, path: '/l.so', buildid: '3q2+7w==' })).toBe(
      '<event 🧬 loader > <source kube-system/tetragon> <binary /usr/bin/curl> deadbeef <path /l.so>',
    );
    expect(painted('process_throttle', { type: 'THROTTLE_STOP', cgroup: 'c' })).toBe(
      '<alarm 🧬 throttle> <calm STOP > c',
    );
    // Colours have no width: the mark stands where it stands without them.
    const plain = line('process_exec', { process });
    expect(painted('process_exec', { process }).replaceAll(/<\w+ |>/g, '')).toBe(
      plain.replace('my-node', ''),
    );
  });

  it('lets nothing of a hostile log reach the terminal raw', () => {
    for (const text of linesOf('d32_hostile_text'))
      expect(text).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
  });

  it('prints any value without throwing and without control characters', () => {
    const key = fc.constantFrom(
      'process_exec',
      'process_kprobe',
      'process_close',
      'tls',
      'process_x',
    );
    fc.assert(
      fc.property(key, fc.dictionary(fc.string(), fc.jsonValue()), (kind, body) => {
        const value: unknown = JSON.parse(JSON.stringify({ [kind]: body, node_name: '\u001b' }));
        for (const text of compactLines(value)) expect(text).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
