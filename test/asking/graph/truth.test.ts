import fc from 'fast-check';
import { type MeshGraph, type MeshGraphEdge, Verdicts } from 'istio-constructs';
import { clusterOf } from '../../manifests';
import { manifestsOf, world, type World } from '../../conformance/mesh-worlds';
import type { Cluster } from '../../../lib/cluster/cluster';
import { servicesOf } from '../../../lib/cluster/services/services';
import { type Workload, workloadsOf } from '../../../lib/cluster/workloads/workloads';

/** Crowds that a workload belongs to, from the closest to the widest. */
function crowdsOf({ namespaceName, proxy }: Workload): string[] {
  const word = { sidecar: 'with a sidecar', ztunnel: 'in ambient' }[proxy.name as string] ?? 'outside the mesh';
  const mesh = proxy.isInMesh ? [`anybody ${word}`, 'anybody in the mesh'] : ['anybody outside the mesh'];
  return [`anybody in ${namespaceName}`, `anybody in ${namespaceName} ${word}`, ...mesh, 'anybody'];
}

/** What a graph says of a workload's requests to a port: those on its own edges, else those of the closest crowd that it is in. */
function edgesFor(graph: MeshGraph, workload: Workload, callee: string, port: number): MeshGraphEdge[] {
  const there = graph.edges.filter((edge) => edge.callee === callee && edge.port === port);
  const own = there.filter(({ workloads }) => workloads.includes(workload.key));
  if (own.length > 0) return own;
  const names = new Map(graph.nodes.map(({ id, kind, name }) => [id, kind === 'anybody' ? name : undefined]));
  const crowds = crowdsOf(workload);
  const [closest] = crowds.flatMap((crowd) => {
    const edges = there.filter(({ caller }) => names.get(caller) === crowd);
    return edges.length > 0 ? [edges] : [];
  });
  const isOut = (closest ?? []).some(({ butNot }) => [workload.key, ...crowds].some((name) => butNot.includes(name)));
  return isOut ? [] : (closest ?? []);
}

/** Every workload and every port of a Service. */
function pairsIn(
  cluster: Cluster,
): { readonly workload: Workload; readonly callee: string; readonly key: string; readonly port: number }[] {
  return servicesOf(cluster).flatMap(({ kind, key, ports }) =>
    ports.flatMap(({ number: port }) =>
      workloadsOf(cluster).map((workload) => ({ workload, callee: `${kind === 'Service' ? 'service' : 'external'} ${key}`, key, port })),
    ),
  );
}

describe('a graph', () => {
  it('has an edge for what arrives, with just the requests that do, and none for what is refused', () => {
    const isTrue = (plan: World): void => {
      const manifests = manifestsOf(plan);
      const verdicts = Verdicts.ofYaml(manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n'));
      const { graph } = verdicts;
      for (const { workload, callee, key, port } of pairsIn(clusterOf(manifests))) {
        const edges = edgesFor(graph, workload, callee, port);
        const question = { caller: workload.key, callee: `${key}:${port}` };
        const { allowed, unknown } = verdicts.reach(question);
        const texts = [...allowed, ...unknown].map(({ text }) => text).sort();
        expect([question, edges.flatMap(({ requests }) => requests).sort()]).toEqual([question, texts]);

        const lines = allowed.filter(isPlain).map(({ example }) => lineOf(example));
        const verdictsOn = lines.map((line) => verdicts.ask({ ...question, ...line }));
        expect(verdictsOn.filter((verdict) => !verdict.allowed)).toEqual([]);
        if (edges.length === 0) expect(verdicts.ask(question).allowed).toBe(false);
        if (edges.length === 1 && lines.length > 0) expect(edges[0].mtls).toBe(verdictsOn[0].mtls ? 'yes' : 'no');
      }
    };
    fc.assert(fc.property(world, isTrue), { numRuns: 6 });
  });
});

const isPlain = ({ others, tokens }: { readonly others: string[]; readonly tokens: string[] }): boolean =>
  others.length + tokens.length === 0;

function lineOf(example: string): { readonly method: string; readonly path: string } {
  const [method, path] = example.split(' ');
  return { method, path };
}
