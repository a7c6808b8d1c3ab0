import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import type { App } from '../typedApp.ts';

/** As much of the document as the page lists. */
const openApi = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** The API as OpenAPI 3.1, generated from the schemas, and a page of our own that lists its calls. */
export function docsRoutes(app: App, _deps: HttpDeps): void {
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.send(app.swagger()),
  );

  app.get('/docs', { schema: { hide: true } }, async (_request, reply) => {
    const { paths } = openApi.parse(app.swagger());
    const rows = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) =>
          `<tr><td>${escapeHtml(method.toUpperCase())}</td><td><code>${escapeHtml(path)}</code></td></tr>`,
      ),
    );
    return reply.header('content-type', 'text/html; charset=utf-8').send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Forebear API</title><h1>Forebear API</h1>
<p>The schemas are in <a href="/api/v1/openapi.json"><code>openapi.json</code></a>. Calls from outside the page carry the header <code>X-Forebear-Client</code>.</p>
<table><thead><tr><th>Method</th><th>Call</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></html>`,
    );
  });
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
