import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { DEFAULT_NAMESPACE } from '../../istio/defaults';
import { HomeState } from '../../graph/namespace-state';
import { MeshRegistry } from '../../graph/mesh-registry';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import { planeOf } from '../../planes/plane-of';
import { CallSite } from '../../support/call-site';
import { requireKnown } from '../../support/known';
import { MeshError } from '../../support/mesh-error';
import { DataPlane } from '../../values/mesh/data-plane';
import { Infrastructure } from '../../values/mesh/infrastructure';

const HOME = Symbol.for('istio-constructs.Home');

const households = new WeakMap<HomeState, Household>();

/** A namespace as its contents see it. */
export interface Household {
  readonly home: HomeState;
  readonly dataPlane: DataPlane;
  readonly infrastructure: InfrastructureFacts;
}

export function setHousehold(namespace: IConstruct, household: Household): void {
  households.set(household.home, household);
  Object.defineProperty(namespace, HOME, { value: household });
}

/** The namespace that a construct is declared in, or its chart's, which nothing here puts into the mesh. */
export function householdOf(scope: IConstruct, dataPlane?: DataPlane): Household {
  const namespace = scope.node.scopes.reverse().find((ancestor): ancestor is IConstruct & { [HOME]: Household } => HOME in ancestor);
  if (namespace && dataPlane) {
    throw new MeshError({
      code: 'MESH013',
      at: scope,
      what: 'the namespace says how its pods join the mesh',
      got: 'a dataPlane on a construct inside a namespace construct',
      fix: 'set dataPlane on the namespace only',
    });
  }
  return namespace?.[HOME] ?? chartHousehold(scope, dataPlane);
}

function chartHousehold(scope: IConstruct, asked?: DataPlane): Household {
  const registry = MeshRegistry.of(scope);
  const name = Chart.of(scope).namespace ?? DEFAULT_NAMESPACE;
  requireKnown(scope, { 'namespace of the chart': name });
  const known = registry.homes.get(name);
  if (known) return householdIn(scope, known, asked);

  const dataPlane = asked ?? DataPlane.sidecar();
  const home = new HomeState({
    name,
    mode: dataPlane._facts.mode,
    waypointPolicy: 'never',
    zeroTrust: false,
    owned: false,
    enrolled: false,
    path: Chart.of(scope).node.path,
    site: CallSite.here(),
  });
  registry.addHome(home);
  const household = { home, dataPlane, infrastructure: Infrastructure.of()._facts };
  households.set(home, household);
  return household;
}

// Declared elsewhere in the program, or used by another service: what was said of it there holds here too.
function householdIn(scope: IConstruct, home: HomeState, asked?: DataPlane): Household {
  const household = households.get(home)!;
  if (!asked || planeOf({ mode: asked._facts.mode }) === planeOf(home)) return household;
  throw new MeshError({
    code: 'MESH040',
    at: scope,
    what: `all pods of namespace ${home.name} join the mesh in one way`,
    got: `a dataPlane other than ${home.path || 'the chart'} has for it`,
    fix: 'give them the same dataPlane, or set it on a construct of the namespace only',
  });
}
