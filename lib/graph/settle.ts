import type { IConstruct } from 'constructs';
import { type Beside, NOTHING_BESIDE } from '../model/beside/beside';
import { MeshGraph } from './mesh-graph';
import { Settled } from './settled';

/** What a construct does once all is said: it keeps or makes the objects that are needed, and lets go of the others. */
export const SETTLE = Symbol.for('istio-constructs.Settle');
const looking = new WeakSet<MeshGraph>();
const keptOfGraph = new WeakMap<MeshGraph, Kept>();

/** A construct whose objects depend on what others say. */
export interface Settling {
  [SETTLE](settled: Settled): void;
}

interface Kept {
  readonly revision: number;
  readonly beside: Beside;
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
  const kept = keptOf(scope);
  if (kept.isWhole) return;
  for (const node of scope.node.findAll()) (node as Partial<Settling>)[SETTLE]?.(kept.settled);
  if (scope === scope.node.root) kept.isWhole = true;
}

/**
 * Looks whether what stands beside the constructs is still what it was: nobody tells when an object is added or patched. A look at the whole tree is
 * for whoever reads much of it: services are many, and each may be read.
 */
export function lookAgain(scope: IConstruct): void {
  const graph = MeshGraph.of(scope);
  const last = keptOf(scope);
  const beside = look(graph, last.beside);
  if (JSON.stringify(beside) !== JSON.stringify(last.beside)) keep(graph, beside);
}

/** Makes a tree ready for whoever writes it: as all statements and all that stands beside them have it, and in an order in which it can be applied. */
export function makeReady(root: IConstruct): void {
  lookAgain(root);
  settle(root);
  MeshGraph.of(root).putInOrder();
}

function keptOf(scope: IConstruct): Kept {
  const graph = MeshGraph.of(scope);
  const last = keptOfGraph.get(graph);
  if (last?.revision === graph.revision) return last;
  if (last) return keep(graph, last.beside);
  const first = keep(graph, NOTHING_BESIDE);
  const beside = look(graph, first.beside);
  return beside === first.beside ? first : keep(graph, beside);
}

// What is looked at may ask for what follows by itself, in a Lazy of a user.
function look(graph: MeshGraph, last: Beside): Beside {
  if (looking.has(graph)) return last;
  looking.add(graph);
  const beside = graph.lookBeside();
  looking.delete(graph);
  return beside;
}

function keep(graph: MeshGraph, beside: Beside): Kept {
  const kept: Kept = { revision: graph.revision, beside, settled: new Settled(graph, beside), isWhole: false };
  keptOfGraph.set(graph, kept);
  return kept;
}
