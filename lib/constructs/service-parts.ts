import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as networking from '../../imports/networking.istio.io';
import type { HomeState } from '../access/home-state';
import { MeshRegistry } from '../access/mesh-registry';
import { hostOf, principalOf } from '../access/mesh-settings';
import { setParty } from '../access/party-of';
import type { InfrastructureFacts } from '../model/infrastructure-facts';
import type { Party } from '../model/party';
import type { WorkloadSpec } from '../model/workload-spec';
import { planeOf } from '../planes';
import { probePortsOf } from '../render/deployment';
import { intOrString } from '../render/network-policy';
import { infrastructureHosts, renderSidecarScope } from '../render/sidecar-scope';
import { CallSite } from '../support/call-site';
import { isDeferred } from '../support/deferred';
import { checkKnown } from '../support/known';
import { MeshError } from '../support/mesh-error';
import { checkName } from '../support/object-names';
import { accountOf, adoptWorkload } from './adopt-workload';
import { emit } from './emit';
import { checkPorts } from './check-ports';
import { late } from './late';
import { type MeshedServiceProps, PASSED_ON } from './meshed-service-props';
import type { ServiceRoutes } from './service-routes';
import { makeVersion } from './version-deployment';
import { workloadSpecOf } from './workload-spec-of';

/** Who a service is in the graph of calls. What its routes add to it is asked late. */
export function servicePartyOf(scope: Construct, home: HomeState, props: MeshedServiceProps, routes: () => ServiceRoutes): Party {
  checkKnown(scope, props, PASSED_ON);
  const registry = MeshRegistry.of(scope);
  const name = checkName(scope, 'service name', props.name ?? scope.node.id);
  const serviceAccountName = (props.workload && accountOf(scope, props.workload)) ?? name;
  const key = `service:${home.name}/${name}`;
  checkService(scope, registry, key, props);
  return setParty(scope, {
    kind: 'service',
    key,
    path: scope.node.path,
    site: CallSite.here(),
    name,
    namespaceName: home.name,
    home,
    owned: true,
    ports: checkPorts(scope, props.ports),
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
  checkName(scope, 'version', version);
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
  emit(scope, 'DisruptionBudget', kplus.k8s.KubePodDisruptionBudget, metadata, {
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
  const spec = late(() => renderSidecarScope(party.podLabels!, registry.callsFrom(party), always));
  emit(scope, 'Sidecar', networking.Sidecar, metadata, spec);
}

function checkService(scope: Construct, registry: MeshRegistry, key: string, props: MeshedServiceProps): void {
  checkPods(scope, props, 'set image, or use MeshedService.fromWorkload');
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
export function checkPods(at: Construct, { image, workload }: Pick<MeshedServiceProps, 'image' | 'workload'>, cure: string): void {
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
