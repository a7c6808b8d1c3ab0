import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Where an attacker's name leads: first to the attacker's own page, and after `rebind` to a server of this machine. */
export interface Rebinder {
  /** For the browser: the name under which it believes to talk to one and the same server. */
  readonly resolverRule: string;
  readonly origin: string;
  rebind(): void;
  close(): Promise<void>;
}

const page = '<!doctype html><title>evil</title>';

/** Stands for a DNS answer that changes between two connections; what is sent and answered passes through unchanged. */
export async function openRebinder(name: string, serverPort: number): Promise<Rebinder> {
  let isRebound = false;
  const sockets = new Set<Socket>();
  const entrance = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    if (!isRebound) {
      socket.once('data', () => {
        socket.end(
          `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
        );
      });
      return;
    }
    const server = connect(serverPort, '127.0.0.1');
    server.on('error', () => socket.destroy());
    socket.pipe(server).pipe(socket);
  });
  entrance.listen(0, '127.0.0.1');
  await once(entrance, 'listening');
  const address = entrance.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    resolverRule: `--host-resolver-rules=MAP ${name}:${serverPort} 127.0.0.1:${port}`,
    origin: `http://${name}:${serverPort}`,
    rebind: () => {
      isRebound = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      entrance.close();
      await once(entrance, 'close');
    },
  };
}
