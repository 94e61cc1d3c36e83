/** The server of a class: `node:http` with times and numbers that neither a slow nor a greedy client can exceed. */
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { limitConnections } from './connections';

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** How long a client may take for the parts of a request, in milliseconds, and how much all of them together. */
export interface Patience {
  readonly headers: number;
  readonly request: number;
  /** Without a byte in either direction. */
  readonly idle: number;
  /** Connections that are open at a time. */
  readonly connections: number;
}

export const patience: Patience = {
  headers: 10_000,
  request: 20_000,
  idle: 30_000,
  // Six, which a browser opens to one host, of 60 members and as many again.
  connections: 720,
};

/** @param certificate null serves plain http */
export function serverOf(
  answer: RequestListener,
  certificate: Certificate | null,
  { headers, request, idle, connections }: Patience = patience,
): Server {
  const options: ServerOptions = {
    headersTimeout: headers,
    requestTimeout: request,
    connectionsCheckingInterval: Math.min(5000, headers / 2),
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16_384,
  };
  const secure = certificate && { ...options, ...certificate, handshakeTimeout: headers };
  const server = secure ? (createSecureServer(secure, answer) as Server) : createServer(options, answer);
  limitConnections(server, connections);
  server.setTimeout(idle, (socket) => socket.destroy());
  return server;
}
