import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { manifestsOf, objectsBelow } from '../../assembly/manifest-objects';
import { type Cluster, readCluster } from '../../cluster/cluster';
import { enteredHosts } from '../../cluster/routes/entered-hosts';
import { type MeshService, servicesOf } from '../../cluster/services/services';
import { accountKey } from '../../cluster/workloads/identities';
import { brokenDemands } from '../../cluster/workloads/pod-standards';
import { type Workload, workloadsOf, workloadsWith } from '../../cluster/workloads/workloads';
import type { MeshGraph } from '../../graph/mesh-graph';
import { remembered } from '../../graph/remembered';
import { planeOfProxy } from '../../cluster/workloads/proxies';
import { USE_WAYPOINT } from '../../istio/labels';
import type { Beside, CallerPods, OtherService } from '../../model/beside/beside';
import { isOwnService, type PartyFacts } from '../../model/party';
import { isMade, isPatched } from '../../support/marker';
import { compareText } from '../../support/ordering';
import { giveNamespace } from './lives-in';
import { needsBeside } from './needs-beside';

/** The objects of a program, some of them apart: nothing is rendered before somebody asks for it. */
interface Tree {
  readonly graph: MeshGraph;
  /** Services of this program in a namespace, by name. */
  readonly own: (namespaceName: string) => ReadonlyMap<string, PartyFacts>;
  /** Of objects that no construct made, and of Services of ours that were patched. */
  readonly others: Cluster;
  readonly all: () => Cluster;
}

/** What the objects of a program mean for its services and callers, beside what was said of these. */
export function lookBeside(root: IConstruct, graph: MeshGraph): Beside {
  const tree = treeOf(root, graph);
  const services = servicesOf(tree.others).filter(({ kind, externalName }) => kind === 'Service' && externalName === undefined);
  const others = services.filter(({ object }) => !object.made).map((service) => otherService(tree, service));
  return {
    services: others.filter(({ over }) => over.length > 0),
    headless: services.filter(({ object, hasAddress }) => object.made && !hasAddress).map(({ key }) => key),
    callers: callersIn(tree),
    needs: needsBeside(
      graph,
      tree.others.objects.filter(({ made }) => !made),
    ),
    entered: enteredHosts(tree.others),
    unrestricted: [
      ...new Set(
        workloadsOf(tree.others)
          .filter(asksForMore)
          .map(({ namespaceName }) => namespaceName),
      ),
    ].sort(compareText),
  };
}

function treeOf(root: IConstruct, graph: MeshGraph): Tree {
  const objects = objectsBelow(root);
  const raw = objects.filter((object) => !isMade(object));
  raw.forEach(giveNamespace);
  const read = (some: readonly ApiObject[]): Cluster => readCluster(manifestsOf(some, graph), graph.settings);
  const patched = objects.filter((object) => object.kind === 'Service' && isMade(object) && isPatched(object));
  let whole: Cluster | undefined;
  const own = remembered(
    (name: string) => name,
    (name) =>
      new Map(
        graph
          .partiesIn(name)
          .filter(isOwnService)
          .map((party) => [party.name, party]),
      ),
  );
  return { graph, own, others: read([...raw, ...patched]), all: () => (whole ??= read(objects)) };
}

function otherService(tree: Tree, service: MeshService): OtherService {
  const { namespaceName, name, hasAddress, labels } = service;
  return { namespaceName, name, over: servicesBehind(tree, service), hasAddress, waypoint: labels[USE_WAYPOINT] };
}

/** Names of services of this program to whose pods a Service leads. */
function servicesBehind({ graph, own, all }: Tree, { namespaceName, selector }: MeshService): string[] {
  const names = own(namespaceName);
  const { app, version, ...more } = selector;
  if (names.size === 0 || Object.keys(selector).length === 0) return [];
  // By these two labels our pods are known without a look at them.
  if (Object.keys(more).length === 0) {
    const named = app === undefined ? [...names.values()] : [names.get(app)].filter((party) => party !== undefined);
    return named.filter(({ key }) => version === undefined || versionsOf(graph, key).includes(version)).map(({ name }) => name);
  }
  const found = new Set(workloadsWith(all(), namespaceName, selector).map(({ labels }) => labels.app));
  return [...names.keys()].filter((name) => found.has(name));
}

function versionsOf(graph: MeshGraph, key: string): string[] {
  return graph.routesOf(key).flatMap(({ versions = [] }) => versions);
}

function asksForMore({ isOutside, spec }: Workload): boolean {
  return !isOutside && brokenDemands(spec, 'restricted').length > 0;
}

/** Pods of callers that are known by their identity alone. */
function callersIn({ graph, others, all }: Tree): CallerPods[] {
  const parties = [...graph.parties.values()];
  const accounts = (kinds: (kind: string) => boolean): Set<string> =>
    new Set(parties.filter(({ kind }) => kinds(kind)).map((party) => accountKey(party.namespaceName, party.serviceAccountName ?? '')));
  const [named, owned] = [accounts((kind) => kind === 'identity'), accounts((kind) => kind === 'service' || kind === 'workload')];
  if (named.size === 0) return [];
  return workloadsOf(others)
    .filter((pods) => named.has(accountOf(pods)) && !owned.has(accountOf(pods)) && !pods.isOutside)
    .map((pods) => callerPods(all(), pods));
}

function callerPods(all: Cluster, pods: Workload): CallerPods {
  const { namespaceName, serviceAccountName, labels, object } = pods;
  const alike = workloadsWith(all, namespaceName, labels);
  return {
    namespaceName,
    serviceAccountName,
    kind: object.kind,
    name: object.name,
    labels,
    isToldApart: Object.keys(labels).length > 0 && alike.every((other) => accountOf(other) === accountOf(pods)),
    mode: planeOfProxy(pods.proxy),
  };
}

function accountOf({ namespaceName, serviceAccountName }: Workload): string {
  return accountKey(namespaceName, serviceAccountName);
}
