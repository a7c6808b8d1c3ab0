/** A piece of a Falco condition. `at` is the offset of its first character. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'quoted'; readonly text: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: '(' | ')' | ',' | '[' | ']'; readonly at: number }
  | {
      readonly kind: 'operator';
      readonly text: '=' | '==' | '!=' | '<' | '<=' | '>' | '>=';
      readonly at: number;
    };

export type Tokens =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly at: number; readonly message: string };

const operators = ['==', '!=', '<=', '>=', '=', '<', '>'] as const;

/** Cuts a condition into tokens (formats 4.6). The only failure is a quote that never closes. */
export function tokenizeCondition(text: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (/\s/.test(char)) {
      at += 1;
      continue;
    }
    if (char === '(' || char === ')' || char === ',' || char === '[' || char === ']') {
      tokens.push({ kind: 'symbol', text: char, at });
      at += 1;
      continue;
    }
    const operator = operators.find((symbol) => text.startsWith(symbol, at));
    if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator, at });
      at += operator.length;
      continue;
    }
    if (char === '"' || char === "'") {
      const quoted = readQuoted(text, at);
      if (quoted === undefined) return { ok: false, at, message: `This ${char} is never closed.` };
      tokens.push({ kind: 'quoted', text: quoted.text, at });
      at = quoted.end;
      continue;
    }
    const start = at;
    while (at < text.length && !/[\s()[\]"',=<>!]/.test(text.charAt(at))) at += 1;
    if (at === start) at += 1;
    tokens.push({ kind: 'word', text: text.slice(start, at), at: start });
  }
  return { ok: true, tokens };
}

function readQuoted(text: string, start: number): { text: string; end: number } | undefined {
  const quote = text.charAt(start);
  let out = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && at + 1 < text.length) {
      at += 1;
      out += text.charAt(at);
    } else if (char === quote) {
      return { text: out, end: at + 1 };
    } else {
      out += char;
    }
  }
  return undefined;
}
