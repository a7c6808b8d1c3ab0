import { severities } from '../event/severity.ts';
import { type Token, tokenizeCondition } from './conditionTokens.ts';
import { isFalcoField, nearestField } from './falcoFields.ts';
import { type Clause, type Filter, isFieldName, matchAll, orderOperators } from './filter.ts';
import { askedSeverity, isOrdered } from './severityOrder.ts';

export type ParsedFilter =
  | { readonly ok: true; readonly filter: Filter }
  | {
      readonly ok: false;
      readonly code: 'bad_filter' | 'not_supported_yet';
      readonly message: string;
      /** Offset of the first character that is to blame. */
      readonly position: number;
    };

type Failure = Extract<ParsedFilter, { ok: false }>;

const maxLength = 4096;
const maxDepth = 64;
const stringOperators = new Set([
  'bcontains',
  'bstartswith',
  'contains',
  'endswith',
  'glob',
  'icontains',
  'iglob',
  'startswith',
  'regex',
]);
const listOperators = new Set(['in', 'intersects', 'pmatch']);
const keywords = new Set(['and', 'or', 'not', 'exists', ...stringOperators, ...listOperators]);
const transformers = new Set([
  'tolower',
  'toupper',
  'b64',
  'basename',
  'len',
  'join',
  'concat',
  'getopt',
  'val',
]);
const fieldPattern = /^[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z0-9_]+)+$/;

/**
 * Reads what a person typed. Text without comparison operator, parenthesis or quote is free text; all else must
 * be a Falco condition (formats 4.6) over Falco's fields (4.8), else `bad_filter` with a position. Conditions beyond `field = value`,
 * `field contains value` and, of a severity, `>=` and the like, joined by `and` over our fields, are `not_supported_yet`.
 */
export function parseFilter(text: string): ParsedFilter {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, filter: matchAll };
  if (trimmed.length > maxLength) {
    return bad(
      maxLength,
      `A filter has at most ${maxLength} characters; this one has ${trimmed.length}.`,
    );
  }
  if (!looksLikeCondition(trimmed)) return { ok: true, filter: { kind: 'text', text: trimmed } };
  const tokens = tokenizeCondition(text);
  if (!tokens.ok) return bad(tokens.at, tokens.message);
  return new Parser(tokens.tokens, text.length).parse();
}

