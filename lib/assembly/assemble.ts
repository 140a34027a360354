import type { IConstruct } from 'constructs';
import type { HomeState } from '../graph/namespace-state';
import { MeshRegistry } from '../graph/mesh-registry';
import type { Call } from '../model/call';
import type { Party } from '../model/party';
import type { ExposureModel, MeshModel, NamespaceModel, RouteModel, ServiceModel } from '../model/mesh-model';
import type { Exposure, RouteTable } from '../model/route';
import { hopsOf, planeOf } from '../planes/plane-of';
import { lostAtGateway, routerOf, saysSomething } from '../planes/routers/router';
import { sortedBy } from '../support/ordering';
import type { ManifestCache } from './manifest-cache';
import { manifestObjects } from './manifest-objects';

/** The one model of an App: what its tree and its graph of calls say together, sorted, as plain data. */
export function assemble(scope: IConstruct, cache?: ManifestCache): MeshModel {
  const registry = MeshRegistry.of(scope);
  const parties = sortedBy(registry.parties.values(), (party) => party.key);
  const isService = (party: Party): boolean => party.kind === 'service' && party.owned;
  const { trustDomain, clusterDomain, rootNamespace } = registry.settings;
  return {
    trustDomain,
    clusterDomain,
    rootNamespace,
    objects: manifestObjects(scope.node.root, registry, cache),
    namespaces: sortedBy(registry.homes.values(), (home) => home.name).map(namespaceModel),
    services: parties.filter(isService).map((party) => serviceModel(party, registry.tables.get(party.key)!())),
    others: parties.filter((party) => !isService(party)),
    calls: sortedBy(registry.calls, callKey).map((call) => ({ ...call, hops: hopsOf(call) })),
    routes: sortedBy(registry.tables, ([key]) => key).map(([, table]) => routeModel(table())),
    exposures: sortedBy(registry.exposures, exposureKey).map((exposure) =>
      exposureModel(exposure, registry.tables.get(exposure.service.key)!()),
    ),
  };
}

function callKey({ caller, callee, action, ports, unknownPort, http, path, reason }: Call): string {
  const numbers = ports.map((port) => port.number);
  return [caller.key, callee.key, action, JSON.stringify([numbers, unknownPort, http, path, reason])].join('|');
}

function exposureKey({ service, gateway, host, pathPrefix, port }: Exposure): string {
  return [service.key, gateway.key, host, pathPrefix, port].join('|');
}

function namespaceModel(home: HomeState): NamespaceModel {
  const { name, path, site, mode, waypoint, zeroTrust, owned, enrolled, mtls, waypointPolicy } = home;
  const httpNeeds = sortedBy(home.httpNeeds, (need) => `${need.path} ${need.what}`);
  return { name, path, site, mode, waypoint, zeroTrust, owned, enrolled, mtls, waypointPolicy, httpNeeds };
}

function serviceModel(party: Party, table: RouteTable): ServiceModel {
  return { ...party, versions: table.versions };
}

function routeModel(table: RouteTable): RouteModel {
  const { home } = table.service;
  const router = routerOf(table, home);
  return {
    ...table,
    router: saysSomething(table) ? router.name : 'none',
    lacks: router.lacks(table),
    atWaypoint: planeOf(home).routesAtWaypoint,
  };
}

function exposureModel(exposure: Exposure, table: RouteTable): ExposureModel {
  return { ...exposure, lost: lostAtGateway(table, exposure.service.home) };
}
