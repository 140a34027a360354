import { type CallStatement, isForEnvoy } from '../model/call';
import type { Declared } from '../model/declared';
import type { HttpNeed } from '../model/namespace-facts';
import type { TelemetryTarget } from '../model/observability/telemetry';
import type { PartyFacts } from '../model/party';
import type { RouteTable } from '../model/route';
import { originatesTls } from '../planes/outside/external-protocols';
import type { MeshGraph } from './mesh-graph';
import { featuresOf, saysSomething } from '../planes/routers/router';

/** What asks for a waypoint by being there: an egress gateway, which is one in ambient mode, whoever wants to know its callers, and whose requests are counted. */
export function needOfParty({ kind, name, forwardsIdentity, path, site }: PartyFacts, observers: readonly Declared[] = []): HttpNeed[] {
  return [
    ...(kind === 'egress' ? [{ what: `the egress gateway ${name}`, path, site }] : []),
    ...(forwardsIdentity ? [{ what: `the identity of callers for ${name}`, tellsCaller: true, path, site }] : []),
    ...observers.map((observer) => ({ ...observer, what: `the count of requests to ${name}` })),
  ];
}

/** What of requests is traced, logged and counted: ztunnel sees none. */
export function needsOfTelemetry(graph: MeshGraph, name: string, ...targets: readonly TelemetryTarget[]): HttpNeed[] {
  const said = targets.flatMap((target) => graph.telemetryOf(target));
  return said.map(({ path, site }) => ({ what: `the telemetry of ${name}`, path, site }));
}

/** What of some calls and tables only a proxy that reads HTTP can do, each once. */
export function httpNeeds(calls: readonly CallStatement[], tables: readonly RouteTable[]): HttpNeed[] {
  const needs = [...calls.flatMap(needOfCall), ...tables.flatMap(needsOfTable)];
  return [...new Map(needs.map((need) => [`${need.path}: ${need.what}`, need])).values()];
}

function needOfCall(call: CallStatement): HttpNeed[] {
  const { caller, callee, http, user, httpIsOptional, ports, path, site } = call;
  if (callee.kind === 'external' && ports.some(originatesTls)) return [{ what: `the TLS with ${callee.name} for its callers`, path, site }];
  if (!http && isForEnvoy(call)) return [{ what: wordOf(call), path, site }];
  const by = user ? 'token' : 'method or path';
  return http && !httpIsOptional ? [{ what: `requests by ${by} from ${caller.name} to ${callee.name}`, path, site }] : [];
}

function wordOf({ action, provider, callee }: CallStatement): string {
  if (action === 'DRY_RUN') return `the dry run of a refusal at ${callee.name}`;
  return action === 'AUDIT' ? `the audit of ${callee.name}` : `questions to ${provider} about ${callee.name}`;
}

function needsOfTable(table: RouteTable): HttpNeed[] {
  const { service, path, site } = table;
  const features = featuresOf(table).filter(({ needsHttp }) => needsHttp);
  const isRoute = table.rules.length > 0 || table.controller !== undefined || features.some(({ inRoute }) => inRoute);
  const ofHosts = features.filter(({ inRoute }) => !inRoute).map(({ title }) => title);
  return [...(isRoute && saysSomething(table) ? ['route'] : []), ...ofHosts].map((what) => ({
    what: `the ${what} of ${service.name}`,
    path,
    site,
  }));
}
