import { parseSync, Visitor } from 'oxc-parser';

/**
 * How one file reaches for another. Types count: a type is a dependency of the reader's mind too.
 * An `address` is a `new URL(x, import.meta.url)`, the way to name a worker (or a data file).
 */
export type ImportKind =
  | 'static'
  | 'type'
  | 're-export'
  | 'dynamic'
  | 'address'
  | 'computed address'
  | 'unjudgeable';

export interface FoundImport {
  readonly kind: ImportKind;
  /** As written, or the code itself when it is `unjudgeable` (computed, a glob, a syntax error). */
  readonly specifier: string;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * Lists everything a source file imports, in order of appearance: `import`, `export from`,
 * `import()`, `import('x').T`, `import x = require()`, `require()`, `import.meta.resolve()`,
 * `new URL(x, import.meta.url)` and triple-slash references. What cannot be read off the text is
 * returned as `unjudgeable`, never left out.
 */
export function readImports(path: string, source: string): FoundImport[] {
  const parsed = parseSync(path, source);
  const found: { kind: ImportKind; specifier: string; at: number }[] = [];
  const add = (kind: ImportKind, specifier: string, at: number) =>
    found.push({ kind, specifier, at });
  const addExpression = (kind: ImportKind, node: Expression) => {
    const specifier = literalText(node);
    if (specifier !== undefined) add(kind, specifier, node.start);
    else add(unreadable(kind), source.slice(node.start, node.end), node.start);
  };

  for (const error of parsed.errors) {
    add('unjudgeable', `syntax error: ${error.message}`, error.labels[0]?.start ?? 0);
  }
  for (const { moduleRequest, entries, start } of parsed.module.staticImports) {
    const typed = entries.length > 0 && entries.every((entry) => entry.isType);
    add(typed ? 'type' : 'static', moduleRequest.value, start);
  }
  for (const { entries, start } of parsed.module.staticExports) {
    const request = entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest;
    if (request !== undefined && request !== null) add('re-export', request.value, start);
  }
  for (const { value, start } of parsed.comments) {
    const reference = /^\/\s*<reference\s+(path|types)\s*=\s*["']([^"']+)["']/.exec(value);
    if (reference?.[2] === undefined) continue;
    add('type', reference[1] === 'path' ? relative(reference[2]) : reference[2], start);
  }
  new Visitor({
    ImportExpression: (node) => addExpression('dynamic', node.source),
    TSImportType: (node) => add('type', node.source.value, node.start),
    TSImportEqualsDeclaration: ({ moduleReference }) => {
      if (moduleReference.type === 'TSExternalModuleReference') {
        addExpression('static', moduleReference.expression);
      }
    },
    NewExpression: ({ callee, arguments: [target, base] }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || target === undefined) return;
      if (base?.type !== 'MemberExpression' || base.object.type !== 'MetaProperty') return;
      if (target.type === 'ConditionalExpression') {
        addExpression('address', target.consequent);
        addExpression('address', target.alternate);
      } else if (target.type !== 'SpreadElement') addExpression('address', target);
    },
    CallExpression: ({ callee, arguments: [target], start }) => {
      if (target === undefined || target.type === 'SpreadElement') return;
      if (callee.type === 'Identifier' && callee.name === 'require') {
        addExpression('static', target);
      }
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'MetaProperty') return;
      const method = callee.property.type === 'Identifier' ? callee.property.name : '';
      if (method === 'resolve') addExpression('dynamic', target);
      if (method === 'glob') add('unjudgeable', 'import.meta.glob', start);
    },
  }).visit(parsed.program);

  const lineAt = lineCounter(source);
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ kind, specifier, at }) => ({ kind, specifier, line: lineAt(at) }));
}

interface Expression {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly value?: unknown;
  readonly expressions?: readonly unknown[];
  readonly quasis?: readonly { readonly value: { readonly cooked?: string | null } }[];
}

function unreadable(kind: ImportKind): ImportKind {
  return kind === 'address' ? 'computed address' : 'unjudgeable';
}

function literalText(node: Expression): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral' && node.expressions?.length === 0) {
    return node.quasis?.[0]?.value.cooked ?? undefined;
  }
  return undefined;
}

function relative(path: string): string {
  return path.startsWith('.') ? path : `./${path}`;
}

function lineCounter(source: string): (offset: number) => number {
  return (offset) => source.slice(0, offset).split('\n').length;
}
