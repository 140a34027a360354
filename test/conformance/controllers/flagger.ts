import type { Manifest } from '../../builders';

// What Flagger 1.44 makes, written down from what its controllers do: pkg/canary/deployment_controller.go, pkg/router/{kubernetes_default,istio,gateway_api}.go.

/** Before a release, with the primary pods alone; while a new version is tried out; after its promotion. */
export type Stage = 'before' | 'during' | 'after';

type Fields = Record<string, any>;

const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** The objects of a cluster once Flagger has seen them, with the share that the new version has during a release. */
export function afterFlagger(manifests: readonly Manifest[], stage: Stage, canaryWeight = 30): Manifest[] {
  return manifests
    .filter(({ kind }) => kind === 'Canary')
    .reduce((all, canary) => released(all, canary, stage, canaryWeight), [...manifests]);
}

function released(manifests: readonly Manifest[], canary: Manifest, stage: Stage, canaryWeight: number): Manifest[] {
  const { namespace } = canary.metadata;
  const { targetRef, service } = canary.spec as Fields;
  const target = manifests.find(
    ({ kind, metadata }) => kind === targetRef.kind && metadata.name === targetRef.name && metadata.namespace === namespace,
  );
  if (!target) throw new Error(`Flagger finds no ${targetRef.kind} ${targetRef.name}`);
  const label = SELECTOR_LABELS.find((each) => (target.spec as Fields).selector.matchLabels[each] !== undefined);
  if (!label) throw new Error(`Flagger finds none of ${SELECTOR_LABELS.join(', ')} in the selector of ${targetRef.name}`);

  const weight = stage === 'during' ? canaryWeight : 0;
  const apex = service.name ?? targetRef.name;
  const made = [
    primaryOf(target, label),
    ...servicesOf(canary, apex, label, target),
    ...((canary.spec as Fields).provider === 'istio' ? istioObjects(canary, apex, weight) : [httpRoute(canary, apex, weight)]),
  ];
  const replaced = (one: Manifest) =>
    one === target ||
    made.some(({ kind, metadata: { name } }) => kind === one.kind && name === one.metadata.name && one.metadata.namespace === namespace);
  const scaled = { ...target, spec: { ...target.spec, replicas: stage === 'during' ? ((target.spec as Fields).replicas ?? 1) : 0 } };
  return [...manifests.filter((one) => !replaced(one)), scaled, ...made];
}

/** The Deployment of the primary pods: all labels but the one by which Flagger selects are those of the target. */
function primaryOf(target: Manifest, label: string): Manifest {
  const { template, selector, replicas, ...spec } = target.spec as Fields;
  const value = `${selector.matchLabels[label]}-primary`;
  const metadata = { ...template.metadata, labels: { ...template.metadata.labels, [label]: value } };
  return {
    ...target,
    metadata: { name: `${target.metadata.name}-primary`, namespace: target.metadata.namespace, labels: { [label]: value } },
    spec: { ...spec, replicas: replicas || 1, selector: { matchLabels: { [label]: value } }, template: { ...template, metadata } },
  };
}

/** Three Services: of the service's own name and -primary over the primary pods, and -canary over those of the target. */
function servicesOf(canary: Manifest, apex: string, label: string, target: Manifest): Manifest[] {
  const { service } = canary.spec as Fields;
  const value = (target.spec as Fields).selector.matchLabels[label];
  const main = {
    name: service.portName ?? 'http',
    port: service.port,
    targetPort: service.targetPort ?? service.port,
    protocol: 'TCP',
    appProtocol: service.appProtocol,
  };
  const containers: readonly Fields[] = (target.spec as Fields).template.spec.containers;
  const discovered = service.portDiscovery
    ? containers.flatMap(({ ports = [] }) => ports as Fields[]).filter((port) => port.containerPort !== main.targetPort)
    : [];
  const others = discovered.map(({ name, containerPort }) => ({ name, port: containerPort, targetPort: containerPort, protocol: 'TCP' }));
  const make = (name: string, selected: string, custom: Fields = {}): Manifest => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: canary.metadata.namespace, labels: { ...custom.labels, [label]: name }, annotations: custom.annotations },
    spec: { type: 'ClusterIP', selector: { [label]: selected }, ports: [main, ...others] },
  });
  return [
    make(`${apex}-canary`, value, service.canary),
    make(`${apex}-primary`, `${value}-primary`, service.primary),
    make(apex, `${value}-primary`, service.apex),
  ];
}

function istioObjects(canary: Manifest, apex: string, weight: number): Manifest[] {
  const { service } = canary.spec as Fields;
  const { namespace } = canary.metadata;
  const make = (kind: string, name: string, spec: object): Manifest => ({
    // It writes v1beta1; istiod reads the same object as v1.
    apiVersion: 'networking.istio.io/v1',
    kind,
    metadata: { name, namespace },
    spec: spec as Fields,
  });
  const { match, rewrite, timeout, retries, corsPolicy, headers } = service;
  const route = [
    { destination: { host: `${apex}-primary` }, weight: 100 - weight },
    { destination: { host: `${apex}-canary` }, weight },
  ];
  return [
    ...[`${apex}-canary`, `${apex}-primary`].map((host) => make('DestinationRule', host, { host, trafficPolicy: service.trafficPolicy })),
    make('VirtualService', apex, {
      hosts: [...(service.hosts ?? []), apex],
      gateways: service.gateways ?? ['mesh'],
      http: [{ match, rewrite, timeout, retries, corsPolicy, headers, route }],
    }),
  ];
}

function httpRoute(canary: Manifest, apex: string, weight: number): Manifest {
  const { service } = canary.spec as Fields;
  if (!service.gatewayRefs?.length) throw new Error('Flagger wants gatewayRefs for the Gateway API');
  const backend = (name: string, share: number) => ({ group: '', kind: 'Service', name, port: service.port, weight: share });
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: apex, namespace: canary.metadata.namespace, labels: service.apex?.labels },
    spec: {
      parentRefs: service.gatewayRefs,
      hostnames: service.hosts,
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          timeouts: service.timeout ? { request: service.timeout } : undefined,
          backendRefs: [backend(`${apex}-primary`, 100 - weight), backend(`${apex}-canary`, weight)],
        },
      ],
    },
  };
}
