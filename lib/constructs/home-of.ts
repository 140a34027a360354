import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { HomeState } from '../access/home-state';
import { MeshRegistry } from '../access/mesh-registry';
import type { InfrastructureFacts } from '../model/infrastructure-facts';
import { CallSite } from '../support/call-site';
import { MeshError } from '../support/mesh-error';
import { DataPlane } from '../values/data-plane';
import { Infrastructure } from '../values/infrastructure';

const HOME = Symbol.for('istio-constructs.Home');

/** A namespace as its contents see it. */
export interface Household {
  readonly home: HomeState;
  readonly dataPlane: DataPlane;
  readonly infrastructure: InfrastructureFacts;
}

export function setHousehold(namespace: IConstruct, household: Household): void {
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
  return namespace?.[HOME] ?? chartHousehold(scope, dataPlane ?? DataPlane.sidecar());
}

function chartHousehold(scope: IConstruct, dataPlane: DataPlane): Household {
  const registry = MeshRegistry.of(scope);
  const name = Chart.of(scope).namespace ?? 'default';
  const infrastructure = Infrastructure.of()._facts;
  const known = registry.homes.get(name);
  if (known) return { home: known, dataPlane, infrastructure };

  const home = new HomeState({
    name,
    mode: dataPlane._mode,
    waypointPolicy: 'never',
    zeroTrust: false,
    owned: false,
    enrolled: false,
    path: Chart.of(scope).node.path,
    site: CallSite.here(),
  });
  registry.addHome(home);
  return { home, dataPlane, infrastructure };
}
