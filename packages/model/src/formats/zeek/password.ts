import { textOf } from '../read.ts';

const MASK = '*****';
/** Parameters whose value nobody needs in a list. */
const SECRET = /^(?:pass|passwd|password|pwd|passphrase|secret)$/i;
/** A shorter password would mask half the address, and tell itself by what is missing. */
const LONG_ENOUGH = 3;

/**
 * A request's address without passwords: the one that Zeek captured, in plain or escaped, those of a user before the host, and
 * those of parameters that are called so.
 */
export function maskPassword(uri: string, password: unknown): string {
  const spellings = spellingsOf(textOf(password));
  let masked = maskParameters(maskUser(uri), spellings);
  for (const spelling of spellings) {
    if (spelling.length >= LONG_ENOUGH) masked = masked.replaceAll(spelling, MASK);
  }
  return masked;
}

function maskUser(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#]*@/i, `$1${MASK}@`);
}

function maskParameters(uri: string, spellings: readonly string[]): string {
  const question = uri.indexOf('?');
  if (question < 0) return uri;
  const parameters = uri.slice(question + 1).split('&');
  const masked = parameters.map((parameter) => {
    const equals = parameter.indexOf('=');
    if (equals < 0) return parameter;
    const value = parameter.slice(equals + 1);
    const isSecret = SECRET.test(parameter.slice(0, equals)) || spellings.includes(value);
    return isSecret && value !== '' ? parameter.slice(0, equals + 1) + MASK : parameter;
  });
  return `${uri.slice(0, question + 1)}${masked.join('&')}`;
}

/** `<hidden>` is Zeek's own mask. */
function spellingsOf(password: string | undefined): readonly string[] {
  if (password === undefined || password === '<hidden>') return [];
  const escaped = escapedOf(password);
  const all = [password, escaped, escaped.replaceAll('%20', '+'), escaped.toLowerCase()];
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/** Half a character, which a hostile log may have, cannot be escaped: then the text itself. */
function escapedOf(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
