import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import type { HomeState } from '../../graph/namespace-state';
import { MeshRegistry } from '../../graph/mesh-registry';
import { hostOf, principalOf } from '../../graph/mesh-settings';
import { setParty } from '../../graph/party-of';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import type { Party } from '../../model/party';
import type { WorkloadSpec } from '../../model/workload-spec';
import { planeOf } from '../../planes/plane-of';
import { probePortsOf } from '../../render/kubernetes/deployment';
import { intOrString } from '../../render/network/network-policy';
import { infrastructureHosts, renderSidecarScope } from '../../render/routes/sidecar-scope';
import { CallSite } from '../../support/call-site';
import { isDeferred } from '../../support/deferred';
import { requireKnown } from '../../support/known';
import { MeshError } from '../../support/mesh-error';
import { requireName } from '../../support/object-names';
import { accountOf, adoptWorkload } from '../workload/adopt-workload';
import { makeObject } from '../tree/make-object';
import { requirePorts } from '../workload/require-ports';
import { lazy } from '../tree/lazy';
import { type MeshedServiceProps, PASSED_ON } from './meshed-service-props';
import type { ServiceRoutes } from '../routes/service-routes';
import { makeVersion } from '../workload/version-deployment';
import { workloadSpecOf } from '../workload/workload-spec-of';

/** Who a service is in the graph of calls. What its routes add to it is asked late. */
export function servicePartyOf(scope: Construct, home: HomeState, props: MeshedServiceProps, routes: () => ServiceRoutes): Party {
  requireKnown(scope, props, PASSED_ON);
  const registry = MeshRegistry.of(scope);
  const name = requireName(scope, 'service name', props.name ?? scope.node.id);
  const serviceAccountName = (props.workload && accountOf(scope, props.workload)) ?? name;
  const key = `service:${home.name}/${name}`;
  requireService(scope, registry, key, props);
  return setParty(scope, {
    kind: 'service',
    key,
    path: scope.node.path,
    site: CallSite.here(),
    name,
    namespaceName: home.name,
    home,
    owned: true,
    ports: requirePorts(scope, props.ports),
    host: hostOf(registry.settings, home.name, name),
    principal: principalOf(registry.settings, home.name, serviceAccountName),
    serviceAccountName,
    podLabels: Object.freeze({ app: name }),
    probePorts: props.image === undefined ? [] : probePortsOf(workloadSpecOf(scope, props, props.image)),
    get serviceNames() {
      return [name, ...routes().versionServiceNames];
    },
    get meshHosts() {
      return routes().meshHosts;
    },
  });
}

/** One account a workload: the identity that policies name. A workload that brings its own keeps it. */
export function accountFor(scope: Construct, party: Party, workload: ApiObject | undefined): kplus.IServiceAccount {
  const name = party.serviceAccountName!;
  if (workload && accountOf(scope, workload)) return kplus.ServiceAccount.fromServiceAccountName(scope, 'ServiceAccount', name);
  const account = new kplus.ServiceAccount(scope, 'ServiceAccount', {
    metadata: { name, namespace: party.namespaceName },
    automountToken: false,
  });
  MeshRegistry.of(scope).own(ApiObject.of(account));
  return account;
}

export interface Pods {
  readonly party: Party;
  readonly account: kplus.IServiceAccount;
  readonly version: string;
  readonly spec?: WorkloadSpec;
  readonly workload?: ApiObject;
}

/** The pods of one version: a Deployment of ours, or a workload made elsewhere. */
export function makePods(scope: Construct, { party, account, version, spec, workload }: Pods): kplus.Deployment | undefined {
  requireName(scope, 'version', version);
  if (spec) return makeVersion(scope, party, account, version, spec);
  adoptWorkload(scope, workload!, {
    podLabels: { ...party.podLabels, version },
    serviceAccountName: party.serviceAccountName!,
    namespaceName: party.namespaceName,
    ports: party.ports,
  });
  return undefined;
}

/** One budget over all versions: two over one pod make its eviction fail. As it lets one pod go at a time, it does no harm to a single one. */
export function makeBudget(scope: Construct, party: Party, spec: WorkloadSpec): void {
  const least = spec.autoscaling?.minReplicas ?? spec.replicas;
  if (least < 2 && !isDeferred(least)) return;
  const metadata = { name: party.name, namespace: party.namespaceName };
  makeObject(scope, 'DisruptionBudget', kplus.k8s.KubePodDisruptionBudget, metadata, {
    maxUnavailable: intOrString(1),
    selector: { matchLabels: { ...party.podLabels } },
  });
}

/** What the proxies of a closed namespace are told about. It narrows configuration; what is refused is the policies' work. */
export function makeScope(
  scope: Construct,
  party: Party,
  registry: MeshRegistry,
  home: HomeState,
  infrastructure: InfrastructureFacts,
): void {
  if (!home.zeroTrust || !planeOf(home).scopesProxies) return;
  const metadata = { name: party.name, namespace: party.namespaceName };
  const always = infrastructureHosts(infrastructure, registry.settings.clusterDomain);
  const spec = lazy(() => renderSidecarScope(party.podLabels!, registry.callsFrom(party), always));
  makeObject(scope, 'Sidecar', networking.Sidecar, metadata, spec);
}

function requireService(scope: Construct, registry: MeshRegistry, key: string, props: MeshedServiceProps): void {
  requirePods(scope, props, 'set image, or use MeshedService.fromWorkload');
  const other = registry.parties.get(key);
  if (!other) return;
  throw new MeshError({
    code: 'MESH020',
    at: scope,
    what: 'a service name is used once in a namespace',
    got: `${other.name}, which ${other.path} has already`,
    fix: 'give one of them another name',
  });
}

/** Where the pods of a version come from: one of the two. `cure` says what to set where neither is. */
export function requirePods(at: Construct, { image, workload }: Pick<MeshedServiceProps, 'image' | 'workload'>, cure: string): void {
  if (image === undefined && workload === undefined) {
    throw new MeshError({
      code: 'MESH021',
      at,
      what: 'pods are made from an image, or elsewhere as a workload',
      got: 'neither',
      fix: cure,
    });
  }
  if (image !== undefined && workload !== undefined) {
    throw new MeshError({
      code: 'MESH048',
      at,
      what: 'pods come from an image or a workload, not from both',
      got: 'both',
      fix: 'drop one',
    });
  }
  if (image?.trim() !== '') return;
  throw new MeshError({ code: 'MESH049', at, what: 'an image has a name', got: `image ${JSON.stringify(image)}`, fix: 'set image to it' });
}
