import type { IConstruct } from 'constructs';
import { MeshGraph } from './mesh-graph';
import { Settled } from './settled';

/** What a construct does once all is said: it keeps or makes the objects that are needed, and lets go of the others. */
export const SETTLE = Symbol.for('istio-constructs.Settle');
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
  const kept = keptOf(scope);
  if (kept.isWhole) return;
  for (const node of scope.node.findAll()) (node as Partial<Settling>)[SETTLE]?.(kept.settled);
  if (scope === scope.node.root) kept.isWhole = true;
}

function keptOf(scope: IConstruct): Kept {
  const graph = MeshGraph.of(scope);
  const last = keptOfGraph.get(graph);
  if (last?.revision === graph.revision) return last;
  const kept: Kept = { revision: graph.revision, settled: new Settled(graph), isWhole: false };
  keptOfGraph.set(graph, kept);
  return kept;
}
