import type { IncomingMessage, ServerResponse } from 'node:http';

/** What an answered request may still send. */
const mostBytes = 1024 * 1024;
const mostMs = 10_000;
/** From the last byte that is read of it to the end of the connection: the time in which its sender may read the answer. */
const lingerMs = 2_000;

/**
 * Throws away what nobody has read of a body when the answer is out, up to a mebibyte or ten seconds; then reads no more
 * and, a moment later, breaks the connection off. Without the first, whoever sends before it reads would never see why it
 * was refused; without the second, a refused body would cost as much as one that is taken.
 */
export function boundLeftBody(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    const { socket } = request;
    if (request.complete || socket.destroyed) return;
    const end = () => socket.destroy();
    let left = mostBytes;
    let timer = setTimeout(end, mostMs).unref();
    const count = (chunk: Uint8Array) => {
      left -= chunk.length;
      if (left >= 0) return;
      stop();
      socket.pause();
      timer = setTimeout(end, lingerMs).unref();
    };
    const stop = () => {
      clearTimeout(timer);
      socket.off('data', count);
    };
    // Of a request that nobody read from, node throws the body away itself: only the socket tells how much.
    socket.on('data', count);
    request.once('end', stop);
    socket.once('close', stop);
    request.resume();
  });
}
