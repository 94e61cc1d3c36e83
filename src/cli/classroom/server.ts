/** The server of a class: `node:http` with times and numbers that neither a slow nor a greedy client can exceed. */
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** How long a client may take for the parts of a request, in milliseconds. */
export interface Patience {
  readonly headers: number;
  readonly request: number;
  /** Without a byte in either direction. */
  readonly idle: number;
}

export const patience: Patience = { headers: 10_000, request: 20_000, idle: 30_000 };

/** Six connections, which a browser opens to one host, of 60 members and as many again. */
const MOST_CONNECTIONS = 720;

/** @param certificate null serves plain http */
export function serverOf(
  answer: RequestListener,
  certificate: Certificate | null,
  { headers, request, idle }: Patience = patience,
): Server {
  const options: ServerOptions = {
    headersTimeout: headers,
    requestTimeout: request,
    connectionsCheckingInterval: Math.min(5000, headers / 2),
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16_384,
  };
  const server = certificate ? (createSecureServer({ ...options, ...certificate }, answer) as Server) : createServer(options, answer);
  server.maxConnections = MOST_CONNECTIONS;
  server.setTimeout(idle, (socket) => socket.destroy());
  return server;
}
