import type { Cluster } from '../../cluster/cluster';
import { nameOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { proxyInNamespace } from '../../cluster/workloads/namespaces';
import { CORE } from '../../istio/api-groups';
import { compareText, sortedBy } from '../../support/ordering';
import { notReadIn } from '../not-read';
import { blindDoorsIn } from './blind-doors';
import { type Draft, draftsTo } from './drafts';
import type { MeshGraph, MeshGraphEdge, MeshGraphNamespace, MeshGraphNode } from './mesh-graph';
import { doorsIn, type Placed, placedIn, planeWord } from './nodes';
import { policiesAt } from './policies-at';
import { ShownObjects } from './shown-objects';
import { draftsPast, draftsThrough } from './through-gateways';

/** Who may call whom, as the verdicts on all requests have it. */
export function graphOf(cluster: Cluster): MeshGraph {
  const objects = new ShownObjects();
  const placed = placedIn(cluster);
  const drafts = [
    ...placed.flatMap((node) => draftsTo(cluster, node)),
    ...doorsIn(cluster).flatMap((door) => draftsThrough(cluster, door)),
    ...blindDoorsIn(cluster).flatMap((gateway) => draftsPast(cluster, gateway)),
  ];
  const byId = new Map([...placed, ...drafts.map(({ caller }) => caller)].map((node) => [node.id, node]));
  const nodes = sortedBy(byId.values(), ({ id }) => id);
  return {
    namespaces: namespacesOf(cluster, nodes),
    nodes: nodes.map((node) => nodeOf(cluster, objects, node)),
    edges: edgesOf(objects, drafts),
    objects: objects.all(),
    notRead: notReadIn(cluster).map(nameOf).sort(compareText),
  };
}

function namespacesOf(cluster: Cluster, nodes: readonly Placed[]): MeshGraphNamespace[] {
  const names = [
    ...objectsOf(cluster, CORE, 'Namespace').map(({ name }) => name),
    ...nodes.flatMap(({ namespaceName }) => namespaceName ?? []),
  ];
  return [...new Set(names)].sort(compareText).map((name) => ({ name, plane: planeWord(proxyInNamespace(cluster, name)) }));
}

function nodeOf(cluster: Cluster, objects: ShownObjects, { service, objects: own, ...said }: Placed): MeshGraphNode {
  return { ...said, objects: objects.idsOf([...own, ...(service ? policiesAt(cluster, service) : [])]) };
}

function edgesOf(objects: ShownObjects, drafts: readonly Draft[]): MeshGraphEdge[] {
  const counts = new Map<string, number>();
  return sortedBy(drafts, (draft) => JSON.stringify([nameOfDraft(draft), draft.workloads, draft.fate.enforcedAt, draft.fate.requests])).map(
    (draft) => {
      const name = nameOfDraft(draft);
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return edgeOf(objects, draft, count === 1 ? name : `${name} #${count}`);
    },
  );
}

function nameOfDraft({ caller, callee, port }: Draft): string {
  return `${caller.id} -> ${callee}:${port}`;
}

function edgeOf(objects: ShownObjects, draft: Draft, id: string): MeshGraphEdge {
  const { caller, callee, port, protocol, workloads, butNot, whoever, fate } = draft;
  const { mtls, enforcedAt, requests, shares, unknown } = fate;
  return {
    id,
    caller: caller.id,
    callee,
    workloads: [...workloads],
    butNot: [...butNot],
    port,
    protocol,
    mtls,
    enforcedAt,
    requests: [...requests],
    shares: shares.map(({ workload, percent }) => ({ workload, percent })),
    decidedBy: objects.idsOf(fate.decidedBy),
    routedBy: objects.idsOf(fate.routedBy),
    whoever,
    ...(unknown !== undefined && { unknown }),
  };
}
