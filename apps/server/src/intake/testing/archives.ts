import { crc32, deflateRawSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

export interface TestFile {
  readonly name: string;
  readonly content?: Uint8Array;
  readonly type?: 'file' | 'directory' | 'symlink' | 'link' | 'fifo' | 'character-device';
}

export async function makeTar(files: readonly TestFile[]): Promise<Buffer> {
  const packer = pack();
  for (const { name, content, type } of files) {
    const header: Partial<Header> & { name: string } = {
      name,
      type: type ?? 'file',
      ...(type === 'symlink' || type === 'link' ? { linkname: 'x' } : {}),
    };
    packer.entry(header, Buffer.from(content ?? []));
  }
  packer.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of packer) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export interface TestZipEntry {
  readonly name: string;
  readonly content?: Uint8Array;
  readonly method?: 0 | 8 | 12;
  readonly unixMode?: number;
  readonly encrypted?: boolean;
  /** Sizes and checksum behind the content instead of in front of it, as streaming writers do. */
  readonly descriptor?: boolean;
}

/** A zip writer that takes any name, which real ones refuse. */
export function makeZip(entries: readonly TestZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = zipEntry(entry, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

function zipEntry(entry: TestZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(entry.content ?? []);
  const method = entry.method ?? 8;
  const stored = method === 8 ? deflateRawSync(content) : content;
  const name = Buffer.from(entry.name);
  const flags = 0x800 | (entry.encrypted === true ? 1 : 0) | (entry.descriptor === true ? 8 : 0);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(content), 0);
  sizes.writeUInt32LE(stored.length, 4);
  sizes.writeUInt32LE(content.length, 8);

  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(method, 8);
  if (entry.descriptor !== true) sizes.copy(local, 14);
  local.writeUInt16LE(name.length, 26);

  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE((3 << 8) | 20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(method, 10);
  sizes.copy(central, 16);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt32LE(((entry.unixMode ?? 0o100644) << 16) >>> 0, 38);
  central.writeUInt32LE(offset, 42);

  const signature = Buffer.from([0x50, 0x4b, 0x07, 0x08]);
  const descriptor = entry.descriptor === true ? [signature, sizes] : [];
  return {
    local: Buffer.concat([local, name, stored, ...descriptor]),
    central: Buffer.concat([central, name]),
  };
}
