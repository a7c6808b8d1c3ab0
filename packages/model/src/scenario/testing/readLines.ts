/** Plain readings of generated lines with nothing but JSON.parse, so that no production code judges itself. */
export type Line = {
  readonly kind: string;
  readonly time: string;
  readonly node: string;
  readonly body: Fields;
};

export type Fields = { readonly [key: string]: unknown };

export function readLines(lines: Iterable<string>): Line[] {
  const read: Line[] = [];
  for (const line of lines) {
    const value = asFields(JSON.parse(line));
    const kind = Object.keys(value)[0] ?? '';
    read.push({
      kind,
      time: text(value, 'time'),
      node: text(value, 'node_name'),
      body: asFields(value[kind]),
    });
  }
  return read;
}

export function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value));
}

export function inner(fields: Fields, ...path: string[]): Fields {
  return path.reduce((at, key) => asFields(at[key]), fields);
}

export function text(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
}

export function number(fields: Fields, key: string): number {
  const value = fields[key];
  return typeof value === 'number' ? value : Number.NaN;
}

/** Every process message of a line: its own, its parent's and its ancestors'. */
export function processesOf(line: Line): Fields[] {
  const ancestors = line.body['ancestors'];
  return [
    inner(line.body, 'process'),
    inner(line.body, 'parent'),
    ...(Array.isArray(ancestors) ? ancestors.map(asFields) : []),
  ].filter((process) => text(process, 'exec_id') !== '');
}

/** exec_id taken apart from the right, with Node's own base64. */
export function decodeExecId(id: string): { node: string; ktime: bigint; pid: number } {
  const parts = Buffer.from(id, 'base64').toString('latin1').split(':');
  const pid = Number(parts.pop());
  const ktime = BigInt(parts.pop() ?? '0');
  return { node: parts.join(':'), ktime, pid };
}

/** exec_ids named as a parent by some process and described by none, the kernel's apart. */
export function findDangling(lines: readonly Line[]): Set<string> {
  const described = new Set<string>();
  const named = new Set<string>();
  for (const process of lines.flatMap(processesOf)) {
    described.add(text(process, 'exec_id'));
    named.add(text(process, 'parent_exec_id'));
  }
  return new Set([...named].filter((id) => !described.has(id) && decodeExecId(id).pid !== 0));
}

/** Nanoseconds since the epoch of an RFC 3339 time with up to nine digits. */
export function instantOf(time: string): bigint {
  const [seconds = '', fraction = ''] = time.replace('Z', '').split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
