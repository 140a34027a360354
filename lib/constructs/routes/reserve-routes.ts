import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as networking from '../../../imports/networking.istio.io';
import { hostOf } from '../../graph/mesh-settings';
import { settledOf } from '../../graph/settle';
import type { Exposure } from '../../model/exposure';
import type { PartyFacts } from '../../model/party';
import type { RouteTable } from '../../model/route';
import { planeOf } from '../../planes/plane-of';
import type { RouteObject } from '../../planes/routers/route-object';
import { renderDestinationRule } from '../../render/routes/destination-rule';
import { renderGatewayTcpRoute, renderGatewayTlsRoute } from '../../render/routes/edge/byte-route';
import { renderGatewayRoute } from '../../render/routes/gateway-route';
import { renderMeshRoute } from '../../render/routes/http-route';
import { renderTcpRoute } from '../../render/routes/tcp-route';
import { subsetFields } from '../../render/routes/subset-fields';
import { renderVirtualService } from '../../render/routes/virtual-service';
import { sortedBy } from '../../support/ordering';
import { lendFields } from '../tree/foreign-fields';
import { lazy } from '../tree/lazy';
import { inVersionOf, makeObject, type ObjectClass } from '../tree/make-object';
import { Slot, type Wanted } from '../tree/slot';
import { makeService } from '../workload/make-service';
import { versionServiceLabels } from '../workload/service-labels';
import { makeRoute } from './make-route';

/** Room for the objects of a service's one route table, in the order in which they must be applied; whatever shapes its traffic is in the table. */
export function reserveRoutes(scope: Construct, service: PartyFacts): void {
  const slot = (id: string, want: (object: RouteObject) => Wanted[]): Slot =>
    new Slot(scope, id, (settled) => settled.routing(service).objects.flatMap(want));
  slot('VersionServices', (object) => (object.kind === 'Service' ? [versionService(service, object)] : []));
  const rules = slot('DestinationRules', (object) => (object.kind === 'DestinationRule' ? [destinationRule(service, object)] : []));
  slot('Routes', (object) => {
    if (object.kind === 'HTTPRoute' || object.kind === 'TCPRoute') return [gatewayApiRoute(service, object)];
    return object.kind === 'VirtualService' ? [virtualService(service, object, rules)] : [];
  });
}

/** Room for its routes through gateways, with the first of them: nothing of the service comes behind it, and most services have none. */
export function reserveGatewayRoutes(scope: Construct, service: PartyFacts): void {
  const id = 'GatewayRoutes';
  if (scope.node.tryFindChild(id)) return;
  new Slot(scope, id, (settled) => {
    // Those at Gateways of Istio's own API are the gateway's, one for each host.
    const ofService = settled.exposuresOf(service).filter(({ istioGateway }) => !istioGateway);
    return sortedBy(ofService, ({ routeName }) => routeName).map(gatewayRoute);
  });
}

type ObjectOf<Kind extends RouteObject['kind']> = Extract<RouteObject, Record<'kind', Kind>>;

function versionService(service: PartyFacts, { id, name, labels }: ObjectOf<'Service'>): Wanted {
  const selector = { ...service.podLabels, ...labels };
  const make = (scope: Construct): ApiObject => {
    return ApiObject.of(
      makeService(scope, id, service, { name, selector, labels: versionServiceLabels(service, name, () => settledOf(scope)) }),
    );
  };
  return { id, make };
}

function destinationRule(service: PartyFacts, { id, name }: ObjectOf<'DestinationRule'>): Wanted {
  const metadata = { name, namespace: service.namespaceName };
  const make = (scope: Construct): ApiObject => {
    const spec = lazy(() => {
      const settled = settledOf(scope);
      const host = hostOf(settled.settings, service.namespaceName, name);
      return renderDestinationRule(host, subsetsOf(settled.routing(service).objects, id), settled.table(service));
    });
    const made = makeObject(scope, id, networking.DestinationRule, metadata, spec);
    lendFields(made, () => {
      const isLent = settledOf(scope).table(service).controller === 'argo-rollouts';
      return isLent ? subsetFields(made.toJson() as Record<string, unknown>) : [];
    });
    return made;
  };
  return { id, make };
}

// Subsets come with a later release: they are asked for when the object is written.
function subsetsOf(objects: readonly RouteObject[], id: string): readonly string[] {
  return objects.flatMap((object) => (object.kind === 'DestinationRule' && object.id === id ? object.subsets : []));
}

function tcpRouteIn(scope: Construct): ObjectClass<gateway.TcpRouteSpec> {
  return inVersionOf(gateway.TcpRoute, settledOf(scope).settings.istioVersion);
}

function gatewayApiRoute(service: PartyFacts, { kind, id, name, port }: ObjectOf<'HTTPRoute' | 'TCPRoute'>): Wanted {
  const metadata = { name, namespace: service.namespaceName };
  const table = (scope: Construct) => settledOf(scope).table(service);
  const make = (scope: Construct): ApiObject =>
    kind === 'HTTPRoute'
      ? makeRoute(scope, id, gateway.HttpRoute, metadata, service, () => renderMeshRoute(table(scope), port))
      : makeRoute(scope, id, tcpRouteIn(scope), metadata, service, () => renderTcpRoute(table(scope), port));
  return { id, make };
}

function virtualService(service: PartyFacts, { id, name }: ObjectOf<'VirtualService'>, rules: Slot): Wanted {
  const metadata = { name, namespace: service.namespaceName };
  const make = (scope: Construct): ApiObject => {
    const render = () => renderVirtualService(settledOf(scope).table(service));
    const made = makeRoute(scope, id, networking.VirtualService, metadata, service, render);
    // A subset that a route names must be known before the route is, also one that a later release brings.
    made.node.addDependency(rules);
    return made;
  };
  return { id, make };
}

function gatewayRoute(exposure: Exposure): Wanted {
  const { service, routeName } = exposure;
  const metadata = { name: routeName, namespace: service.namespaceName };
  const splitsHere = !planeOf(service.namespace).routesAtWaypoint;
  const table = (scope: Construct): RouteTable => settledOf(scope).table(service);
  const make: Wanted['make'] = (scope, id) => {
    if (exposure.protocol === 'tls')
      return makeRoute(scope, id, gateway.TlsRoute, metadata, service, () => renderGatewayTlsRoute(exposure, table(scope), splitsHere));
    if (exposure.protocol === 'tcp')
      return makeRoute(scope, id, tcpRouteIn(scope), metadata, service, () => renderGatewayTcpRoute(exposure, table(scope), splitsHere));
    return makeRoute(scope, id, gateway.HttpRoute, metadata, service, () => renderGatewayRoute(exposure, table(scope), splitsHere));
  };
  return { id: routeName, make };
}