function looksLikeCondition(text: string): boolean {
  // An exec_id ends in base64's padding, which compares nothing: people paste it as it stands.
  if (/^[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) return false;
  if (/[=<>()"']/.test(text)) return true;
  const words = text.split(/\s+/);
  return words.some(
    (word, index) =>
      index > 0 &&
      keywords.has(word) &&
      word !== 'and' &&
      word !== 'or' &&
      word !== 'not' &&
      isField(words[index - 1] ?? ''),
  );
}

function isField(word: string): boolean {
  return fieldPattern.test(word) || isFieldName(word);
}

function bad(position: number, message: string): Failure {
  return { ok: false, code: 'bad_filter', message, position };
}

/** One pass over the tokens; nesting is counted, never recursed. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #clauses: Clause[] = [];
  #at = 0;
  /** The first thing we understood but cannot evaluate; reported only if the rest is well formed. */
  #unsupported: { position: number; what: string } | undefined;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  parse(): ParsedFilter {
    let depth = 0;
    let wantsCheck = true;
    while (this.#at < this.#tokens.length) {
      const token = this.#peek();
      if (token === undefined) break;
      if (wantsCheck) {
        if (token.kind === 'word' && token.text === 'not') {
          this.#mark(token.at, '`not`');
          this.#at += 1;
        } else if (token.kind === 'symbol' && token.text === '(') {
          depth += 1;
          if (depth > maxDepth) return bad(token.at, `More than ${maxDepth} nested parentheses.`);
          this.#mark(token.at, 'a parenthesis');
          this.#at += 1;
        } else {
          const failure = this.#check();
          if (failure !== undefined) return failure;
          wantsCheck = false;
        }
      } else if (token.kind === 'symbol' && token.text === ')') {
        depth -= 1;
        if (depth < 0) return bad(token.at, 'This parenthesis closes nothing.');
        this.#at += 1;
      } else if (token.kind === 'word' && (token.text === 'and' || token.text === 'or')) {
        if (token.text === 'or') this.#mark(token.at, '`or`');
        this.#at += 1;
        wantsCheck = true;
      } else {
        return bad(token.at, `Expected \`and\`, \`or\` or the end, found \`${token.text}\`.`);
      }
    }
    if (wantsCheck) return bad(this.#end, 'The filter ends where a condition should stand.');
    if (depth > 0) return bad(this.#end, 'A parenthesis is never closed.');
    if (this.#unsupported !== undefined) {
      return {
        ok: false,
        code: 'not_supported_yet',
        message: `${this.#unsupported.what} is part of Falco's language but not supported yet. Use \`field = value\`, \`field contains value\` and \`alert.severity >= value\`, joined by \`and\`.`,
        position: this.#unsupported.position,
      };
    }
    return { ok: true, filter: { kind: 'clauses', clauses: this.#clauses } };
  }

  #check(): Failure | undefined {
    const head = this.#next();
    if (head === undefined) return bad(this.#end, 'A field is missing.');
    if (head.kind !== 'word' || keywords.has(head.text)) {
      return bad(head.at, `Expected a field such as \`proc.name\`, found \`${head.text}\`.`);
    }
    if (transformers.has(head.text) && this.#peekSymbol('(')) {
      const failure = this.#parenthesised(head.at);
      if (failure !== undefined) return failure;
      this.#mark(head.at, `\`${head.text}()\``);
      return this.#comparison(undefined, head);
    }
    if (!fieldPattern.test(head.text) && !isFieldName(head.text)) {
      if (!/^[a-zA-Z][a-zA-Z0-9_]*$/.test(head.text))
        return bad(head.at, `\`${head.text}\` is no field.`);
      if (this.#startsComparison())
        return bad(
          head.at,
          `\`${head.text}\` is no field: fields have a dot, such as \`proc.name\`.`,
        );
      this.#mark(head.at, `The macro \`${head.text}\``);
      return undefined;
    }
    if (!isFieldName(head.text) && !isFalcoField(head.text)) {
      const nearest = nearestField(head.text);
      return bad(
        head.at,
        `There is no field \`${head.text}\`${nearest === undefined ? '.' : `: did you mean \`${nearest}\`?`}`,
      );
    }
    if (this.#peekSymbol('[')) {
      const failure = this.#fieldArgument();
      if (failure !== undefined) return failure;
      this.#mark(head.at, `\`${head.text}[…]\``);
    }
    if (!isFieldName(head.text)) this.#mark(head.at, `The field \`${head.text}\``);
    return this.#comparison(head.text, head);
  }

  #comparison(field: string | undefined, head: Token): Failure | undefined {
    const operator = this.#next();
    if (operator === undefined)
      return bad(this.#end, `\`${head.text}\` needs an operator, such as \`=\` or \`contains\`.`);
    if (operator.kind === 'word' && operator.text === 'exists') {
      this.#mark(operator.at, '`exists`');
      return undefined;
    }
    if (operator.kind === 'word' && listOperators.has(operator.text)) {
      this.#mark(operator.at, `\`${operator.text}\``);
      return this.#listOrName(operator);
    }
    const isWordOperator = operator.kind === 'word' && stringOperators.has(operator.text);
    if (operator.kind !== 'operator' && !isWordOperator) {
      return bad(
        operator.at,
        `Expected an operator after \`${head.text}\`, found \`${operator.text}\`.`,
      );
    }
    const value = this.#next();
    if (value === undefined) return bad(this.#end, `\`${operator.text}\` needs a value.`);
    if (
      value.kind === 'word' &&
      (value.text === 'oneof' || value.text === 'anyof' || value.text === 'allof') &&
      this.#peekSymbol('(')
    ) {
      this.#mark(value.at, `\`${value.text}\``);
      return this.#listOrName(value);
    }
    if (value.kind === 'word' && transformers.has(value.text) && this.#peekSymbol('(')) {
      this.#mark(value.at, `\`${value.text}()\``);
      return this.#parenthesised(value.at);
    }
    if (value.kind !== 'word' && value.kind !== 'quoted') {
      return bad(value.at, `Expected a value after \`${operator.text}\`, found \`${value.text}\`.`);
    }
    return this.#clause(field, operator, value);
  }

  #clause(field: string | undefined, operator: Token, value: Token): Failure | undefined {
    const known = field !== undefined && isFieldName(field) ? field : undefined;
    const order = orderOperators.find((one) => one === operator.text);
    const ours = ['=', '==', 'contains'].includes(operator.text);
    if (order !== undefined && known !== undefined && isOrdered(known)) {
      if (askedSeverity(value.text) === undefined)
        return bad(value.at, `\`${value.text}\` is no severity: ${severities.join(', ')}.`);
      this.#clauses.push({ field: known, operator: order, value: value.text });
    } else if (!ours) this.#mark(operator.at, `\`${operator.text}\``);
    else if (known !== undefined) {
      const isPart = operator.text === 'contains';
      this.#clauses.push({ field: known, operator: isPart ? 'contains' : '=', value: value.text });
    }
    return undefined;
  }

  #listOrName(before: Token): Failure | undefined {
    if (this.#peekSymbol('(')) return this.#parenthesised(before.at);
    const name = this.#next();
    if (name === undefined) return bad(this.#end, `\`${before.text}\` needs a list.`);
    if (name.kind !== 'word')
      return bad(name.at, `Expected a list after \`${before.text}\`, found \`${name.text}\`.`);
    return undefined;
  }

  /** Skips `( … )` holding values, commas and nested parentheses. */
  #parenthesised(at: number): Failure | undefined {
    let depth = 0;
    for (;;) {
      const token = this.#next();
      if (token === undefined) return bad(at, 'A parenthesis is never closed.');
      if (token.kind === 'operator')
        return bad(token.at, `\`${token.text}\` cannot stand in a list.`);
      if (token.kind === 'symbol' && token.text === '(') depth += 1;
      if (token.kind === 'symbol' && token.text === ')') depth -= 1;
      if (depth === 0) return undefined;
      if (depth > maxDepth) return bad(token.at, `More than ${maxDepth} nested parentheses.`);
    }
  }

  #fieldArgument(): Failure | undefined {
    const open = this.#next();
    const argument = this.#next();
    const close = this.#next();
    const closed = close?.kind === 'symbol' && close.text === ']';
    if (argument === undefined || argument.kind === 'symbol' || !closed) {
      return bad(open?.at ?? this.#end, 'A field argument looks like `[1]`.');
    }
    return undefined;
  }

  #startsComparison(): boolean {
    const token = this.#peek();
    if (token === undefined) return false;
    return (
      token.kind === 'operator' ||
      (token.kind === 'word' &&
        (stringOperators.has(token.text) ||
          listOperators.has(token.text) ||
          token.text === 'exists'))
    );
  }

  #mark(position: number, what: string): void {
    this.#unsupported ??= { position, what };
  }

  #peekSymbol(text: string): boolean {
    const token = this.#peek();
    return token?.kind === 'symbol' && token.text === text;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    return token;
  }
}
