import type { IConstruct } from 'constructs';
import { MeshGraph } from './mesh-graph';
import { Settled } from './settled';

const SETTLES = Symbol.for('istio-constructs.Settles');
const KEPT = Symbol.for('istio-constructs.Settled');

/** A construct whose objects depend on what others say. A trait, so that public types stay free of it. */
interface Settling {
  readonly [SETTLES]?: (settled: Settled) => void;
}

interface Kept {
  readonly revision: number;
  readonly settled: Settled;
  isWhole: boolean;
}

/** Says what a construct does once all is said: it keeps or makes the objects that are needed, and lets go of the others. */
export function onSettling(construct: IConstruct, keep: (settled: Settled) => void): void {
  Object.defineProperty(construct, SETTLES, { value: keep });
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
  for (const node of scope.node.findAll()) (node as Settling)[SETTLES]?.(kept.settled);
  if (scope === scope.node.root) kept.isWhole = true;
}

function keptOf(scope: IConstruct): Kept {
  const root = scope.node.root as IConstruct & { [KEPT]?: Kept };
  const graph = MeshGraph.of(root);
  if (root[KEPT]?.revision !== graph.revision) {
    const kept: Kept = { revision: graph.revision, settled: new Settled(graph), isWhole: false };
    Object.defineProperty(root, KEPT, { value: kept, configurable: true, writable: true });
  }
  return root[KEPT]!;
}
