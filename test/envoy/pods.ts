import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PodAddress } from '../conformance/answer';

/** The header by which a pod says who it is. */
export const POD_HEADER = 'x-pod';

/** What a pod was sent. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A server on loopback that stands for one pod, and does as it is told. */
export interface Pod {
  /** `shop/cart-v1-0`. */
  readonly name: string;
  /** `shop/cart-v1`. */
  readonly workload: string;
  readonly address: PodAddress;
  /** Where it really listens. */
  readonly port: number;
  readonly received: readonly Received[];
  /** The most requests that it had in hand at a time. */
  readonly atMost: number;
  /** @default - 200, at once */
  answersWith(status: number, afterMillis?: number): void;
  stop(): Promise<void>;
}

/** Pods of the same workload are numbered in the order of their addresses. */
export async function startPods(addresses: readonly PodAddress[]): Promise<Pod[]> {
  const counts = new Map<string, number>();
  const named = addresses.map((address) => {
    const ordinal = counts.get(address.workload) ?? 0;
    counts.set(address.workload, ordinal + 1);
    return { address, name: `${address.workload}-${ordinal}` };
  });
  return Promise.all(named.map(async ({ address, name }) => startPod(name, address)));
}

async function startPod(name: string, address: PodAddress): Promise<Pod> {
  const received: Received[] = [];
  const state = { status: 200, delay: 0, inHand: 0, atMost: 0 };
  const server = createServer((request, response) => {
    void (async () => {
      state.atMost = Math.max(state.atMost, ++state.inHand);
      received.push(lineOf(request));
      request.resume();
      if (state.delay > 0) await sleep(state.delay, undefined, { ref: false });
      state.inHand--;
      response.writeHead(state.status, { [POD_HEADER]: name }).end();
    })();
  });
  const port = await listen(server);
  return {
    name,
    workload: address.workload,
    address,
    port,
    received,
    get atMost() {
      return state.atMost;
    },
    answersWith: (status, afterMillis = 0) => Object.assign(state, { status, delay: afterMillis }),
    stop: async () => stop(server),
  };
}

const lineOf = ({ method = '', url = '', headers }: IncomingMessage): Received => ({ method, path: url, headers });

async function listen(server: Server): Promise<number> {
  server.keepAliveTimeout = 0; // a pod that hangs up first would look like one that fails
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
