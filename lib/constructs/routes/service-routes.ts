import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as networking from '../../../imports/networking.istio.io';
import { hostOf } from '../../graph/mesh-settings';
import type { MeshRegistry } from '../../graph/mesh-registry';
import type { Party } from '../../model/party';
import type { CircuitBreakerFacts, Exposure, Retries, RouteRule, RouteTable } from '../../model/route';
import { planeOf } from '../../planes/plane-of';
import { needsVersionServices, routerOf, saysSomething } from '../../planes/routers/router';
import { renderDestinationRule } from '../../render/routes/destination-rule';
import { renderGatewayRoute } from '../../render/routes/gateway-route';
import { renderMeshRoute } from '../../render/routes/http-route';
import { renderVirtualService } from '../../render/routes/virtual-service';
import { weightFields } from '../../render/routes/weight-fields';
import { makeObject, type ObjectClass } from '../tree/make-object';
import { lendFields } from '../tree/foreign-fields';
import { lazy } from '../tree/lazy';
import { Slot } from '../tree/slot';
import { makeService } from '../workload/make-service';

export interface RouteDefaults {
  readonly version: string;
  readonly timeoutMs?: number;
  readonly retries?: Retries;
  readonly circuitBreaker?: CircuitBreakerFacts;
  readonly routing?: 'istio' | 'gateway-api';
}

/** How requests to several versions are told apart. */
export interface Split {
  readonly versions: readonly string[];
  readonly rules: readonly RouteRule[];
  /** Whoever else moves the weights of the rules. */
  readonly weightsOwnedBy?: string;
}

const GATEWAY_ROUTES = 'GatewayRoutes';

/** The one route table of a service and the objects that render it; whatever shapes its traffic adds here. */
export class ServiceRoutes {
  private readonly versionServices: Slot;
  private readonly destinationRules: Slot;
  private readonly routes: Slot;
  private split?: Split;
  private current?: RouteTable;
  private exposed = false;

  constructor(
    private readonly scope: Construct,
    private readonly party: Party,
    private readonly registry: MeshRegistry,
    private readonly defaults: RouteDefaults,
  ) {
    this.versionServices = new Slot(scope, 'VersionServices');
    this.destinationRules = new Slot(scope, 'DestinationRules');
    this.routes = new Slot(scope, 'Routes');
    registry.tables.set(party.key, () => this.table());
  }

  get isSplit(): boolean {
    return this.split !== undefined;
  }

  /** Names of the Services that single out one version each. */
  get versionServiceNames(): string[] {
    const { versions } = this.table();
    return this.needsVersionServices() ? versions.map((version) => `${this.party.name}-${version}`) : [];
  }

  /** Hosts that routes in the mesh send callers to. */
  get meshHosts(): string[] {
    const table = this.table();
    const names = table.rules.length > 0 && routerOf(table, this.party.home).versionsAreServices ? this.versionServiceNames : [];
    return [this.party.host!, ...names.map((name) => hostOf(this.registry.settings, this.party.namespaceName, name))];
  }

  hasGatewayRoute(name: string): boolean {
    return this.scope.node.tryFindChild(GATEWAY_ROUTES)?.node.tryFindChild(name) !== undefined;
  }

  addSplit(split: Split): void {
    this.split = split;
    this.current = undefined;
    this.arrange();
  }

  expose(exposure: Exposure, name: string): void {
    this.exposed = true;
    this.arrange();
    // Nothing of the service comes behind it, so that it needs no place before its time.
    const place = (this.scope.node.tryFindChild(GATEWAY_ROUTES) as Slot | undefined) ?? new Slot(this.scope, GATEWAY_ROUTES);
    place.fill((scope, id) => {
      const splitsHere = !planeOf(this.party.home).routesAtWaypoint;
      const metadata = { name, namespace: this.party.namespaceName };
      return this.emitRoute(scope, id, gateway.HttpRoute, metadata, () => renderGatewayRoute(exposure, this.table(), splitsHere));
    }, name);
    place.sortLast(name);
  }

