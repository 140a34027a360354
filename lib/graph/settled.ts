import { type Beside, type CallerPods, type NeedBeside, NOTHING_BESIDE, type OtherService } from '../model/beside/beside';
import type { CallStatement } from '../model/call';
import type { Exposure, ExposureStatement } from '../model/exposure';
import type { CallModel } from '../model/mesh-model';
import type { HttpNeed, NamespaceFacts, NamespaceState, WaypointFacts } from '../model/namespace-facts';
import { type ForeignFacts, hasOwnPods, isOwnService, type Party, type PartyFacts } from '../model/party';
import type { RouteTable } from '../model/route';
import { guardedServices, headlessAmong, type StandingService } from '../planes/ambient/guarded-services';
import { needsOfNamespace, withOwnWaypoint } from '../planes/own-waypoints';
import { guestsByHome, waypointToShare } from '../planes/ambient/shared-waypoints';
import { stateInWave, wavesIn } from '../planes/migrating/waves';
import { namesOutside } from '../planes/outside/names-outside';
import { partyFrom, type ServiceNames } from '../planes/party-from';
import { hopsUnder, planeOf } from '../planes/plane-of';
import { type Routing, routingOf } from '../planes/routers/routing';
import { pathRulesOf } from '../planes/shaping/path-rules';
import { addTo, groupedBy } from '../support/grouping';
import { foldRoutes } from './fold-routes';
import { httpNeeds, needOfParty, needsOfTelemetry } from './http-needs';
import type { MeshGraph } from './mesh-graph';
import { hostOf, type MeshSettings } from './mesh-settings';
import { remembered } from './remembered';

/**
 * What follows from all that one App has said by now: waypoints, the names a service is known by, tables, hops. Plain data, each computed
 * when somebody asks for it, and once.
 */
export class Settled {
  /** The table of an owned service. */
  readonly table = remembered(keyOf, (service: PartyFacts): RouteTable => {
    const table = foldRoutes(service, this.graph.routesOf(service.key));
    return { ...table, gatewayApi: this.settings.gatewayApi };
  });

  /** How that table is rendered. */
  readonly routing = remembered(keyOf, (service: PartyFacts): Routing => {
    const isExposed = this.graph.exposuresOf(service.key).some(({ istioGateway, redirect }) => !istioGateway && !redirect);
    return routingOf(this.table(service), this.stateOf(service), isExposed);
  });

  readonly party = remembered(keyOf, (facts: PartyFacts | ForeignFacts): Party => {
    const namespace = this.stateOf(facts);
    const names = isOwnService(facts) ? this.namesOf(facts, namespace) : namesOutside(facts, namespace);
    return partyFrom(facts, namespace, names, this.waves(this.graph).get(facts.key));
  });

  readonly call = remembered(itself, (said: CallStatement): CallModel => {
    const call = { ...said, caller: this.party(said.caller), callee: this.party(said.callee), hops: [] };
    return Object.assign(call, { hops: hopsUnder(this.settings, call) });
  });

  /** What in a namespace only a waypoint can do, and can: nothing stands before a Service without an address. */
  readonly httpNeeds = remembered(itself, ({ name }: NamespaceFacts): readonly HttpNeed[] => {
    const parties = this.graph.partiesIn(name);
    const said = parties
      .filter(({ ownWaypoint }) => !ownWaypoint)
      .flatMap((party) => this.needsOf(party).filter((need) => !this.vainNeeds(party).includes(need)));
    const seen = needsOfTelemetry(this.graph, name, { kind: 'namespace', key: name }, { kind: 'waypoint', key: name });
    return [...said, ...seen, ...needsOfNamespace(this.needsByNamespace(this.beside).get(name) ?? [], parties)];
  });

  /** What is said of a service that only a waypoint can do, and none does, for the service has no address. */
  readonly vainNeeds = remembered(keyOf, (service: PartyFacts): readonly HttpNeed[] => {
    const namespace = this.graph.namespaces.get(service.namespaceName);
    if (!isOwnService(service) || !namespace || !planeOf(namespace).hasWaypoints || this.hasAddress(service, service.name)) return [];
    const isReached = this.othersOver(service).some(({ hasAddress, waypoint }) => hasAddress && waypoint !== 'none');
    const routes = httpNeeds([], [this.table(service)]).map(({ what }) => what);
    return this.needsOf(service).filter(({ what }) => !isReached || routes.includes(what));
  });

  readonly waypoint = remembered(itself, (facts: NamespaceFacts): WaypointFacts | undefined => {
    const { waypointPolicy, possibleWaypoint, waypointHome } = facts;
    if (waypointHome !== undefined) return waypointToShare(this.graph.namespaces, waypointHome);
    if (waypointPolicy !== 'never' && this.guestsOf(facts).length > 0) return possibleWaypoint;
    const isThere = waypointPolicy === 'always' || (waypointPolicy === 'when-needed' && this.httpNeeds(facts).length > 0);
    return isThere ? possibleWaypoint : undefined;
  });

