import type { Room } from './importLaw.ts';

/**
 * Prints the law for people: one Mermaid picture per package and one table of everything. The
 * tests' rows stand in the table only; they may see too much to be worth a drawing.
 */
export function printPicture(law: readonly Room[]): string {
  const drawn = law.filter(({ name }) => !name.endsWith('/tests') && name !== 'configs');
  return [
    '# The rooms and who may import whom',
    '',
    'Printed from `tools/law/importLaw.ts` by `node tools/law/main.ts --write-picture`; a test fails when it is out of date.',
    'An arrow means "imports". What is not listed is forbidden.',
    '',
    '## Model',
    '',
    ...mermaid(drawn, 'model/'),
    '',
    '## Server',
    '',
    '`compose` and `bench` import every room of the server and are left out of the drawing.',
    '',
    ...mermaid(drawn, 'server/', ['server/compose', 'server/bench']),
    '',
    '## Web',
    '',
    ...mermaid(drawn, 'web/'),
    '',
    '## The whole law',
    '',
    '| room | imports rooms | packages | `node:` |',
    '|---|---|---|---|',
    ...law.map(tableRow),
    '',
  ].join('\n');
}

function mermaid(law: readonly Room[], prefix: string, leftOut: readonly string[] = []): string[] {
  const rooms = law.filter(({ name }) => name.startsWith(prefix) && !leftOut.includes(name));
  const arrows = rooms.flatMap(({ name, imports }) =>
    imports
      .filter((target) => !target.endsWith('/**') && !leftOut.includes(target))
      .map((target) => `  ${box(name)} --> ${box(target)}`),
  );
  return [
    '```mermaid',
    'flowchart LR',
    ...rooms.map(({ name }) => `  ${box(name)}`),
    ...arrows,
    '```',
  ];
}

function box(name: string): string {
  return `${name.replaceAll(/[^a-z]/gi, '_')}["${name}"]`;
}

function tableRow({ name, imports, npm, node }: Room): string {
  const words = (list: readonly string[]) => list.map((word) => `\`${word}\``).join(', ') || '-';
  const builtins = { none: '-', files: 'all but process', all: 'all' }[node];
  return `| \`${name}\` | ${words(imports)} | ${words(npm)} | ${builtins} |`;
}
