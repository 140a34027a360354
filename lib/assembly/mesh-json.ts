import type { Declared } from '../model/declared';
import type { GatewayCheck } from '../model/edge/gateway-check';
import type { Finding } from '../model/finding';
import type { CallModel, ExposureModel, LimitModel, ManifestObject, MeshModel, RouteModel, ServiceModel } from '../model/mesh-model';
import type { Party } from '../model/party';
import { sortedBy } from '../support/ordering';
import { openings } from './access/openings';
import { reportedCalls } from './access/reported-calls';
import { requirements } from './requirements/requirements';

/** The model as a file: parties by key, objects by identity, so that each fact stands in one place. */
export function meshJson(model: MeshModel, findings: readonly Finding[]): unknown {
  return {
    ...settingsOf(model),
    namespaces: model.namespaces.map(({ site, httpNeeds, ...namespace }) => ({
      ...namespace,
      declaredAt: site?.line,
      httpNeeds: httpNeeds.map((need) => ({ what: need.what, path: need.path, declaredAt: need.site?.line })),
    })),
    services: model.services.map(partyJson),
    others: model.others.map(partyJson),
    calls: model.calls.map(callJson),
    routes: model.routes.filter((route) => route.router !== 'none' || route.circuitBreaker).map(routeJson),
    exposures: model.exposures.map(exposureJson),
    ...listed('tenants', model.tenants ?? []),
    ...listed('limits', model.limits.map(limitJson)),
    ...listed('gatewayChecks', (model.gatewayChecks ?? []).map(checkJson)),
    access: { calls: reportedCalls(model), openings: openings(model) },
    requirements: requirements(model),
    objects: sortedBy(model.objects, ({ path }) => path).map(objectJson),
    findings,
  };
}

function settingsOf(model: MeshModel): Partial<MeshModel> {
  const { trustDomain, trustDomainAliases, clusterDomain, rootNamespace, environment, istioVersion, pathNormalization } = model;
  const { meshId, cluster, otherClusters } = model;
  const names = { trustDomain, trustDomainAliases, clusterDomain, rootNamespace };
  return { ...names, environment, istioVersion, pathNormalization, meshId, cluster, otherClusters };
}

function objectJson({ apiVersion, kind, name, namespaceName, path, made, site }: ManifestObject): unknown {
  return { apiVersion, kind, name, namespaceName, path, made, declaredAt: site?.line };
}

function partyJson(party: Party | ServiceModel): unknown {
  const { namespace, site, serviceNames, meshHosts, vainNeeds: _, said: __, ...facts } = { vainNeeds: [], ...party };
  return { ...facts, dataPlane: namespace.mode, serviceNames, meshHosts, declaredAt: site?.line };
}

function exposureJson({ gateway, service, site, routeName: _, otherPaths: __, ...exposure }: ExposureModel): unknown {
  return { ...exposure, gateway: gateway.key, service: service.key, declaredAt: site?.line };
}

function limitJson({ owner, by: _, ...limit }: LimitModel): Declared {
  return { ...limit, owner: owner.key } as Declared;
}

function checkJson({ gateway, ...check }: GatewayCheck): Declared {
  return { ...check, gateway: gateway.key } as Declared;
}

function callJson({ caller, callee, site, hops, ...call }: CallModel): unknown {
  return { ...call, caller: caller.key, callee: callee.key, declaredAt: site?.line, hops };
}

function routeJson({
  service,
  site,
  conflicts: _,
  untold: ______,
  features: __,
  unknownVersions: ___,
  lostToController: ____,
  reducedByController: _____,
  left: _______,
  faults,
  mirrors,
  ...route
}: RouteModel): unknown {
  return { ...route, service: service.key, declaredAt: site?.line, ...listed('faults', faults), ...listed('mirrors', mirrors) };
}

function listed(key: string, said: readonly Declared[]): object {
  return said.length > 0 ? { [key]: said.map(({ site, ...one }) => ({ ...one, declaredAt: site?.line })) } : {};
}