  table(): RouteTable {
    if (this.current) return this.current;
    const { party, defaults, split } = this;
    const { path, site } = party;
    const { versions = [defaults.version], rules = [], weightsOwnedBy } = split ?? {};
    this.current = { ...defaults, service: party, versions, rules, weightsOwnedBy, path, site };
    return this.current;
  }

  /** Makes what the table needs by now, in the order in which it must be applied: versions, what is said of hosts, routes. */
  arrange(): void {
    const table = this.table();
    const router = routerOf(table, this.party.home);
    this.noteNeeds(table);
    if (this.needsVersionServices()) table.versions.forEach((version) => this.makeVersionService(version));
    if (table.circuitBreaker || this.subsets().length > 0) this.makeDestinationRules();
    if (!saysSomething(table)) return;
    if (router.versionsAreServices) this.makeHttpRoutes();
    else this.makeVirtualService();
  }

  private noteNeeds(table: RouteTable): void {
    const { path, site } = this.party;
    const home = this.registry.homes.get(this.party.home.name);
    if (saysSomething(table)) home?.addNeed({ what: `the route of ${this.party.name}`, path, site });
    if (table.circuitBreaker) home?.addNeed({ what: `the circuit breaker of ${this.party.name}`, path, site });
  }

  private needsVersionServices(): boolean {
    return needsVersionServices(this.table(), this.party.home, this.exposed);
  }

  private makeVersionService(version: string): void {
    const { party } = this;
    const name = `${party.name}-${version}`;
    this.versionServices.fill(
      (scope, id) => ApiObject.of(makeService(scope, id, party, { name, selector: { app: party.name, version } })),
      version,
    );
  }

  private makeDestinationRules(): void {
    const { circuitBreaker } = this.defaults;
    // A rule for the service's host says nothing of the hosts of its versions.
    const versions = circuitBreaker ? this.versionServiceNames : [];
    [this.party.name, ...versions].forEach((name) => this.makeDestinationRule(name));
  }

  private makeDestinationRule(name: string): void {
    const namespace = this.party.namespaceName;
    const host = hostOf(this.registry.settings, namespace, name);
    const isMain = name === this.party.name;
    this.destinationRules.fill(
      (scope, id) =>
        makeObject(
          scope,
          id,
          networking.DestinationRule,
          { name, namespace },
          // Subsets come with a later release: what is rendered is asked for late.
          lazy(() => renderDestinationRule(host, isMain ? this.subsets() : [], this.defaults.circuitBreaker)),
        ),
      // One id for all services: a new key in each table of children would slow all objects down, from some thousands on.
      isMain ? 'Resource' : name,
    );
  }

  private subsets(): readonly string[] {
    const table = this.table();
    return table.rules.length > 0 && !routerOf(table, this.party.home).versionsAreServices ? table.versions : [];
  }

  private makeVirtualService(): void {
    const metadata = { name: this.party.name, namespace: this.party.namespaceName };
    this.routes.fill((scope, id) =>
      this.emitRoute(scope, id, networking.VirtualService, metadata, () => renderVirtualService(this.table())),
    );
    // A subset that a route names must be known before the route is.
    this.routes.node.children[0].node.addDependency(...this.destinationRules.node.children);
  }

  private makeHttpRoutes(): void {
    const { name, namespaceName: namespace } = this.party;
    const ports = this.party.ports.filter((port) => port.readsHttp);
    for (const port of ports) {
      const metadata = { name: ports.length > 1 ? `${name}-${port.name}` : name, namespace };
      this.routes.fill(
        (scope, id) => this.emitRoute(scope, id, gateway.HttpRoute, metadata, () => renderMeshRoute(this.table(), port)),
        port.name,
      );
    }
  }

  private emitRoute<Spec>(
    scope: Construct,
    id: string,
    kind: ObjectClass<Spec>,
    metadata: ApiObjectMetadata,
    render: () => Spec,
  ): ApiObject {
    const object = makeObject(scope, id, kind, metadata, lazy(render));
    lendFields(object, () => (this.table().weightsOwnedBy === undefined ? [] : weightFields(object.toJson() as Record<string, unknown>)));
    return object;
  }
}
