import type { ProxyQuestion } from '../conformance/answer';
import { engine, type EngineSettings } from '../conformance/engine';
import { type Client, clientOf, CONNECTIONS, type Line, type Reply } from './client';
import { type EnvoyProcess, startEnvoy } from './envoy-process';
import { type Pod, startPods } from './pods';

/** A real Envoy in the place of one proxy, its pods, and whoever sends it requests. */
export interface ProxyUnderTest {
  /** Every pod that it may send requests to. */
  readonly pods: readonly Pod[];
  /** The pods of a workload, `shop/cart-v1`. */
  podsOf(workload: string): readonly Pod[];
  send(line?: Line): Promise<Reply>;
  /** The same request many times, a few at a time. */
  sendMany(times: number, line?: Line): Promise<readonly Reply[]>;
  /** What the pods of a workload got, or all of them. */
  countOf(workload?: string): number;
  /** What the proxy says of the requests so far, in Envoy's response flags; a moment late. */
  flags(): readonly string[];
}

const running: { readonly stop: () => Promise<void> }[] = [];

/** Stops what the test before has started. */
export async function stopProxies(): Promise<void> {
  await Promise.all(running.splice(0).map(async ({ stop }) => stop()));
}

/** Starts Envoy with what istiod tells this proxy about these manifests. */
export async function startProxy(
  manifests: readonly object[],
  question: ProxyQuestion,
  settings?: EngineSettings,
): Promise<ProxyUnderTest> {
  const told = await engine().bootstrap(manifests, question, settings);
  const pods = await startPods(told.pods);
  pods.forEach((pod) => running.push(pod));
  const envoy = await startEnvoy(withPods(told.config, pods));
  running.push(envoy);
  const client = clientOf(told, `${question.host}:${question.port}`, envoy.port);
  running.push({ stop: async () => client.close() });
  return proxyOf(client, pods, envoy);
}

function proxyOf(client: Client, pods: readonly Pod[], { flags }: EnvoyProcess): ProxyUnderTest {
  const podsOf = (workload: string) => pods.filter((pod) => pod.workload === workload);
  return {
    pods,
    podsOf,
    send: async (line = {}) => client.send(line),
    sendMany: async (times, line = {}) => many(times, async () => client.send(line)),
    countOf: (workload) => (workload ? podsOf(workload) : pods).reduce((sum, pod) => sum + pod.received.length, 0),
    flags,
  };
}

async function many(times: number, once: () => Promise<Reply>): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  let left = times;
  const work = async () => {
    while (left-- > 0) replies.push(await once());
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  return replies;
}

/** The configuration with the real port of each pod in the place of its address. */
function withPods(config: object, pods: readonly Pod[]): object {
  const ports = new Map(pods.map(({ address, port }) => [`${address.address}:${address.port}`, port]));
  return JSON.parse(JSON.stringify(config), (field, value: unknown) => {
    if (field !== 'socketAddress') return value;
    const { address, portValue } = value as SocketAddress;
    const port = ports.get(`${address}:${portValue}`);
    return port === undefined ? value : { address: '127.0.0.1', portValue: port };
  }) as object;
}

interface SocketAddress {
  readonly address: string;
  readonly portValue: number;
}
