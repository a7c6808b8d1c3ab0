import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { decodeLine } from '../formats/testing/contract.ts';
import { tetragon } from '../formats/tetragon/tetragon.ts';
import { summaryOf } from './summary.ts';

function summaries(fixture: string): readonly string[] {
  const url = new URL(`../formats/tetragon/fixtures/${fixture}.ndjson`, import.meta.url);
  const lines = readFileSync(fileURLToPath(url), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .flatMap((line) => {
      const decoded = decodeLine(tetragon, line);
      return decoded.kind === 'events' ? decoded.events.map(summaryOf) : [];
    });
}

it('says in one line what an event is', () => {
  expect(summaries('exec').at(2)).toBe('exec /bin/sh -c "date; id"');
  expect(summaries('exit')).toEqual([
    'exited 0',
    'exited 2',
    'exited SIGKILL',
    'exited 139 SIGSEGV',
    'exited 1',
    'exited, code unknown',
  ]);
  expect(summaries('sockets')).toEqual([
    '→ ledger.orchard.svc.cluster.local:5432 TCP',
    '→ 10.9.8.20:5432 TCP',
    '← 10.9.8.33:50222 TCP',
    'listens on 0.0.0.0:8080 TCP',
    'closed 10.9.8.20:5432 TCP, sent 290 B, received 373 B',
    '↔ ledger.orchard.svc:5432 UDP, sent 164 B, received 0 B',
    '↔ [::1]:5432 UDP, sent 9223372036854775809 B, received 1 B',
    '→ 10.9.8.20:5432',
    'process_connect',
  ]);
  expect(summaries('dns')).toEqual([
    'asks A example.com',
    'example.com is 203.0.113.9, 2001:db8::9',
    'no such name: nowhere.example',
    'asks AAAA old.example',
    'no such name: old.example',
    'asks TXT single.example',
    'process_dns',
  ]);
  expect(summaries('tls_http')).toEqual([
    'TLS api.example.com',
    'TLS 10.9.8.20:443 TCP',
    'HTTP GET /v1?q=1 shop.example',
    'HTTP',
    'tls',
  ]);
  expect(summaries('gaps').slice(1)).toEqual([
    'rate limit: 204 events dropped',
    'throttled: kubepods-pod3e0b.slice',
    'no longer throttled: kubepods-pod3e0b.slice',
    'process_throttle kubepods-pod3e0b.slice',
  ]);
  expect(summaries('kprobe_files').slice(0, 4)).toEqual([
    'write /srv/juice.db',
    'read etc/passwd',
    'open /etc/shadow',
    'open /tmp/a b',
  ]);
  expect(summaries('kprobe_sockets').slice(0, 6)).toEqual([
    '→ 203.0.113.80:443 TCP',
    'closed 203.0.113.80:443 TCP',
    '→ 203.0.113.80:443 TCP sent',
    '→ 203.0.113.80:53 UDP sent',
    '→ 0.0.0.0:53 UDP',
    '→ [2001:db8::5]:8443 TCP',
  ]);
  expect(summaries('kprobe_other').at(-2)).toBe('kprobe do_init_module SIGKILL');
});
