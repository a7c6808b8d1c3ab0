import { expect, type Page } from '@playwright/test';

/** What a page must never do, collected while it lives. */
export interface Watch {
  /** Addresses outside the page's own origin that it asked for. */
  readonly foreign: readonly string[];
  readonly dialogs: readonly string[];
  /** Uncaught errors. */
  readonly errors: readonly string[];
  /** Errors the browser or the app wrote to the console: a broken content security policy is one. */
  readonly complaints: readonly string[];
}

/** A refusal of the server is an answer; that it came is not a fault of the page. */
const anAnswer = /^Failed to load resource: /;

/** Watches a page from now on. Only addresses of `origin`, and none of the network at all, are its own. */
export function watchPage(page: Page, origin: string): Watch {
  const foreign: string[] = [];
  const dialogs: string[] = [];
  const errors: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(?:data|blob|about):/.test(url)) foreign.push(url);
  });
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !anAnswer.test(message.text()))
      complaints.push(message.text());
  });
  return { foreign, dialogs, errors, complaints };
}

/** A page that behaved: it asked only its own server, and nothing went wrong in it. */
export function expectGood(watch: Watch): void {
  expect(watch.foreign, 'requests that left the origin').toEqual([]);
  expect(watch.dialogs, 'dialogs').toEqual([]);
  expect(watch.errors, 'uncaught errors').toEqual([]);
  expect(watch.complaints, 'errors in the console').toEqual([]);
}
