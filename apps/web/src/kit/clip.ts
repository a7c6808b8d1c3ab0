/** Keeps the start of a text and says with an ellipsis that there is more: for commands. */
export function clipEnd(text: string, max: number): string {
  const chars = Array.from(text.slice(0, max * 2 + 2));
  if (chars.length <= max) return text;
  return `${chars.slice(0, Math.max(0, max - 1)).join('')}…`;
}

/** Keeps the end of a text: for paths, whose last part tells them apart. */
export function clipStart(text: string, max: number): string {
  const chars = Array.from(text.slice(-(max * 2 + 2)));
  if (chars.length <= max) return text;
  return `…${max > 1 ? chars.slice(1 - max).join('') : ''}`;
}

/** Keeps both ends: for names with a generated tail. */
export function clipMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const chars = [...text];
  if (chars.length <= max) return text;
  const head = Math.ceil((max - 1) / 2);
  const tail = max - 1 - head;
  return `${chars.slice(0, head).join('')}…${tail > 0 ? chars.slice(-tail).join('') : ''}`;
}

/** The last part of a path, which people call the program; the whole when there is none. */
export function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === '' ? path : name;
}
