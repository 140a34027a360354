import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import { DEFAULT_NAMESPACE } from '../../istio/defaults';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import type { NamespaceFacts } from '../../model/namespace-facts';
import { planeOf } from '../../planes/plane-of';
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

/** The namespace that a construct is declared in, or its chart's, which nothing here puts into the mesh. */
export function namespaceOf(scope: IConstruct, dataPlane?: DataPlane): DeclaredNamespace {
  const around = scope.node.scopes.reverse().find((ancestor): ancestor is Naming => NAMESPACE in ancestor);
  if (around && dataPlane) {
    throw new MeshError({
      code: 'MESH013',
      at: scope,
      what: 'the namespace says how its pods join the mesh',
      got: 'a dataPlane on a construct inside a namespace construct',
      fix: 'set dataPlane on the namespace only',
    });
  }
  return around?.[NAMESPACE] ?? chartNamespace(scope, dataPlane);
}

function chartNamespace(scope: IConstruct, asked?: DataPlane): DeclaredNamespace {
  const graph = MeshGraph.of(scope);
  const name = Chart.of(scope).namespace ?? DEFAULT_NAMESPACE;
  requireKnown(scope, { 'namespace of the chart': name });
  const known = graph.namespaces.get(name);
  if (known) return knownNamespace(scope, known, asked);

  const dataPlane = asked ?? DataPlane.sidecar();
  const facts: NamespaceFacts = {
    name,
    mode: dataPlane._facts.mode,
    waypointPolicy: 'never',
    zeroTrust: false,
    owned: false,
    enrolled: false,
    path: Chart.of(scope).node.path,
    site: CallSite.here(),
  };
  graph.addNamespace(facts);
  const declared = { facts, dataPlane, infrastructure: Infrastructure.of()._facts };
  declarations.set(facts, declared);
  return declared;
}

// Declared elsewhere in the program, or used by another service: what was said of it there holds here too.
function knownNamespace(scope: IConstruct, facts: NamespaceFacts, asked?: DataPlane): DeclaredNamespace {
  const declared = declarations.get(facts)!;
  if (!asked || planeOf(asked._facts) === planeOf(facts)) return declared;
  throw new MeshError({
    code: 'MESH040',
    at: scope,
    what: `all pods of namespace ${facts.name} join the mesh in one way`,
    got: `a dataPlane other than ${facts.path || 'the chart'} has for it`,
    fix: 'give them the same dataPlane, or set it on a construct of the namespace only',
  });
}
