/** Programs whose `-c`, `-e` or `--eval` is followed by a script. Names as in the basename of a binary. */
const interpreter =
  /^(?:(?:ba|da|a|z|k|mk|c|tc|fi|rba)?sh|busybox|toybox|python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|node(?:js)?|deno|bun|php[\d.]*|lua(?:jit)?[\d.]*|tclsh[\d.]*|pwsh|powershell|osascript|R|Rscript|irb|psql|mysql|sqlite3)$/i;

/** `-c`, also among joined letters (`-lc`), `-e`, `-r` (php), `--eval`, `--eval=…`. */
const scriptOption = /^(?:-[A-Za-z]*[cer]|--eval(?:=.*)?|--command(?:=.*)?)$/s;

/**
 * Addresses, UUIDs, hexadecimal of 12 or more, digits. One pass and bounded look-around, so that hostile text costs
 * linear time.
 */
const variable =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![0-9a-f:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![0-9a-f:])|(?<![0-9a-f])[0-9a-f]{12,}(?![0-9a-f])|\d+/gi;

/**
 * The arguments with what varies from run to run replaced (semantics, "Late and new"): two runs with one template do the
 * same work. `binary` tells whether a script follows `-c`: it stays as text with placeholders inside, because the text is
 * what the process does. Argument boundaries are lossy (D30), so everything after the option counts as the script.
 */
export function argumentTemplate(binary: string, args: string): string {
  const script = scriptStart(binary, args);
  const words = withoutQuoted(args.slice(0, script));
  return replaceVariable(words) + replaceVariable(args.slice(script));
}

/** Without any of these nothing varies: digits, two colons, the letters of a longer hexadecimal. */
const mayVary = /\d|:[^:]*:|[a-f]{8}/i;

function replaceVariable(text: string): string {
  return !mayVary.test(text) ? text : text.replace(variable, placeholderOf);
}

function placeholderOf(found: string): string {
  if (found.length === 36 && found.charAt(8) === '-') return '<uuid>';
  if (found.includes(':') || found.includes('.')) return '<ip>';
  if (found.length >= 12 && /[a-f]/i.test(found)) return '<hex>';
  return '#';
}

/** Where the script of an interpreter begins; the length of the text when there is none. */
function scriptStart(binary: string, args: string): number {
  let interprets = interpreter.test(baseName(binary));
  let at = 0;
  while (at < args.length) {
    const end = endOfWord(args, at);
    const word = args.slice(at, end);
    if (interprets && scriptOption.test(word)) {
      const equals = word.indexOf('=');
      return equals < 0 ? end : at + equals + 1;
    }
    if (!interprets && word !== '') interprets = interpreter.test(baseName(word));
    at = end + 1;
  }
  return args.length;
}

/** A quoted argument becomes one placeholder: a quote at the start of a word up to one at the end of a word. */
function withoutQuoted(text: string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const end = endOfWord(text, at);
    if (text.charAt(at) === '"') out += '"…"';
    else out += text.slice(at, end);
    if (end < text.length) out += ' ';
    at = end + 1;
  }
  return out;
}

/** The end of the word that begins at `at`; a quoted one ends at a quote before a space or at the end. */
function endOfWord(text: string, at: number): number {
  if (text.charAt(at) === '"') {
    const close = text.indexOf('" ', at + 1);
    return close < 0 ? text.length : close + 1;
  }
  const space = text.indexOf(' ', at);
  return space < 0 ? text.length : space;
}

/** The last part of a path. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
