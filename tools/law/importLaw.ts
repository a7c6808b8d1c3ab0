/**
 * The import law: which room of the house may import which. This text is the law itself, the checker
 * reads it, and the picture in docs/rooms.md is printed from it. What is not listed is forbidden.
 *
 * Read a row as: the room `name` owns `files` and may import its own files, the rooms in `imports`,
 * the packages in `npm`, and Node's built-in modules as `node` says. The first row that matches a
 * file owns it; a `*` is one folder name, and two folders behind one `*` are two rooms. A permission
 * that no file needs any more is a failure too: the law says what is so.
 */
export interface Room {
  readonly name: string;
  readonly files: readonly string[];
  /** Names of rooms; `model/**` stands for every room whose name begins with `model/`. */
  readonly imports: readonly string[];
  /** Package names; `@fastify/*` is a scope, `*` any package. */
  readonly npm: readonly string[];
  /** `files`: every built-in but `node:process`, which belongs to whoever starts the program. */
  readonly node: 'none' | 'files' | 'all';
}

const model = 'packages/model/src';
const server = 'apps/server/src';
const web = 'apps/web/src';

const fastify = ['fastify', '@fastify/*', 'fastify-type-provider-zod', 'prom-client', 'zod'];
const react = ['react', 'react-aria-components', 'lucide-react'];
const data = ['@tanstack/react-query', '@tanstack/react-router'];

const sqlite = { npm: ['better-sqlite3'], node: 'files' } as const;
const answering = ['model/answer', 'model/event', 'model/graph', 'model/query', 'model/wire'];

