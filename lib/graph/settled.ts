import type { CallStatement } from '../model/call';
import type { Exposure, ExposureStatement } from '../model/exposure';
import type { CallModel } from '../model/mesh-model';
import type { HttpNeed, NamespaceFacts, NamespaceState, WaypointFacts } from '../model/namespace-facts';
import type { ForeignFacts, Party, PartyFacts } from '../model/party';
import type { RouteTable } from '../model/route';
import { hopsOf } from '../planes/plane-of';
import { type Routing, routingOf } from '../planes/routers/routing';
import { groupedBy } from '../support/grouping';
import { foldRoutes } from './fold-routes';
import { httpNeeds } from './http-needs';
import type { MeshGraph } from './mesh-graph';
import { hostOf, type MeshSettings } from './mesh-settings';
import { remembered } from './remembered';

/**
 * What follows from all that one App has said by now: waypoints, the names a service is known by, tables, hops. Plain data, each computed
 * when somebody asks for it, and once.
 */
export class Settled {
  /** The table of an owned service. */
  readonly table = remembered(keyOf, (service: PartyFacts): RouteTable => foldRoutes(service, this.graph.routesOf(service.key)));

  /** How that table is rendered. */
  readonly routing = remembered(keyOf, (service: PartyFacts): Routing => {
    const isExposed = this.graph.exposuresOf(service.key).length > 0;
    return routingOf(this.table(service), this.stateOf(service).mode, isExposed);
  });

  readonly party = remembered(keyOf, (facts: PartyFacts | ForeignFacts): Party => {
    return partyFrom(facts, this.stateOf(facts), this.namesOf(facts));
  });

  readonly call = remembered(itself, (said: CallStatement): CallModel => {
    const call = { ...said, caller: this.party(said.caller), callee: this.party(said.callee), hops: [] };
    return Object.assign(call, { hops: hopsOf(call) });
  });

  readonly httpNeeds = remembered(itself, ({ name }: NamespaceFacts): readonly HttpNeed[] => {
    const services = this.graph.partiesIn(name).filter(isOwnService);
    const said = httpNeeds(
      this.graph.callsInto(name),
      services.map((service) => this.table(service)),
    );
    return [...said, ...this.graph.needsIn(name)];
  });

  readonly waypoint = remembered(itself, (facts: NamespaceFacts): WaypointFacts | undefined => {
    const { waypointPolicy, possibleWaypoint } = facts;
    const isThere = waypointPolicy === 'always' || (waypointPolicy === 'when-needed' && this.httpNeeds(facts).length > 0);
    return isThere ? possibleWaypoint : undefined;
  });

  readonly namespace = remembered(itself, (facts: NamespaceFacts): NamespaceState => {
    const { name, mode, zeroTrust, owned, enrolled } = facts;
    return Object.freeze({ name, mode, waypoint: this.waypoint(facts), zeroTrust, owned, enrolled });
  });

  private readonly exposuresByGateway = remembered(itself, (graph: MeshGraph) =>
    groupedBy(graph.exposures, ({ gateway, host }) => hostKey(gateway, host)),
  );

  constructor(private readonly graph: MeshGraph) {}

  get settings(): MeshSettings {
    return this.graph.settings;
  }

  callsTo({ key }: PartyFacts): CallModel[] {
    return this.graph.callsTo(key).map((call) => this.call(call));
  }

  callsFrom({ key }: PartyFacts): CallModel[] {
    return this.graph.callsFrom(key).map((call) => this.call(call));
  }

  callsInto(namespaceName: string): CallModel[] {
    return this.graph.callsInto(namespaceName).map((call) => this.call(call));
  }

  exposuresOf({ key }: PartyFacts): Exposure[] {
    return this.graph.exposuresOf(key).map((said) => this.exposure(said));
  }

  exposure(said: ExposureStatement): Exposure {
    const { gateway, service, host } = said;
    const beside = this.exposuresByGateway(this.graph).get(hostKey(gateway, host)) ?? [];
    const otherPaths = beside.filter((other) => other.service.key !== service.key).map(({ pathPrefix }) => pathPrefix);
    return { ...said, gateway: this.party(gateway), service: this.party(service), otherPaths };
  }

  private stateOf(facts: PartyFacts | ForeignFacts): NamespaceState {
    const declared = this.graph.namespaces.get(facts.namespaceName);
    if ('namespace' in facts && !(facts.isGuess && declared)) return facts.namespace;
    return this.namespace(declared!);
  }

  private namesOf(facts: PartyFacts): Pick<Party, 'serviceNames' | 'meshHosts'> {
    if (!isOwnService(facts)) return {};
    const { versionServices, calledServices } = this.routing(facts);
    const hosts = calledServices.map((name) => hostOf(this.settings, facts.namespaceName, name));
    return { serviceNames: [facts.name, ...versionServices], meshHosts: [facts.host!, ...hosts] };
  }
}

// Written out, for objects that are copied key by key are slow to read, and rules read parties often.
function partyFrom(facts: PartyFacts, namespace: NamespaceState, names: Pick<Party, 'serviceNames' | 'meshHosts'>): Party {
  const { kind, key, path, site, name, namespaceName, owned, ports, host, principal, serviceAccountName, podLabels, probePorts } = facts;
  const { serviceNames, meshHosts } = names;
  return {
    kind,
    key,
    path,
    site,
    name,
    namespaceName,
    namespace,
    owned,
    ports,
    host,
    principal,
    serviceAccountName,
    podLabels,
    probePorts,
    serviceNames,
    meshHosts,
  };
}

const hostKey = (gateway: PartyFacts, host: string): string => `${gateway.key} ${host.toLowerCase()}`;

const keyOf = ({ key }: PartyFacts): string => key;

const itself = (thing: object): object => thing;

/** A service whose objects this program makes: it has a table of its own. */
export function isOwnService({ kind, owned }: PartyFacts): boolean {
  return kind === 'service' && owned;
}
