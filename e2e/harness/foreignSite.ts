import { once } from 'node:events';
import { createServer } from 'node:http';

/** A web page of somebody else, on another port of this machine. */
export interface ForeignSite {
  readonly port: number;
  /** What other sites asked of it: a page that leaks calls home here. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves one empty page under every path, and remembers what was asked. */
export async function openForeignSite(): Promise<ForeignSite> {
  const asked: string[] = [];
  const site = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>elsewhere</title><body>elsewhere</body>');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    asked,
    close: async () => {
      site.closeAllConnections();
      site.close();
      await once(site, 'close');
    },
  };
}
