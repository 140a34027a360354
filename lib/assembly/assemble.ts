import type { IConstruct } from 'constructs';
import { MeshGraph } from '../graph/mesh-graph';
import { settle, settledOf } from '../graph/settle';
import type { Settled } from '../graph/settled';
import type {
  CallModel,
  ExposureModel,
  FaultModel,
  MeshModel,
  NamedVersion,
  NamespaceModel,
  RouteModel,
  ServiceModel,
} from '../model/mesh-model';
import type { ControlPlaneFacts } from '../model/installation/control-plane';
import type { GatewayCheck } from '../model/edge/gateway-check';
import type { Exposure } from '../model/exposure';
import type { NamespaceFacts } from '../model/namespace-facts';
import { isOwnService, type PartyFacts } from '../model/party';
import type { RouteStatement } from '../model/route';
import { planeOf } from '../planes/plane-of';
import { featuresOf, saysSomething } from '../planes/routers/router';
import { lostAtGateway } from '../planes/routers/routing';
import { today } from '../support/dates/today';
import { sortedBy } from '../support/ordering';
import { lastSynths } from './last-synths';
import { limitModels } from './limit-models';
import type { ManifestCache } from './manifest-cache';
import { manifestObjects } from './manifest-objects';
import { unsetFlags } from './requirements/unset-flags';

/** The one model of an App: what its tree and its graph of calls say together, sorted, as plain data. */
export function assemble(scope: IConstruct, cache?: ManifestCache): MeshModel {
  const model = assembled(scope, cache);
  const { controlPlane } = MeshGraph.of(scope);
  return controlPlane ? { ...model, unsetFlags: unsetFlags(controlPlane, model) } : model;
}

function assembled(scope: IConstruct, cache?: ManifestCache): MeshModel {
  settle(scope.node.root);
  const graph = MeshGraph.of(scope);
  const settled = settledOf(scope);
  const parties = sortedBy(graph.parties.values(), (party) => party.key);
  const services = parties.filter(isOwnService);
  return {
    ...graph.settings,
    providerNames: graph.settings.providers?.map(({ name }) => name),
    ...(graph.controlPlane && installedWords(graph.controlPlane)),
    today: today(scope.node.root),
    objects: manifestObjects(scope.node.root, graph, cache),
    namespaces: sortedBy(graph.namespaces.values(), ({ name }) => name).map((facts) => namespaceModel(facts, settled)),
    services: services.map((facts) => serviceModel(facts, settled)),
    others: parties.filter((facts) => !isOwnService(facts)).map((facts) => settled.party(facts)),
    calls: sortedBy(
      graph.calls.map((said) => settled.call(said)),
      callKey,
    ),
    routes: services.map((facts) => routeModel(facts, settled, graph.routesOf(facts.key))),
    exposures: exposureModels(graph, settled),
    limits: limitModels(graph, settled),
    gatewayChecks: gatewayChecks(graph, settled),
    weakenings: sortedBy(graph.weakenings, ({ path, port }) => `${path} ${port}`),
    tenants: sortedBy(graph.tenants, ({ name }) => name),
    lostPatches: [...graph.lostPatches],
    lateNamespaces: graph.lateNamespaces(),
    lastSynths: lastSynths(scope.node.root),
  };
}

function installedWords({ discoverySelectors, dropsUnknown, revisions }: ControlPlaneFacts): Partial<MeshModel> {
  return { discoverySelectors, dropsUnknown, revisions };
}

function callKey(call: CallModel): string {
  const { caller, callee, action, ports, unknownPort, http, user, conditions, excepted, toPods, path, reason, until } = call;
  const numbers = ports.map((port) => port.number);
  return [
    caller.key,
    callee.key,
    action,
    JSON.stringify([numbers, unknownPort, http, user, toPods, path, reason, until, conditions, excepted]),
  ].join('|');
}

function exposureKey({ service, gateway, host, pathPrefix, port }: Exposure): string {
  return [service.key, gateway.key, host, pathPrefix, port].join('|');
}

function namespaceModel(facts: NamespaceFacts, settled: Settled): NamespaceModel {
  const { path, site, mtls, podSecurity, waypointPolicy, waypointHome, revision, infrastructure } = facts;
  const said = { path, site, mtls, podSecurity, waypointPolicy, waypointHome, revision, infrastructure };
  const httpNeeds = sortedBy(settled.httpNeeds(facts), (need) => `${need.path} ${need.what}`);
  const lastWave = facts.migration && settled.lastWave();
  const waves = lastWave === undefined ? {} : { lastWave };
  return { ...settled.namespace(facts), ...said, httpNeeds, ...waves };
}

function serviceModel(facts: PartyFacts, settled: Settled): ServiceModel {
  return { ...settled.party(facts), versions: settled.table(facts).versions, vainNeeds: settled.vainNeeds(facts) };
}

function routeModel(facts: PartyFacts, settled: Settled, said: readonly RouteStatement[]): RouteModel {
  const table = settled.table(facts);
  const { router, lacks, lostToController, reducedByController, left } = settled.routing(facts);
  const service = settled.party(facts);
  const sorted = sortedBy(said, ({ path }) => path);
  return {
    ...table,
    service,
    router: saysSomething(table) ? router : 'none',
    features: featuresOf(table).map(({ title }) => title),
    lacks,
    lostToController,
    reducedByController,
    left,
    atWaypoint: planeOf(service.namespace).hasWaypoints,
    faults: sorted.flatMap(faultModel),
    mirrors: sorted.flatMap(({ mirror, path, site }) => (mirror ? [{ mirror, path, site }] : [])),
    unknownVersions: sorted.flatMap((one) => unknownVersions(one, table.versions)),
  };
}

function unknownVersions({ shares = [], mirror, path, site }: RouteStatement, versions: readonly string[]): NamedVersion[] {
  const named = [...shares.map(({ version }) => version), ...(mirror?.version === undefined ? [] : [mirror.version])];
  return named.filter((version) => !versions.includes(version)).map((version) => ({ version, path, site }));
}

function faultModel({ fault, inProduction, path, site }: RouteStatement): FaultModel[] {
  return fault ? [{ fault, inProduction, path, site }] : [];
}

function gatewayChecks(graph: MeshGraph, settled: Settled): GatewayCheck[] {
  const checks = graph.gatewayChecks.map((check) => ({ ...check, gateway: settled.party(check.gateway) }));
  const keyOf = ({ gateway, action, provider, hosts, http }: GatewayCheck): string =>
    JSON.stringify([gateway.key, action, provider, hosts, http]);
  return sortedBy(checks, keyOf);
}

function exposureModels(graph: MeshGraph, settled: Settled): ExposureModel[] {
  const exposures = graph.exposures.map((said) => settled.exposure(said));
  return sortedBy(exposures, exposureKey).map((one) => exposureModel(one, settled));
}

function exposureModel(exposure: Exposure, settled: Settled): ExposureModel {
  const { service, protocol, redirect } = exposure;
  const isRead = isOwnService(service) && protocol === 'http' && !redirect;
  return { ...exposure, lost: isRead ? lostAtGateway(settled.table(service), service.namespace, exposure) : [] };
}
