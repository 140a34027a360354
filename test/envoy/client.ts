import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Bootstrap } from '../conformance/answer';
import { POD_HEADER } from './pods';

/** What is sent; a GET of `/` unless said otherwise. */
export interface Line {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  /** The pod that answered; absent where a proxy did so itself. */
  readonly pod?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly millis: number;
}

/** Somebody who sends requests over a few connections that stay open. */
export interface Client {
  send(line: Line): Promise<Reply>;
  close(): void;
}

/** Requests at a time. */
export const CONNECTIONS = 16;

/** The application of a pod: what it sends to a host is caught by the listener on this port, which is told of both ends. */
export function clientOf({ from, to }: Pick<Bootstrap, 'from' | 'to'>, host: string, port: number): Client {
  const ends = `PROXY TCP4 ${from.address} ${to.address} ${from.port} ${to.port}\r\n`;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  agent.createConnection = () => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    socket.write(ends);
    return socket;
  };
  return { send: async (line) => send(agent, host, line), close: () => agent.destroy() };
}

async function send(agent: Agent, host: string, { method = 'GET', path = '/', headers }: Line): Promise<Reply> {
  const start = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ agent, host: '127.0.0.1', method, path, headers: { host, ...headers } }, resolve)
      .once('error', reject)
      .end();
  });
  await new Promise((resolve, reject) => response.once('error', reject).once('end', resolve).resume());
  const pod = response.headers[POD_HEADER] as string | undefined;
  return { status: response.statusCode ?? 0, pod, headers: response.headers, millis: performance.now() - start };
}
