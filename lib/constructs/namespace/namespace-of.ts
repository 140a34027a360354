import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { withProviders } from '../../graph/mesh-settings';
import { DEFAULT_NAMESPACE } from '../../istio/defaults';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import type { NamespaceFacts } from '../../model/namespace-facts';
import { isSamePlane } from '../../planes/plane-of';
import { CallSite } from '../../support/call-site';
import { requireKnown } from '../../support/known';
import { MeshError } from '../../support/mesh-error';
import { DataPlane } from '../../values/mesh/data-plane';
import { Infrastructure } from '../../values/mesh/infrastructure';
import { setLivesIn } from '../tree/lives-in';

const NAMESPACE = Symbol.for('istio-constructs.Namespace');

/** A namespace as its contents see it. */
export interface DeclaredNamespace {
  readonly facts: NamespaceFacts;
  readonly dataPlane: DataPlane;
  readonly infrastructure: InfrastructureFacts;
  /** Nobody has said its data plane. */
  readonly isGuess?: boolean;
}

interface Naming extends IConstruct {
  readonly [NAMESPACE]: DeclaredNamespace;
}

const declarations = new WeakMap<NamespaceFacts, DeclaredNamespace>();

/** Says that whatever is declared below a construct lives in a namespace. */
export function setNamespace(construct: IConstruct, declared: DeclaredNamespace): void {
  declarations.set(declared.facts, declared);
  Object.defineProperty(construct, NAMESPACE, { value: declared });
  setLivesIn(construct, declared.facts.name);
}

/**
 * Name of the namespace that a construct is declared in: that of the construct around it, else that of its chart. A construct may declare the
 * chart's later, and anywhere in the App.
 */
export function namespaceOf(scope: IConstruct, asked?: DataPlane): string {
  const around = scope.node.scopes.reverse().find((ancestor) => NAMESPACE in ancestor || (Chart.isChart(ancestor) && ancestor.namespace));
  if (!around || !(NAMESPACE in around)) return chartNamespace(scope, asked);
  if (!asked) return (around as Naming)[NAMESPACE].facts.name;
  throw new MeshError({
    code: 'MESH013',
    at: scope,
    what: 'the namespace says how its pods join the mesh',
    got: 'a dataPlane on a construct inside a namespace construct',
    fix: 'set dataPlane on the namespace only',
  });
}

/** What is known by now of a namespace that something lives in. */
export function knownNamespace(scope: IConstruct, name: string): DeclaredNamespace {
  return tryNamespace(scope, name)!;
}

export function tryNamespace(scope: IConstruct, name: string): DeclaredNamespace | undefined {
  const facts = MeshGraph.of(scope).namespaces.get(name);
  return facts && declarations.get(facts);
}

function chartNamespace(scope: IConstruct, asked?: DataPlane): string {
  const name = Chart.of(scope).namespace ?? DEFAULT_NAMESPACE;
  requireKnown(scope, { 'namespace of the chart': name });
  const known = tryNamespace(scope, name);
  if (!known || (known.isGuess && asked)) addUndeclared(scope, name, asked);
  else if (asked) requireSamePlane(scope, known, asked);
  return name;
}

// Nothing here puts it into the mesh, unless a construct declares it yet.
function addUndeclared(scope: IConstruct, name: string, asked?: DataPlane): void {
  const dataPlane = asked ?? DataPlane.sidecar();
  const facts: NamespaceFacts = {
    name,
    mode: dataPlane._facts.mode,
    migration: dataPlane._facts.migration,
    waypointPolicy: 'never',
    zeroTrust: false,
    owned: false,
    enrolled: false,
    path: Chart.of(scope).node.path,
    site: CallSite.here(),
  };
  MeshGraph.of(scope).addNamespace(facts);
  declarations.set(facts, {
    facts,
    dataPlane,
    infrastructure: withProviders(MeshGraph.of(scope).settings, Infrastructure.of()._facts),
    isGuess: asked === undefined,
  });
}

/** Refuses another data plane than the one that was said of a namespace elsewhere in the program. */
export function requireSamePlane(at: IConstruct, { facts }: DeclaredNamespace, asked: DataPlane): void {
  if (isSamePlane(asked._facts, facts)) return;
  throw new MeshError({
    code: 'MESH040',
    at,
    what: `all pods of namespace ${facts.name} join the mesh in one way`,
    got: `a dataPlane other than ${facts.path || 'the chart'} has for it`,
    fix: 'give them the same dataPlane, or set it on a construct of the namespace only',
  });
}
