import fc from 'fast-check';
import type { Cluster } from '../../lib/cluster/cluster';
import { servedPorts } from '../../lib/cluster/services/endpoints';
import { gatewaysOf } from '../../lib/cluster/workloads/gateways';
import { type Pod, workloadsOf } from '../../lib/cluster/workloads/workloads';
import { connects, type NetworkEnd } from '../../lib/verdict/decision/network';
import { clusterOf } from '../manifests';
import { build, type Plan, plan } from './build-two-layers';

/** What has to come about, or must not, whatever the program says of calls. */
interface Connection {
  readonly what: string;
  readonly source: NetworkEnd;
  readonly target: NetworkEnd;
  readonly port: number;
  readonly udp?: boolean;
}

const at = (address: string): NetworkEnd => ({ labels: {}, address });
const podOf = (namespaceName: string, labels: Record<string, string>, address = '10.244.200.1'): NetworkEnd => ({
  namespaceName,
  labels,
  address,
});

const DNS = podOf('kube-system', { 'k8s-app': 'kube-dns' });
const NODE_DNS = at('169.254.20.10');
const ISTIOD = podOf('istio-system', { app: 'istiod' });
const PROMETHEUS = podOf('monitoring', { app: 'prometheus' });
const KUBELET = ['169.254.7.127', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff'].map(at);
const STRANGER = podOf('nowhere', { app: 'stranger' }, '10.244.201.1');
const [METRICS, XDS] = [15020, 15012];

/** Ports that the kubelet asks: those of the Services over a pod, and of its probes. */
const probedPorts = (cluster: Cluster, pod: Pod): number[] => [
  ...new Set([...servedPorts(cluster, pod).map(({ number }) => number), ...(pod.labels.app === 'worker' ? [9999] : [])]),
];

const podsIn = (cluster: Cluster): readonly Pod[] => [...workloadsOf(cluster), ...gatewaysOf(cluster)];

/** What a pod cannot do without, by who speaks for it. */
function neededBy(cluster: Cluster, pod: Pod): Connection[] {
  const dns = [DNS, NODE_DNS].flatMap((target) =>
    [true, false].map((udp) => ({ what: `DNS of ${pod.key}`, source: pod, target, port: 53, udp })),
  );
  const proxy = [
    { what: `configuration of ${pod.key}`, source: pod, target: ISTIOD, port: XDS },
    { what: `metrics of ${pod.key}`, source: PROMETHEUS, target: pod, port: METRICS },
  ];
  const probes = KUBELET.flatMap((source) =>
    probedPorts(cluster, pod).map((port) => ({ what: `probe of ${pod.key}`, source, target: pod, port })),
  );
  // Behind a sidecar probes are answered by its agent, to whom the kubelet speaks from the node, which no NetworkPolicy shuts out.
  return [...dns, ...(pod.proxy.readsHttp ? proxy : probes)];
}

/** The same ways, for somebody or to somebody else. */
function foreignTo(cluster: Cluster, pod: Pod): Connection[] {
  // Load balancers ask a gateway whether it is well, from wherever they are.
  const ports = [...probedPorts(cluster, pod), METRICS, 15090, ...(pod.proxy.isDoor ? [] : [15021])];
  return [
    ...[true, false].map((udp) => ({ what: `DNS of ${pod.key} elsewhere`, source: pod, target: STRANGER, port: 53, udp })),
    { what: `configuration of ${pod.key} from elsewhere`, source: pod, target: STRANGER, port: XDS },
    { what: `another port of DNS, of ${pod.key}`, source: pod, target: DNS, port: 9153 },
    ...ports.map((port) => ({ what: `port ${port} of ${pod.key} for a stranger`, source: STRANGER, target: pod, port })),
    { what: `the proxy of ${pod.key} for Prometheus`, source: PROMETHEUS, target: pod, port: 15090 },
  ];
}

/** The same cluster, in which TCP is what UDP was. */
function ofUdp(cluster: Cluster): Cluster {
  const text = JSON.stringify(cluster.objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ manifest }) => manifest));
  const others = cluster.objects.filter(({ kind }) => kind !== 'NetworkPolicy').map(({ manifest }) => manifest);
  const swapped = JSON.parse(
    text.replaceAll('"protocol":"TCP"', '"protocol":"SCTP"').replaceAll('"protocol":"UDP"', '"protocol":"TCP"'),
  ) as object[];
  return clusterOf([...others, ...swapped]);
}

/** Those that do not come about as they should. */
function wrong(one: Plan, list: (cluster: Cluster, pod: Pod) => Connection[], wanted: boolean): string[] {
  const cluster = clusterOf(build(one).chart.toJson() as object[]);
  const udp = ofUdp(cluster);
  return podsIn(cluster)
    .flatMap((pod) => list(cluster, pod))
    .filter(({ source, target, port, udp: isUdp }) => connects(isUdp ? udp : cluster, source, target, port).allowed !== wanted)
    .map(({ what, port }) => `${what}, port ${port}`);
}

describe('a closed mesh, whatever calls it has', () => {
  it.each([
    ['lets each pod look names up, each proxy learn and be looked at, and the kubelet probe', neededBy, true],
    ['lets nobody else in by those ways, and nobody out', foreignTo, false],
  ] as const)('%s', (_, list, wanted) => {
    const property = fc.property(plan, (one) => expect(wrong(one, list, wanted)).toEqual([]));
    const { failed, counterexample, errorInstance } = fc.check(property, { numRuns: 40, seed: 5 });
    expect(failed && { counterexample, error: String(errorInstance) }).toBe(false);
  });
});
