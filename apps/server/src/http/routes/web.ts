import fastifyStatic from '@fastify/static';
import type { HttpDeps } from '../deps.ts';
import { problemBodyOf } from '../problems.ts';
import type { App } from '../typedApp.ts';

/** The web app: its files as they are, and its page for every path of its own (`/`, `/c/…`). */
export async function webRoutes(app: App, deps: HttpDeps): Promise<void> {
  const { webRoot } = deps;
  if (webRoot === undefined) {
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/plain').send('The web app is not built: run `npm run build`.\n'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: webRoot,
    wildcard: true,
    index: ['index.html'],
    setHeaders: (response, path) => {
      response.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.setNotFoundHandler((request, reply) => {
    // A pod, a case and a filter may hold a dot: only outside /c/ does one make the name of a file.
    const path = request.url.split('?', 1)[0] ?? '';
    const isPage = path.startsWith('/c/') || !/\.[a-z0-9]+$/i.test(path);
    if (request.method === 'GET' && !path.startsWith('/api/') && isPage) {
      return reply.header('cache-control', 'no-cache').sendFile('index.html', webRoot);
    }
    return reply
      .code(404)
      .send(problemBodyOf({ code: 'unknown_route', message: 'There is no such call.' }));
  });
}