  readonly namespace = remembered(itself, (facts: NamespaceFacts): NamespaceState => {
    const { name, mode, migration, zeroTrust, stage, networkLayer, owned, enrolled } = facts;
    const closing = { zeroTrust, stage, networkLayer, ...((facts.closedByMesh ?? this.settings.defaultDeny) && { closedByMesh: true }) };
    return Object.freeze({ name, mode, migration, waypoint: this.waypoint(facts), ...closing, owned, enrolled });
  });

  /** Whether pods stand in a namespace that no construct made and the strictest level of pod security refuses. */
  readonly isUnrestricted = (namespaceName: string): boolean => this.beside.unrestricted.includes(namespaceName);

  private readonly needsOf = remembered(keyOf, (party: PartyFacts): readonly HttpNeed[] => [
    ...needOfParty(party, this.graph.observersOf(party.key)),
    ...needsOfTelemetry(this.graph, party.name, { kind: 'service', key: party.key }),
    ...httpNeeds(this.graph.callsTo(party.key), isOwnService(party) ? [this.table(party)] : []),
  ]);

  private readonly needsByNamespace = remembered(itself, ({ needs }: Beside): ReadonlyMap<string, readonly NeedBeside[]> =>
    groupedBy(needs, ({ namespaceName }) => namespaceName),
  );

  private readonly othersByService = remembered(itself, ({ services }: Beside): ReadonlyMap<string, OtherService[]> => {
    const groups = new Map<string, OtherService[]>();
    for (const other of services) for (const name of other.over) addTo(groups, `${other.namespaceName}/${name}`, other);
    return groups;
  });

  private readonly exposuresByGateway = remembered(itself, (graph: MeshGraph) =>
    groupedBy(graph.exposures, ({ gateway, host }) => hostKey(gateway, host)),
  );

  private readonly waves = remembered(itself, (graph: MeshGraph) =>
    wavesIn(graph, hasOwnPods, (party) => isOwnService(party) && this.headlessOver(party) !== undefined),
  );
  private readonly guests = remembered(itself, ({ namespaces }: MeshGraph) => guestsByHome(namespaces));

  constructor(
    private readonly graph: MeshGraph,
    private readonly beside: Beside = NOTHING_BESIDE,
  ) {}

  get settings(): MeshSettings {
    return this.graph.settings;
  }

  callsTo({ key }: PartyFacts): CallModel[] {
    return this.graph.callsTo(key).map((call) => this.call(call));
  }

  callsFrom({ key }: Pick<PartyFacts, 'key'>): CallModel[] {
    return this.graph.callsFrom(key).map((call) => this.call(call));
  }

  callsInto(namespaceName: string): CallModel[] {
    return this.graph.callsInto(namespaceName).map((call) => this.call(call));
  }

  /** Calls to whoever may be behind the waypoint of a namespace. */
  callsThrough(home: NamespaceFacts): CallModel[] {
    return [home.name, ...this.guestsOf(home)].flatMap((name) => this.callsInto(name));
  }

  /** What only the waypoint of a namespace can do, for it and for those that share it. */
  needsThrough(home: NamespaceFacts): HttpNeed[] {
    return [home.name, ...this.guestsOf(home)].flatMap((name) => this.httpNeeds(this.graph.namespaces.get(name)!));
  }

  /** Namespaces that share the waypoint of another one. */
  guestsOf({ name }: NamespaceFacts): readonly string[] {
    return this.guests(this.graph).get(name) ?? [];
  }

  /** What the program knows of a namespace; nothing of one that it does not name. */
  namespaceNamed(name: string): NamespaceState | undefined {
    const facts = this.graph.namespaces.get(name);
    return facts && this.namespace(facts);
  }

  exposuresOf({ key }: PartyFacts): Exposure[] {
    return this.graph.exposuresOf(key).map((said) => this.exposure(said));
  }

  exposure(said: ExposureStatement): Exposure {
    const { gateway, service, host } = said;
    const beside = this.exposuresByGateway(this.graph).get(hostKey(gateway, host)) ?? [];
    const apart = beside.filter((other) => other !== said && (other.service.key !== service.key || other.redirect));
    const others = apart.filter(({ matches, pathPattern }) => !matches && !pathPattern);
    const otherPaths = others.map(({ pathPrefix }) => pathPrefix);
    return { ...said, gateway: this.party(gateway), service: this.party(service), otherPaths };
  }

  /** A route beside the constructs sends to one of its Services what comes in through a gateway, whosever that is. */
  isEntered({ namespaceName }: PartyFacts, serviceName: string): boolean {
    return this.beside.entered.includes(hostOf(this.settings, namespaceName, serviceName));
  }

