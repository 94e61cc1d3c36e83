/** Who opens connections and asks nothing through them must not keep others from asking. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Takes every new connection, and ends for it the one through which nothing was asked or answered for the longest time, where there
 * are too many. Connections are not counted by address, since a whole school may have one.
 * @param most open at a time
 */
export function limitConnections(server: Server, most: number): void {
  // The longest without a request or an answer first.
  const open = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket);
    if (open.size >= most) {
      const [[longest, useless]] = open as unknown as [[string, Socket]];
      open.delete(longest);
      useless.destroy();
    }
    open.set(name, socket);
    socket.once('close', () => {
      if (open.get(name) === socket) open.delete(name);
    });
  });
  const renew = (name: string) => {
    const connection = open.get(name);
    if (!connection) return;
    open.delete(name);
    open.set(name, connection);
  };
  server.on('request', ({ socket }, response) => {
    const name = nameOf(socket);
    renew(name);
    response.once('finish', () => renew(name));
  });
}

/** The same for a connection and for what is encrypted in it, which Node gives as another socket. */
const nameOf = ({ remoteAddress, remotePort, localAddress }: Socket) => `${remoteAddress} ${remotePort} ${localAddress}`;
