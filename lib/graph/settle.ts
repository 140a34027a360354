import type { IConstruct } from 'constructs';
import { MeshGraph } from './mesh-graph';
import { planeOf } from '../planes/plane-of';
import { Settled } from './settled';

/** What a construct does once all is said: it keeps or makes the objects that are needed, and lets go of the others. */
export const SETTLE = Symbol.for('istio-constructs.Settle');
// What is looked at may ask for what follows by itself, in a Lazy of a user.
const looking = new WeakSet<MeshGraph>();
const keptOfGraph = new WeakMap<MeshGraph, Kept>();

/** A construct whose objects depend on what others say. */
export interface Settling {
  [SETTLE](settled: Settled): void;
}

interface Kept {
  readonly revision: number;
  readonly settled: Settled;
  isWhole: boolean;
}

/** What follows from all that the App of a construct has said by now. */
export function settledOf(scope: IConstruct): Settled {
  return keptOf(scope).settled;
}

/**
 * Brings the objects at a construct and below it to where all statements so far lead. Whoever reads the tree calls it first; a statement that
 * comes later makes it due again.
 */
export function settle(scope: IConstruct): void {
  lookAround(scope);
  const kept = keptOf(scope);
  if (kept.isWhole) return;
  for (const node of scope.node.findAll()) (node as Partial<Settling>)[SETTLE]?.(kept.settled);
  if (scope === scope.node.root) kept.isWhole = true;
}

// A look at the whole tree is for whoever reads much of it: services are many, and each may be read.
function lookAround(scope: IConstruct): void {
  const graph = MeshGraph.of(scope);
  const declared = [...graph.namespaces.values()];
  const isLarge = scope === scope.node.root || declared.some(({ path }) => path === scope.node.path);
  if (!isLarge || looking.has(graph) || !declared.some((facts) => planeOf(facts).routesAtWaypoint)) return;
  looking.add(graph);
  const needs = graph.look();
  looking.delete(graph);
  graph.seeNeeds(needs.filter(({ namespaceName }) => planeOf(graph.namespaces.get(namespaceName)!).routesAtWaypoint));
}

function keptOf(scope: IConstruct): Kept {
  const graph = MeshGraph.of(scope);
  const last = keptOfGraph.get(graph);
  if (last?.revision === graph.revision) return last;
  const kept: Kept = { revision: graph.revision, settled: new Settled(graph), isWhole: false };
  keptOfGraph.set(graph, kept);
  return kept;
}
