/** Longer than this a record is shown as it is: indenting it would freeze the page. */
const MOST_INDENTED = 256 * 1024;

/** A JSON record indented for reading; any other text as it is. Numbers keep their digits: nothing is parsed into a value. */
export function indentRecord(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length > MOST_INDENTED || !/^[{[]/.test(trimmed)) return text;
  const out: string[] = [];
  let depth = 0;
  let inString = false;
  let escaped = false;
  const line = () => out.push('\n', '  '.repeat(Math.min(Math.max(depth, 0), 40)));
  for (let at = 0; at < trimmed.length; at += 1) {
    const char = trimmed.charAt(at);
    if (inString) {
      out.push(char);
      if (escaped) escaped = false;
      else if (char === '\\') escaped = true;
      else if (char === '"') inString = false;
    } else if (char === '"') {
      inString = true;
      out.push(char);
    } else if (char === '{' || char === '[') {
      out.push(char);
      const rest = trimmed.slice(at + 1, at + 16).trimStart();
      if (rest.startsWith('}') || rest.startsWith(']')) continue;
      depth += 1;
      line();
    } else if (char === '}' || char === ']') {
      const last = out.at(-1);
      if (last !== '{' && last !== '[') {
        depth -= 1;
        line();
      }
      out.push(char);
    } else if (char === ',') {
      out.push(char);
      line();
    } else if (char === ':') out.push(': ');
    else if (!/\s/.test(char)) out.push(char);
  }
  return out.join('');
}
