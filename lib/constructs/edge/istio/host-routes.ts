import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import * as networking from '../../../../imports/networking.istio.io';
import { MeshGraph } from '../../../graph/mesh-graph';
import { hostOf } from '../../../graph/mesh-settings';
import { settledOf } from '../../../graph/settle';
import type { Settled } from '../../../graph/settled';
import type { IstioGatewayRef } from '../../../model/edge/istio-gateway';
import type { Exposure } from '../../../model/exposure';
import type { PartyFacts } from '../../../model/party';
import { planeOf } from '../../../planes/plane-of';
import { type Entering, isRouteOf, renderHostRoute } from '../../../render/routes/edge/host-route';
import type { Destinations } from '../../../render/routes/virtual-service';
import { weightFields } from '../../../render/routes/weight-fields';
import { isDeferred } from '../../../support/deferred';
import { groupedBy } from '../../../support/grouping';
import { sortedBy } from '../../../support/ordering';
import { lendFields } from '../../tree/foreign-fields';
import { lazy } from '../../tree/lazy';
import { makeObject } from '../../tree/make-object';
import { Slot, type Wanted } from '../../tree/slot';

/** The VirtualServices of a gateway, one for each host of each of its Gateways of Istio: of several for one host the oldest would go first. */
export class HostRoutes {
  private readonly services = new Map<string, IConstruct>();

  /** `home` is where they stand: the namespace of the gateway, or that of whoever exposes. */
  constructor(scope: Construct, party: PartyFacts, home?: string) {
    new Slot(scope, 'Routes', (settled) => [...hostsAt(scope, party, settled)].map(([name, exposed]) => this.route(name, exposed, home)));
  }

  /** Has its routes come after the objects of a service, whose subsets they name. */
  follow(service: IConstruct, { key }: PartyFacts): void {
    this.services.set(key, service);
  }

  private route(name: string, exposed: readonly Exposure[], home: string | undefined): Wanted {
    const [{ istioGateway, service }] = exposed;
    const metadata = { name, namespace: home ?? service.namespaceName };
    const make = (scope: Construct, id: string): ApiObject => {
      const now = (): Entering[] =>
        hostsAt(scope, exposed[0].gateway, settledOf(scope))
          .get(name)!
          .map((one) => entering(one, settledOf(scope)));
      const spec = lazy(() => renderHostRoute(istioGateway!, now()));
      const made = makeObject(scope, id, networking.VirtualService, metadata, spec);
      for (const one of exposed) {
        const rules = this.services.get(one.service.key)?.node.tryFindChild('DestinationRules');
        if (rules) made.node.addDependency(rules);
      }
      lendFields(made, () => lentWeights(made, now()));
      return made;
    };
    return { id: name, make };
  }
}

function hostsAt(scope: Construct, { key }: PartyFacts, settled: Settled): ReadonlyMap<string, Exposure[]> {
  const here = MeshGraph.of(scope).exposures.filter(({ gateway }) => gateway.key === key);
  // A pattern goes before the path that it is below, and names make the rest of the order.
  const sorted = sortedBy(here, ({ pathPattern, routeName }) => `${pathPattern === undefined ? 1 : 0} ${routeName}`);
  const groups = groupedBy(
    sorted.map((said) => settled.exposure(said)),
    routeNameOf,
  );
  return new Map(sortedBy([...groups], ([name]) => name));
}

function routeNameOf({ istioGateway, host, routeName }: Exposure): string {
  const { name } = istioGateway as IstioGatewayRef;
  if (host === '*') return name;
  return isDeferred(host) ? `${name}-${routeName}` : `${name}-${host.replace('*', 'any').replaceAll('.', '-')}`;
}

function entering(exposure: Exposure, settled: Settled): Entering {
  const { service } = exposure;
  const splitsHere = !planeOf(service.namespace).routesAtWaypoint;
  return { exposure, table: settled.table(service), splitsHere, destinations: destinationsOf(service, settled) };
}

/** Versions are subsets where the service has them, and Services else. */
function destinationsOf(service: PartyFacts, settled: Settled): Destinations {
  const { namespaceName, name } = service;
  const hosts = settled.routing(service).objects;
  const hasSubsets = hosts.some((object) => object.kind === 'DestinationRule' && object.subsets.length > 0);
  const host = hostOf(settled.settings, namespaceName, name);
  return (version) => {
    if (version === undefined || hasSubsets) return { host, subset: version };
    return { host: hostOf(settled.settings, namespaceName, `${name}-${version}`) };
  };
}

/** Weights that somebody else moves, of some of the services of a host. */
function lentWeights(made: ApiObject, entering: readonly Entering[]): string[] {
  const lent = entering.filter(({ table }) => table.weightsOwnedBy !== undefined);
  if (lent.length === 0) return [];
  const manifest = made.toJson() as { readonly spec: networking.VirtualServiceSpec };
  const http = manifest.spec.http ?? [];
  return weightFields(manifest as unknown as Record<string, unknown>).filter((field) => {
    const index = /^spec\.http\[(\d+)\]/.exec(field)?.[1];
    return index === undefined || lent.some(({ exposure }) => isRouteOf(exposure, http[Number(index)].name));
  });
}
