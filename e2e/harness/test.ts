import { type BrowserContext, test as base, expect } from '@playwright/test';
import { type Api, apiOf } from './api.ts';
import { type Server, startServer } from './server.ts';
import { expectGood, type Watch, watchPage } from './watch.ts';

export { expect };

/** The server of a test file: there from its first test to its last. */
export interface Serving extends Api {
  readonly server: Server;
}

interface Fixtures {
  /** Watches the pages of another context too, such as another person's browser. */
  readonly watch: (context: BrowserContext) => void;
}

let serving: Serving | undefined;

/** Every page of every test is watched: it may ask its own server only, and nothing may go wrong in it. */
export const test = base.extend<Fixtures>({
  watch: [
    async ({ context }, provide) => {
      const watches: Watch[] = [];
      const watch = (one: BrowserContext) => {
        one.on('page', (page) => watches.push(watchPage(page, serving?.origin ?? '')));
      };
      watch(context);
      await provide(watch);
      for (const one of watches) expectGood(one);
    },
    { auto: true },
  ],
});

/** Gives a test file its own server on a free port, with a data directory that goes with it. */
export function serveThisFile(): () => Serving {
  test.beforeAll(async () => {
    const server = await startServer();
    serving = { ...apiOf(server.origin), server };
  });
  test.afterAll(async () => {
    await serving?.server.dispose();
    serving = undefined;
  });
  return () => {
    if (serving === undefined) throw new Error('The server of this file is not up.');
    return serving;
  };
}
