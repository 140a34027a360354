import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answer, Bootstrap, Finding, Observed, PlaneAnswer, ProxyQuestion } from './answer';
import type { EndpointOfMesh, SeveralClusters, Tunnels } from './several';
import type { MeshSettings } from '../../lib/cluster/cluster';
import type { Request } from '../../lib/verdict/requests/request';

interface Reply {
  readonly id: number;
  readonly error?: string;
  readonly findings?: readonly Finding[];
  readonly answers?: readonly Answer[];
  readonly planes?: readonly PlaneAnswer[];
  readonly bootstrap?: Bootstrap;
  readonly observed?: readonly Observed[];
  readonly endpoints?: readonly EndpointOfMesh[];
  readonly tunnels?: Tunnels;
}

/** What the installation of Istio says: authorizers too, which policies ask by name. */
export type EngineSettings = Partial<MeshSettings> & {
  readonly authorizers?: readonly Authorizer[];
  /** istiod has one proxy ask several of them: PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS, off by default. */
  readonly severalAuthorizers?: boolean;
  /** Further `extensionProviders` of the mesh configuration. */
  readonly providers?: readonly object[];
};

export interface Authorizer {
  readonly name: string;
  readonly service: string;
  readonly port: number;
  /** Asked by HTTP, and not by gRPC. */
  readonly http?: boolean;
}

/** Istio's own code as a process that answers questions about manifests, one line a question. */
export interface Engine {
  judge(manifests: readonly object[]): Promise<readonly Finding[]>;
  answer(manifests: readonly object[], requests: readonly Request[], settings: EngineSettings): Promise<readonly Answer[]>;
  /** Who handles the traffic of each workload. */
  planes(manifests: readonly object[]): Promise<readonly PlaneAnswer[]>;
  /** What a plain Envoy starts from to be one proxy. */
  bootstrap(manifests: readonly object[], question: ProxyQuestion, settings?: EngineSettings): Promise<Bootstrap>;
  /** What the proxy of a workload traces, logs and counts. */
  observed(manifests: readonly object[], observed: string, settings?: EngineSettings): Promise<readonly Observed[]>;
  /** Where the sidecar of a workload, or a waypoint, sends what goes to a host, in a mesh of several clusters. */
  endpoints(several: SeveralClusters): Promise<readonly EndpointOfMesh[]>;
  /** How pods in ambient mode reach a host, in a mesh of several networks. */
  tunnels(several: Omit<SeveralClusters, 'workload'>): Promise<Tunnels>;
  /** No more questions. */
  close(): void;
}

/** Where the suite's set-up left the built programs. */
export const ENGINE_FOLDER = 'CONFORMANCE_ENGINE';

/** Bundles of the Gateway API that a cluster may have. */
export type Bundle = 'crds' | 'crds-1.7';

const running = new Map<Bundle, Engine>();

/** One process for all questions of a test file about clusters with a bundle. */
export function engine(bundle: Bundle = 'crds'): Engine {
  const started = running.get(bundle) ?? start(process.env[ENGINE_FOLDER] ?? '', bundle);
  running.set(bundle, started);
  return started;
}

export function closeEngine(): void {
  running.forEach((one) => one.close());
  running.clear();
}

function start(folder: string, bundle: Bundle): Engine {
  const program = join(folder, 'conformance');
  // Otherwise istiod asks issuers of tokens for their keys, and waits for an answer; who is let in does not depend on it here.
  const env = { ...process.env, PILOT_JWT_ENABLE_REMOTE_JWKS: 'envoy' };
  const child = spawn(program, ['serve', '--crds', join(folder, bundle)], { stdio: ['pipe', 'pipe', 'pipe'], env });
  const waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  const log = tailOf(child);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const reply = JSON.parse(line) as Reply;
    waiting.get(reply.id)?.resolve(reply);
    waiting.delete(reply.id);
  });
  const fail = (why: string) => waiting.forEach(({ reject }) => reject(new Error(`${program} ${why}\n${log()}`)));
  child.on('error', (error) => fail(error.message));
  // What is written to one that has ended is answered by its end.
  child.stdin.on('error', () => undefined);
  child.on('exit', (code) => {
    // Whoever asks next asks a new one.
    running.delete(bundle);
    fail(`ended with ${code}`);
  });

  let last = 0;
  const ask = async (question: object): Promise<Reply> => {
    const id = ++last;
    const reply = await new Promise<Reply>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
    });
    if (reply.error) throw new Error(reply.error);
    return reply;
  };
  return {
    judge: async (manifests) => (await ask({ judge: true, manifests })).findings ?? [],
    planes: async (manifests) => (await ask({ planes: true, manifests })).planes ?? [],
    bootstrap: async (manifests, bootstrap, settings) => (await ask({ manifests, bootstrap, settings })).bootstrap!,
    observed: async (manifests, observed, settings) => (await ask({ manifests, observed, settings })).observed ?? [],
    endpoints: async (several) => (await ask({ several })).endpoints ?? [],
    tunnels: async (several) => (await ask({ several })).tunnels!,
    close: () => child.stdin.end(),
    answer: async (manifests, requests, settings) => (await ask({ manifests, requests, settings })).answers ?? [],
  };
}

/** The last lines that the process wrote about itself, for when it fails. */
function tailOf(child: ChildProcess): () => string {
  const lines: string[] = [];
  child.stderr?.on('data', (data: Buffer) => {
    lines.push(...data.toString().split('\n'));
    lines.splice(0, lines.length - 30);
  });
  return () => lines.join('\n');
}