  /** Pods in a namespace that no construct made, of callers who may call somebody. */
  callersIn(namespaceName: string): CallerPods[] {
    return this.beside.callers.filter((pods) => pods.namespaceName === namespaceName && this.callsOfPods(pods).length > 0);
  }

  /** Calls of the account that these pods run under. */
  callsOfPods({ namespaceName, serviceAccountName }: CallerPods): CallModel[] {
    const parties = this.graph.partiesIn(namespaceName).filter((party) => party.serviceAccountName === serviceAccountName);
    const calls = parties.filter(({ kind, cluster }) => kind === 'identity' && !cluster).flatMap((party) => this.callsFrom(party));
    return calls.filter(({ action }) => action === 'ALLOW');
  }

  /** The namespace of a party; while it moves, with the plane of the party's own pods. */
  stateOf(facts: PartyFacts | ForeignFacts): NamespaceState {
    const declared = this.graph.namespaces.get(facts.namespaceName);
    if ('namespace' in facts && !(facts.isGuess && declared)) return this.guessOf(facts);
    return withOwnWaypoint(facts, stateInWave(this.namespace(declared!), this.waves(this.graph).get(facts.key)));
  }

  /** How many waves there are; 0 where nothing moves. */
  readonly lastWave = (): number => Math.max(0, ...this.waves(this.graph).values());

  // The pods of a caller tell more than its name, where the program has them.
  private guessOf(facts: ForeignFacts): NamespaceState {
    const { namespace, isGuess, namespaceName, serviceAccountName } = facts;
    if (!isGuess) return namespace;
    const pods = this.beside.callers.filter((one) => one.namespaceName === namespaceName && one.serviceAccountName === serviceAccountName);
    const [mode, ...others] = new Set(pods.flatMap((one) => one.mode ?? []));
    return mode && others.length === 0 ? { ...namespace, mode } : namespace;
  }

  private namesOf(facts: PartyFacts, namespace: NamespaceState): ServiceNames {
    const { versionServices, calledServices } = this.routing(facts);
    const others = this.othersOver(facts).map(({ name }) => name);
    const called = [...calledServices, ...others].map((name) => hostOf(this.settings, facts.namespaceName, name));
    return {
      headless: this.headlessOver(facts),
      serviceNames: [facts.name, ...versionServices, ...others],
      meshHosts: [facts.host!, ...called],
      pathRules: pathRulesOf(this.table(facts)),
      ...(namespace.waypoint && guardedServices(namespace.waypoint, this.standing(facts, versionServices), Boolean(facts.ownWaypoint))),
    };
  }

  private standing(facts: PartyFacts, versionServices: readonly string[]): StandingService[] {
    const own = [facts.name, ...versionServices].map((name) => ({ name, hasAddress: this.hasAddress(facts, name), isOurs: true }));
    const waypoint = this.wantsWaypoint(facts) ? undefined : 'none';
    return [...own.map((service) => ({ ...service, waypoint })), ...this.othersOver(facts).map((other) => ({ ...other, isOurs: false }))];
  }

  /** Bytes pass a waypoint only where somebody asks it for more, or asked for it from the start. */
  private wantsWaypoint(facts: PartyFacts): boolean {
    if (facts.ownWaypoint) return true;
    const { owned, waypointPolicy } = this.graph.namespaces.get(facts.namespaceName)!;
    const beside = this.needsByNamespace(this.beside).get(facts.namespaceName) ?? [];
    const isNeeded = this.needsOf(facts).length > 0 || beside.some(({ about }) => about.includes(facts.name));
    return (owned && waypointPolicy === 'always') || isNeeded || facts.ports.some(({ readsHttp }) => readsHttp);
  }

  private othersOver({ namespaceName, name, peersName }: PartyFacts): readonly OtherService[] {
    const peers = peersName === undefined ? [] : [{ namespaceName, name: peersName, over: [name], hasAddress: false }];
    return [...peers, ...(this.othersByService(this.beside).get(`${namespaceName}/${name}`) ?? [])];
  }

  private headlessOver(facts: PartyFacts): Party['headless'] {
    return headlessAmong([{ hasAddress: this.hasAddress(facts, facts.name) }, ...this.othersOver(facts)]);
  }

  private hasAddress({ namespaceName }: PartyFacts, name: string): boolean {
    return !this.beside.headless.includes(`${namespaceName}/${name}`);
  }
}

// A gateway of another program may have been named twice.
const hostKey = ({ namespaceName, name }: PartyFacts, host: string): string => `${namespaceName}/${name} ${host.toLowerCase()}`;
const keyOf = ({ key }: PartyFacts): string => key;
const itself = (thing: object): object => thing;
