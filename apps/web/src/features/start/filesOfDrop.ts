import type { UploadFile } from '../../api/uploads.ts';

/** More files than this in one drop is a mistake, such as a whole disk. */
export const mostFiles = 1000;

export interface FoundFiles {
  readonly files: readonly UploadFile[];
  /** Whether there were more than `mostFiles`. */
  readonly cut: boolean;
}

/**
 * The files of a drop, folders walked to the bottom without recursion, in the order of their paths, so that rotated
 * files arrive in order. Hidden files (`.DS_Store`) are left out.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<FoundFiles> {
  const entries: FileSystemEntry[] = [];
  const loose: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry !== null) entries.push(entry);
    else {
      const file = item.getAsFile();
      if (file !== null) loose.push(file);
    }
  }
  const found: UploadFile[] = loose.map((file) => ({ name: file.name, file }));
  while (entries.length > 0 && found.length <= mostFiles) {
    const entry = entries.shift();
    if (entry === undefined || entry.name.startsWith('.')) continue;
    if (isFile(entry))
      found.push({ name: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry) });
    else if (isDirectory(entry)) entries.push(...(await childrenOf(entry)));
  }
  return inOrder(found);
}

/** The files of a picker; a picked folder gives each file its path. */
export function filesOfPicker(list: FileList): FoundFiles {
  const files = [...list]
    .filter((file) => !file.name.startsWith('.'))
    .map((file) => ({
      name: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
      file,
    }));
  return inOrder(files);
}

function inOrder(files: readonly UploadFile[]): FoundFiles {
  const sorted = files.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return { files: sorted.slice(0, mostFiles), cut: sorted.length > mostFiles };
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** A reader hands out its entries in pieces, until an empty one. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = entry.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (piece.length === 0 || children.length > mostFiles) return children;
    for (const child of piece) children.push(child);
  }
}