export const importLaw: readonly Room[] = [
  // Tests, benchmarks and test kits: anything in their own package, and the model.
  tests('model/tests', 'packages/model', ['model/**']),
  tests('server/tests', 'apps/server', ['server/**', 'model/**']),
  tests('web/tests', 'apps/web', ['web/**', 'model/**', 'configs']),
  tests('tools/tests', 'tools', ['tools/**']),

  // The model: pure, so no node at all.
  // Compiled to WebAssembly, not imported: tools/assembly writes what comes out into model/arena.
  room('model/assembly', 'packages/model/assembly/**', []),
  room('model/arena', `${model}/arena/**`, []),
  room('model/event', `${model}/event/**`, ['model/arena']),
  room('model/framing', `${model}/framing/**`, []),
  room(
    'model/formats',
    [`${model}/formats/registry.ts`, `${model}/formats/detect.ts`],
    ['model/formats/contract', 'model/formats/*'],
  ),
  room('model/formats/contract', `${model}/formats/*.ts`, ['model/arena', 'model/event']),
  room('model/formats/*', `${model}/formats/*/**`, [
    'model/arena',
    'model/event',
    'model/formats/contract',
  ]),
  room('model/envelopes', `${model}/envelopes/**`, ['model/event', 'model/formats/contract']),
  room('model/ingest', `${model}/ingest/**`, [
    'model/arena',
    'model/envelopes',
    'model/event',
    'model/framing',
    'model/formats',
    'model/formats/contract',
  ]),
  room('model/graph', `${model}/graph/**`, ['model/event']),
  room('model/query', `${model}/query/**`, ['model/event']),
  room('model/wire', `${model}/wire/**`, [], { npm: ['zod'] }),
  room('model/answer', `${model}/answer/**`, [
    'model/event',
    'model/graph',
    'model/query',
    'model/wire',
  ]),
  room('model/scenario', `${model}/scenario/**`, ['model/event']),
  room('model/words', `${model}/words/**`, []),

  // The server: http and the command line see ports, adapters see ports, compose knows everybody.
  room('server/store/memory', `${server}/store/memory/**`, [
    'server/store',
    'server/store/ports',
    ...answering,
  ]),
  // SQLite: writer and readers meet in the layout of what is stored, and run in threads.
  room(
    'server/store/sqlite/layout',
    `${server}/store/sqlite/layout/**`,
    ['server/crossing', 'model/event', 'model/graph', 'model/wire'],
    { npm: ['better-sqlite3', 'zod'], node: 'files' },
  ),
  room(
    'server/store/sqlite/write',
    `${server}/store/sqlite/write/**`,
    [
      'server/store/sqlite/layout',
      'server/store',
      'server/store/ports',
      'server/crossing',
      'model/event',
      'model/graph',
      'model/wire',
    ],
    sqlite,
  ),
  room(
    'server/store/sqlite/read',
    `${server}/store/sqlite/read/**`,
    [
      'server/store/sqlite/layout',
      'server/store',
      'server/store/ports',
      'server/crossing',
      ...answering,
    ],
    sqlite,
  ),
  room(
    'server/store/sqlite/threads',
    `${server}/store/sqlite/threads/**`,
    [
      'server/store/sqlite/write',
      'server/store/sqlite/read',
      'server/store/ports',
      'server/crossing',
      'model/event',
      'model/wire',
    ],
    { node: 'files' },
  ),
  room(
    'server/store/sqlite',
    `${server}/store/sqlite/*.ts`,
    [
      'server/store/sqlite/**',
      'server/store',
      'server/store/ports',
      'server/crossing',
      'model/event',
      'model/wire',
    ],
    // The lock of a data directory names a process and asks whether it lives.
    { node: 'all' },
  ),
  room('server/store/ports', `${server}/store/ports.ts`, [
    'model/event',
    'model/query',
    'model/wire',
  ]),
  // Between the decoder's thread, the server's and a writer's.
  room('server/crossing', `${server}/crossing/**`, ['model/event'], { node: 'files' }),
  // What the adapters share: questions answered from a derived forest, pages, the contract.
  room('server/store', `${server}/store/*.ts`, ['server/store/ports', ...answering], {
    node: 'files',
  }),
  room('server/intake', `${server}/intake/**`, ['model/framing'], {
    npm: ['yauzl'],
    node: 'files',
  }),
  // Its service as others see it, and the rest.
  room('server/ingest/port', `${server}/ingest/ingestService.ts`, [
    'server/store/ports',
    'model/wire',
  ]),
  room(
    'server/ingest',
    `${server}/ingest/**`,
    [
      'server/ingest/port',
      'server/store/ports',
      'server/crossing',
      'server/intake',
      'model/event',
      'model/formats',
      'model/ingest',
      'model/wire',
      'model/words',
    ],
    { node: 'files' },
  ),
  room(
    'server/http',
    `${server}/http/**`,
    ['server/ingest/port', 'server/store/ports', 'model/event', 'model/query', 'model/wire'],
    { npm: fastify, node: 'files' },
  ),
  room(
    'server/cli',
    `${server}/cli/**`,
    [
      'server/compose',
      'server/config',
      'server/store/ports',
      'server/intake',
      'model/answer',
      'model/event',
      'model/graph',
      'model/query',
      'model/wire',
      'model/words',
    ],
    { npm: ['commander'], node: 'files' },
  ),
  room('server/config', `${server}/config.ts`, [], { node: 'files' }),
  room('server/compose', `${server}/compose.ts`, ['server/**', 'model/**'], { node: 'files' }),
  room(
    'server/main',
    `${server}/main.ts`,
    ['server/compose', 'server/config', 'server/cli', 'model/event'],
    {
      npm: ['close-with-grace'],
      node: 'all',
    },
  ),
  room('server/bench', `${server}/bench/**`, ['server/**', 'model/**'], { node: 'all' }),
  room('server/trials', `${server}/trials/**`, ['server/**', 'model/**'], { node: 'all' }),
  room('server/demo', `${server}/demo/**`, ['model/scenario', 'model/event'], { node: 'all' }),

  // The web app: pure rooms at the bottom, features side by side, the shell on top.
  room('web/api', `${web}/api/**`, ['model/query', 'model/wire'], {
    npm: ['@tanstack/react-query', 'react', 'zod'],
  }),
  room('web/url/hook', `${web}/url/useView.ts`, ['web/url'], {
    npm: ['@tanstack/react-router', 'react'],
  }),
  room('web/url', `${web}/url/**`, ['model/query']),
  room('web/view', `${web}/view/**`, ['model/wire', 'model/graph', 'model/words']),
  room('web/layout', `${web}/layout/**`, ['web/view'], { npm: ['d3-hierarchy'] }),
  room('web/paint', `${web}/paint/**`, ['web/layout', 'web/view']),
  room('web/kit', `${web}/kit/**`, ['model/words'], { npm: [...react, '@tanstack/react-virtual'] }),
  room('web/lists', `${web}/lists/**`, ['web/api', 'web/url', 'web/url/hook', 'web/kit'], {
    npm: ['react', ...data],
  }),
  room(
    'web/features/*',
    `${web}/features/*/**`,
    [
      'web/api',
      'web/url',
      'web/url/hook',
      'web/view',
      'web/layout',
      'web/paint',
      'web/kit',
      'web/lists',
      'web/fold.worker',
      'model/answer',
      'model/query',
      'model/words',
    ],
    { npm: [...react, ...data, '@tanstack/react-virtual'] },
  ),
  room(
    'web/app',
    `${web}/app/**`,
    ['web/features/*', 'web/api', 'web/url', 'web/url/hook', 'web/kit', 'model/words'],
    { npm: ['react', 'react-dom', 'lucide-react', ...data] },
  ),
  room('web/fold.worker', `${web}/fold.worker.ts`, ['web/view']),
  room('web/main', [`${web}/main.tsx`, `${web}/*.d.ts`, `${web}/*.css`], ['web/app'], {
    npm: ['react-dom', '@fontsource-variable/*'],
  }),

  // Outside the product.
  room('e2e', 'e2e/**', ['model/wire', 'model/scenario'], {
    npm: ['@playwright/test', '@axe-core/playwright'],
    node: 'all',
  }),
  room('tools/files', 'tools/files/**', [], { node: 'files' }),
  room('tools/law', 'tools/law/**', ['tools/files'], { npm: ['oxc-parser'], node: 'all' }),
  room('tools/purity', 'tools/purity/**', [], { npm: ['oxc-parser'] }),
  room('tools/*', 'tools/*/**', [], { node: 'all' }),
  room('configs', ['*.config.ts', 'apps/*/*.config.ts'], [], { npm: ['*'], node: 'all' }),
];

function room(
  name: string,
  files: string | readonly string[],
  imports: readonly string[],
  rest: { npm?: readonly string[]; node?: Room['node'] } = {},
): Room {
  const paths = typeof files === 'string' ? [files] : files;
  return { name, files: paths, imports, npm: rest.npm ?? [], node: rest.node ?? 'none' };
}

function tests(name: string, folder: string, imports: readonly string[]): Room {
  const kinds = ['*.test.ts', '*.test.tsx', '*.bench.ts', 'testing/**'];
  const files = kinds.map((kind) => `${folder}/**/${kind}`);
  return room(name, files, imports, { npm: ['*'], node: 'all' });
}
