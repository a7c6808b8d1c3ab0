import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { fakeApi } from './fakeApi.ts';

/**
 * The app on http://127.0.0.1:5174 over invented answers: `node --conditions=source apps/web/src/testing/devWithFake.ts`,
 * with another port as the first argument.
 */
const port = Number(process.argv[2] ?? 5174);
const api = fakeApi();
api.listen(0, '127.0.0.1', () => {
  const address = api.address();
  if (address === null || typeof address === 'string') throw new Error('the fake API has no port');
  void serve(address.port);
});

async function serve(apiPort: number): Promise<void> {
  const server = await createServer({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    server: { port, strictPort: true, proxy: { '/api': `http://127.0.0.1:${apiPort}` } },
  });
  await server.listen();
  server.printUrls();
}
