import { createHash } from 'node:crypto';

/** The canary that a payload sets when any of it runs. */
export const canary = '__x';

const RUN = `window.${canary}=1`;

/** Markup, handlers, addresses of scripts, ends of strings and elements, and characters that turn or hide text. */
export const payloads: readonly string[] = [
  `<img src=x onerror="${RUN}">`,
  `</span></bdi><img src=x onerror=${RUN}>`,
  `<script>${RUN}</script>`,
  `</script><script>${RUN}</script>`,
  `</title></style></textarea><svg onload=${RUN}>`,
  `"><svg/onload=${RUN}>`,
  `' autofocus onfocus=${RUN} x='`,
  `<iframe srcdoc="<script>parent.${canary}=1</script>">`,
  `<a href="javascript:${RUN}">x</a>`,
  `javascript:${RUN}`,
  `<details open ontoggle=${RUN}>`,
  `<style>@import '//evil.test/x.css'</style>`,
  `<link rel=stylesheet href=http://evil.test/x.css>`,
  `<base href=http://evil.test/>`,
  `<meta http-equiv=refresh content="0;url=http://evil.test/">`,
  `url(http://evil.test/x.png)`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `&lt;img src=x onerror=${RUN}&gt;`,
  `\u202egnp.exe\u202c`,
  `a\u2066b\u2069c\u200bd\ufeff`,
  `\u001b[2J\u001b]0;owned\u0007\r\n`,
  `\u0000nul\u0085nel\u2028ls\u2029ps`,
  `\ud800 half`,
  `__proto__`,
  `constructor`,
  `=cmd|'/C calc'!A1`,
  `http://evil.test/${'a'.repeat(300)}`,
];

export const hostileNamespace = 'hostile';
/** A pod whose name is a payload that a path can hold. */
export const hostilePod = `<img src=x onerror="${RUN}">`;

const began = Date.parse('2026-06-01T10:00:00Z');

/**
 * A pod all of whose words are payloads: binaries, arguments, directories, labels, names of container and image, DNS
 * names, node and policy, and the keys of labels, annotations and of fields nobody knows. One process per payload.
 */
export function hostileLines(): readonly string[] {
  const root = processOf(0, payloads[0] ?? '', '');
  const lines = [line('process_exec', 0, { process: root })];
  payloads.forEach((payload, at) => {
    const process = processOf(at + 1, payload, root.exec_id);
    const next = payloads[(at + 5) % payloads.length] ?? '';
    lines.push(
      line('process_exec', at + 1, { process, parent: root, [payload]: { [next]: payload } }),
      line('process_connect', at + 1, {
        process,
        parent: root,
        source_ip: '10.9.0.7',
        source_port: 40_000 + at,
        destination_ip: `203.0.113.${at + 1}`,
        destination_port: 443,
        destination_names: [payload],
        protocol: 'TCP',
      }),
      line('process_dns', at + 1, {
        process,
        dns: {
          names: [payload],
          rcode: 0,
          question_types: ['A'],
          ips: ['203.0.113.9'],
          response: true,
        },
        destination_ip: '10.9.0.1',
        destination_port: 53,
      }),
      line('process_kprobe', at + 1, {
        process,
        parent: root,
        function_name: payload,
        policy_name: payload,
        args: [{ file_arg: { path: payload } }, { string_arg: payload }],
        action: 'KPROBE_ACTION_POST',
      }),
      line(`process_${at}${payload}`, at + 1, { process, [payload]: payload }),
      line('process_exit', at + 1, { process, status: at, signal: payload }),
    );
  });
  return lines;
}

function line(kind: string, second: number, body: object): string {
  return JSON.stringify({
    [kind]: body,
    node_name: payloads[1],
    cluster_name: payloads[2],
    time: timeOf(second),
  });
}

function processOf(at: number, payload: string, parentExecId: string) {
  const next = payloads[(at + 3) % payloads.length] ?? '';
  return {
    exec_id: Buffer.from(`node:${1_000_000_000 * (at + 1)}:${500 + at}`).toString('base64'),
    pid: 500 + at,
    uid: 1000,
    cwd: `/${payload}`,
    binary: `/usr/bin/${payload}`,
    arguments: `${next} ${payload}`,
    flags: payload,
    start_time: timeOf(at),
    auid: 4294967295,
    parent_exec_id: parentExecId,
    pod: {
      namespace: hostileNamespace,
      name: hostilePod,
      uid: '5f0b1a3e-1d0e-4e0e-9a52-0d6d4a7c9f10',
      labels: [`${payload}=${next}`],
      pod_labels: { [payload]: next },
      pod_annotations: { [payload]: next },
      workload: payload,
      workload_kind: payload,
      container: {
        id: `containerd://${createHash('sha256').update('hostile').digest('hex')}`,
        name: payloads[3],
        image: { id: payloads[4], name: payloads[5] },
        start_time: timeOf(0),
        pid: at + 1,
      },
    },
    docker: createHash('sha256').update('hostile').digest('hex').slice(0, 31),
  };
}

/** The first second is main's; all others are late. */
function timeOf(second: number): string {
  const at = new Date(began + (second === 0 ? 0 : 120_000 + second * 1000));
  return at.toISOString().replace('Z', '123456Z');
}
