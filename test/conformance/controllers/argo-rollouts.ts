import type { Manifest } from '../../builders';
import type { Stage } from './flagger';

// What Argo Rollouts 1.8 makes and changes, written down from what it does: rollout/{service,templateref,replicaset}.go, rollout/trafficrouting/istio/istio.go and
// pkg/plugin/httproute.go of its plugin for the Gateway API.

type Fields = Record<string, any>;

const HASH = 'rollouts-pod-template-hash';
const [OLD, NEW] = ['6f5d4c8b9', '7c9d8e5f4'];
const PLUGIN = 'argoproj-labs/gatewayAPI';

/** The objects of a cluster once Argo Rollouts has seen them, with the share that the new version has during a release. */
export function afterArgoRollouts(manifests: readonly Manifest[], stage: Stage, canaryWeight = 30): Manifest[] {
  return manifests
    .filter(({ kind }) => kind === 'Rollout')
    .reduce((all, rollout) => released(all, rollout, stage, canaryWeight), [...manifests]);
}

function released(manifests: readonly Manifest[], rollout: Manifest, stage: Stage, canaryWeight: number): Manifest[] {
  const { workloadRef, template: own, replicas = 1, strategy } = rollout.spec as Fields;
  const { namespace } = rollout.metadata;
  const find = (kind: string, name: string) =>
    manifests.find((one) => one.kind === kind && one.metadata.name === name && one.metadata.namespace === namespace);
  const workload = workloadRef && find(workloadRef.kind, workloadRef.name);
  const template = own ?? workload?.spec.template;
  if (!template) throw new Error('Argo Rollouts finds no template');

  // During a release the stable pods are those of the old template; before it and after it all are of one.
  const stable = stage === 'after' ? NEW : OLD;
  const canary = stage === 'during' ? NEW : stable;
  const weight = stage === 'during' ? canaryWeight : 0;
  const sets = [...new Set([stable, canary])].map((hash) => replicaSet(rollout, template, hash, replicas));
  const changed = (one: Manifest): Manifest => {
    if (one.metadata.namespace !== namespace) return one;
    if (one === workload && workloadRef.scaleDown === 'onsuccess') return { ...one, spec: { ...one.spec, replicas: 0 } };
    return withWeights(withHashes(one, strategy.canary, stable, canary), strategy.canary, weight);
  };
  return [...manifests.filter((one) => one !== rollout).map(changed), rollout, ...sets];
}

function replicaSet({ metadata }: Manifest, template: Fields, hash: string, replicas: number): Manifest {
  const labels = { ...template.metadata.labels, [HASH]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `${metadata.name}-${hash}`, namespace: metadata.namespace, labels },
    spec: { replicas, selector: { matchLabels: labels }, template: { ...template, metadata: { ...template.metadata, labels } } },
  };
}

/** The Services of both versions and the subsets of both get the label of their pods. */
function withHashes(
  one: Manifest,
  { stableService, canaryService, trafficRouting = {} }: Fields,
  stable: string,
  canary: string,
): Manifest {
  const spec = one.spec as Fields;
  const hashOf = (name: string, [ofStable, ofCanary]: readonly [string?, string?]) =>
    name === ofStable ? stable : name === ofCanary ? canary : undefined;
  if (one.kind === 'Service') {
    const hash = hashOf(one.metadata.name, [stableService, canaryService]);
    return hash ? { ...one, spec: { ...spec, selector: { ...spec.selector, [HASH]: hash } } } : one;
  }
  const rule = trafficRouting.istio?.destinationRule;
  if (one.kind !== 'DestinationRule' || one.metadata.name !== rule?.name) return one;
  const names = [rule.stableSubsetName, rule.canarySubsetName] as const;
  const subsets = (spec.subsets as Fields[])
    .filter(({ name }) => hashOf(name, names))
    .map((subset) => ({ ...subset, labels: { ...subset.labels, [HASH]: hashOf(subset.name, names) } }));
  return { ...one, spec: { ...spec, subsets } };
}

function withWeights(one: Manifest, { stableService, canaryService, trafficRouting = {} }: Fields, weight: number): Manifest {
  const { istio, plugins = {} } = trafficRouting as Fields;
  const spec = one.spec as Fields;
  const share = (name: string, stable: string, canary: string, before: unknown) =>
    name === canary ? weight : name === stable ? 100 - weight : before;
  if (one.kind === 'VirtualService' && one.metadata.name === istio?.virtualService.name) {
    const { stableSubsetName, canarySubsetName } = istio.destinationRule;
    const { routes } = istio.virtualService;
    if (!routes && spec.http.length !== 1) throw new Error('Argo Rollouts wants the names of several routes');
    const http = (spec.http as Fields[]).map((each) => {
      if (routes && !routes.includes(each.name)) return each;
      const subsets = each.route.map(({ destination }: Fields) => destination.subset);
      if (![stableSubsetName, canarySubsetName].every((name) => subsets.includes(name)))
        throw new Error(`route ${each.name} lacks a subset`);
      const route = each.route.map((to: Fields) => ({
        ...to,
        weight: share(to.destination.subset, stableSubsetName, canarySubsetName, to.weight),
      }));
      return { ...each, route };
    });
    return { ...one, spec: { ...spec, http } };
  }
  const names: string[] = (plugins[PLUGIN]?.httpRoutes ?? []).map(({ name }: Fields) => name);
  if (one.kind !== 'HTTPRoute' || !names.includes(one.metadata.name)) return one;
  const rules = (spec.rules as Fields[]).map((each) => ({
    ...each,
    backendRefs: each.backendRefs.map((to: Fields) => ({ ...to, weight: share(to.name, stableService, canaryService, to.weight) })),
  }));
  return { ...one, spec: { ...spec, rules } };
}
