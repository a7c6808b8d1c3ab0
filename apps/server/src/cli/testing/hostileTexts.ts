/** What logs have been made to say to terminals: CSI, OSC, DCS, 8-bit controls, overprinting, hidden and turned text. */
export function hostileTexts(): readonly string[] {
  const escape = '\u001b';
  const bell = '\u0007';
  const sequences = [
    '[2J',
    '[H',
    '[1;31m',
    '[0m',
    '[8m',
    '[?1049h',
    '[?25l',
    '[6n',
    '[5n',
    '[c',
    '[>c',
    '[21t',
    '[3;0;0t',
    '[4;1;1t',
    '[8;1;1t',
    '[999D',
    '[999A',
    '[1K',
    '[2K',
    '[1T',
    '[10S',
    '[s',
    '[u',
    '[20h',
    '[4h',
    '[!p',
    ']0;owned',
    ']2;owned',
    ']8;;https://evil.example',
    ']10;#000000',
    ']11;#000000',
    ']50;#3',
    ']52;c;cm0gLXJm',
    ']1337;File=inline=1:AAAA',
    ']777;notify;a;b',
    ']9;4;1;50',
    'P$q"p',
    'P+q544e',
    'P1;1|17/ab',
    '_Gf=100,a=T;AAAA',
    '^private',
    'Xstring',
    'c',
    '7',
    '8',
    'D',
    'E',
    'M',
    'Z',
    '=',
    '>',
    '#8',
    '(0',
    ')B',
    'N',
    'O',
    '\\',
    '%G',
    '%@',
    'l',
  ];
  const texts = [
    ...sequences.map((rest) => `before${escape}${rest}${rest.startsWith(']') ? bell : ''}after`),
    // The same as single C1 characters.
    ...Array.from({ length: 32 }, (_, i) => `c1${String.fromCharCode(0x80 + i)}31mafter`),
    ...Array.from({ length: 32 }, (_, i) => `c0${String.fromCharCode(i)}after`),
    'name\rroot 0 0 fine',
    'name\b\b\b\bfine',
    'first\nsecond line that looks like a row',
    'tab\tseparated',
    'del\u007fete',
    'invoice\u202egnp.exe',
    'a\u2066b\u2069c',
    'zero\u200bwidth\ufeff',
    'soft\u00adhyphen',
    'line\u2028separator\u2029',
    'half \ud800 pair',
    'tag\u{e0041}\u{e007f}',
    '\u061cmark\u200e\u200f',
  ];
  return texts;
}

/** Bytes that a terminal may obey, in text as it would be written: none may be left, newlines apart. */
export function obeyedBytes(text: string): readonly string[] {
  const found: string[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isControl = (code < 0x20 && code !== 0x0a) || (code >= 0x7f && code <= 0x9f);
    const isTurning = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    if (isControl || isTurning) found.push(code.toString(16));
  }
  return found;
}
