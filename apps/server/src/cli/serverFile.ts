import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemBody } from '@forebear/model/wire/problem';
import { overHttp } from './transport.ts';

const answersWithinMs = 2_000;

/** Leaves word in the data directory of where its server is, so that commands talk to it. */
export async function announceServer(dataDir: string, url: URL): Promise<void> {
  const text = `${JSON.stringify({ url: url.origin })}\n`;
  await writeFile(fileOf(dataDir), text, { mode: 0o600 });
}

/** Takes the word back. */
export async function withdrawServer(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}

/** The server that holds a data directory, when one answers there; a file left by a killed one counts for nothing. */
export async function findServer(dataDir: string): Promise<URL | undefined> {
  const url = urlIn(await readFile(fileOf(dataDir), 'utf8').catch(() => ''));
  return url !== undefined && (await answers(url)) ? url : undefined;
}

/** The address in a server file; undefined for anything but a plain http address of this machine. */
export function urlIn(text: string): URL | undefined {
  const match =
    /^\{"url":"(http:\/\/(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d{1,5})?)"\}\s*$/.exec(text);
  return match?.[1] === undefined ? undefined : new URL(match[1]);
}

async function answers(url: URL): Promise<boolean> {
  const asked = overHttp(url)({ method: 'GET', target: '/api/v1/cases' }).then(
    ({ status, body }) =>
      status === 200 && !problemBody.safeParse(JSON.parse(Buffer.from(body).toString())).success,
    () => false,
  );
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), answersWithinMs).unref();
  });
  return Promise.race([asked.catch(() => false), late]);
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'server.json');
}
