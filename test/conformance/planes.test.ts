import type { Labels } from '../../lib/cluster/objects/fields';
import { gatewaysOf } from '../../lib/cluster/workloads/gateways';
import { workloadsOf } from '../../lib/cluster/workloads/workloads';
import { engine } from './engine';
import { clusterOf } from '../manifests';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const INJECT = 'sidecar.istio.io/inject';
const MODE = 'istio.io/dataplane-mode';

/** Every word that a namespace can say, and those that people mistake for one. */
const NAMESPACES: Readonly<Record<string, Labels>> = {
  plain: {},
  enabled: { [INJECTION]: 'enabled' },
  disabled: { [INJECTION]: 'disabled' },
  mistaken: { [INJECTION]: 'true' },
  revised: { [REVISION]: 'stable' },
  'default-revision': { [REVISION]: 'default' },
  'no-revision': { [REVISION]: '' },
  ambient: { [MODE]: 'ambient' },
  left: { [MODE]: 'none' },
  'both-planes': { [INJECTION]: 'enabled', [MODE]: 'ambient' },
  'both-by-revision': { [REVISION]: 'stable', [MODE]: 'ambient' },
  'both-injections': { [INJECTION]: 'enabled', [REVISION]: 'stable' },
  'disabled-revised': { [INJECTION]: 'disabled', [REVISION]: 'stable' },
  'disabled-ambient': { [INJECTION]: 'disabled', [MODE]: 'ambient' },
  'kube-system': { [INJECTION]: 'enabled', [MODE]: 'ambient' },
  'kube-public': { [INJECTION]: 'enabled', [MODE]: 'ambient' },
};

interface Pod {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly hostNetwork?: boolean;
}

const said = (key: string, ...values: readonly (string | undefined)[]): Labels[] =>
  values.map((value) => (value === undefined ? {} : { [key]: value }));

/** Every word that a pod can say, with every other. */
const PODS: readonly Pod[] = said(INJECT, undefined, 'true', 'false', '', 'yes').flatMap((inject) =>
  said(REVISION, undefined, 'canary', '').flatMap((revision) =>
    said(MODE, undefined, 'none', 'ambient', 'sidecar').flatMap((mode) =>
      [...said(INJECT, undefined, 'true', 'false'), { 'sidecar.istio.io/status': '{}' }].flatMap((annotations) =>
        [undefined, true].map((hostNetwork) => ({ labels: { ...inject, ...revision, ...mode }, annotations, hostNetwork })),
      ),
    ),
  ),
);

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'] as const;

/** The same pods as each kind of workload brings them about, one kind after the other. */
function workload(namespace: string, index: number, { labels, annotations, hostNetwork }: Pod): object {
  const kind = KINDS[index % KINDS.length];
  const name = `pod-${index}`;
  const app = { app: name, ...labels };
  const restarts = kind === 'Job' || kind === 'CronJob' ? { restartPolicy: 'Never' } : {};
  const template = {
    metadata: { labels: app, annotations },
    spec: { ...restarts, hostNetwork, containers: [{ name: 'app', image: 'registry.example.com/app:1' }] },
  };
  const metadata = { name, namespace };
  if (kind === 'Pod') return { apiVersion: 'v1', kind, ...template, metadata: { ...template.metadata, ...metadata } };
  if (kind === 'Job') return { apiVersion: 'batch/v1', kind, metadata, spec: { template } };
  if (kind === 'CronJob')
    return { apiVersion: 'batch/v1', kind, metadata, spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template } } } };
  const service = kind === 'StatefulSet' ? { serviceName: name } : {};
  return { apiVersion: 'apps/v1', kind, metadata, spec: { ...service, selector: { matchLabels: { app: name } }, template } };
}

const namespaceObject = (name: string): object => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: NAMESPACES[name] } });

/** What our reader and Istio's injector and CNI agent say of each workload, where that is not the same. */
async function disagreements(manifests: readonly object[]): Promise<string[]> {
  const cluster = clusterOf(manifests);
  const read = new Map([...workloadsOf(cluster), ...gatewaysOf(cluster)].map(({ key, proxy }) => [key, proxy.name]));
  const answers = await engine().planes(manifests);
  expect(answers).toHaveLength(read.size);
  return answers.filter(({ workload, proxy }) => read.get(workload) !== proxy).map(({ workload, proxy }) => `${workload}: ${proxy}`);
}

describe('the plane of pods', () => {
  it.each(Object.keys(NAMESPACES))('is read as Istio decides it, whatever the pods say: %s', async (namespace) => {
    expect(PODS.length).toBeGreaterThan(400);
    const workloads = PODS.map((pod, index) => workload(namespace, index, pod));
    const complaints = await disagreements([namespaceObject(namespace), ...workloads]);
    expect(complaints.map((one) => `${one} ${JSON.stringify(PODS[Number(/pod-(\d+)/.exec(one)?.[1])])}`)).toEqual([]);
  });

  it('is read as Istio decides it where nobody describes the namespace', async () => {
    expect(await disagreements(PODS.slice(0, 120).map((pod, index) => workload('nowhere', index, pod)))).toEqual([]);
  });

  it('is read as Istio decides it of Gateways', async () => {
    const gateway = (name: string, gatewayClassName: string) => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name, namespace: 'ambient' },
      spec: { gatewayClassName, listeners: [{ name: 'a', port: gatewayClassName === 'istio' ? 80 : 15008, protocol: 'HTTP' }] },
    });
    const mine = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'mine' },
      spec: { controllerName: 'istio.io/mesh-controller' },
    };
    const foreign = { ...mine, metadata: { name: 'nginx' }, spec: { controllerName: 'gateway.nginx.org/nginx-gateway-controller' } };
    const gateways = [gateway('edge', 'istio'), gateway('waypoint', 'istio-waypoint'), gateway('own', 'mine'), gateway('other', 'nginx')];
    expect(await disagreements([namespaceObject('ambient'), mine, foreign, ...gateways])).toEqual([]);
  });
});
