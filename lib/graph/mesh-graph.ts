import type { IConstruct } from 'constructs';
import { type Beside, NOTHING_BESIDE } from '../model/beside/beside';
import type { CallStatement } from '../model/call';
import type { Declared } from '../model/declared';
import type { GatewayCheckStatement } from '../model/edge/gateway-check';
import type { ExposureStatement } from '../model/exposure';
import type { ControlPlaneFacts } from '../model/installation/control-plane';
import type { LimitStatement } from '../model/limits/limits';
import type { LateNamespace, LostPatch } from '../model/mesh-model';
import type { MtlsFacts, Weakening } from '../model/mtls/weakening';
import type { MtlsMode, NamespaceFacts } from '../model/namespace-facts';
import type { TelemetryStatement, TelemetryTarget } from '../model/observability/telemetry';
import type { PartyFacts } from '../model/party';
import type { RouteStatement } from '../model/route';
import type { TenantFacts } from '../model/tenants/tenant';
import { addTo } from '../support/grouping';
import { DEFAULT_SETTINGS, isOther, type MeshSettings, namesIn } from './mesh-settings';

const GRAPH = Symbol.for('istio-constructs.MeshGraph');

/** Everything that one App says beside its tree, as it was said. What follows from it is computed elsewhere. One for each root. */
export class MeshGraph {
  static of(scope: IConstruct): MeshGraph {
    const root = scope.node.root as IConstruct & { [GRAPH]?: MeshGraph };
    if (!root[GRAPH]) Object.defineProperty(root, GRAPH, { value: new MeshGraph() });
    return root[GRAPH]!;
  }

  readonly namespaces = new Map<string, NamespaceFacts>();
  readonly parties = new Map<string, PartyFacts>();
  readonly calls: CallStatement[] = [];
  readonly exposures: ExposureStatement[] = [];
  readonly limits: LimitStatement[] = [];
  readonly gatewayChecks: GatewayCheckStatement[] = [];
  readonly weakenings: Weakening[] = [];
  readonly tenants: TenantFacts[] = [];
  /** What users have said of objects that a slot has let go of: no statement, for nothing follows from it. */
  readonly lostPatches: LostPatch[] = [];
  /** Grows with every statement, so that whoever keeps a result knows when it is old. */
  revision = 0;
  /** Reads what stands in the tree beside the constructs: the graph itself knows no objects. */
  lookBeside: () => Beside = () => NOTHING_BESIDE;
  /** Says in the tree what is to be written before what, wherever its user has put it. */
  putInOrder: () => void = () => {};
  /** What of that the order of charts does not allow. */
  lateNamespaces: () => readonly LateNamespace[] = () => [];

  /** How Istio is installed, where an installation says so. */
  controlPlane?: ControlPlaneFacts;

  /** What `Mesh` asks of all callers. */
  meshMtls?: MtlsMode;

  private readonly callsByCallee = new Map<string, CallStatement[]>();
  private readonly callsByCaller = new Map<string, CallStatement[]>();
  private readonly callsByNamespace = new Map<string, CallStatement[]>();
  private readonly partiesByNamespace = new Map<string, PartyFacts[]>();
  private readonly routesByService = new Map<string, RouteStatement[]>();
  private readonly exposuresByService = new Map<string, ExposureStatement[]>();
  private readonly observersByService = new Map<string, Declared[]>();
  private readonly telemetryByTarget = new Map<string, TelemetryStatement[]>();
  private readonly waitingByNamespace = new Map<string, Array<() => void>>();
  private declaredSettings?: MeshSettings;
  private settingsUsed = false;

  /** What holds for the whole cluster, for whoever only looks. */
  get settings(): MeshSettings {
    return this.declaredSettings ?? DEFAULT_SETTINGS;
  }

  /** The same for whoever makes a host or an identity from it: from then on it stays. */
  useSettings(): MeshSettings {
    this.settingsUsed = true;
    return this.settings;
  }

  /** Somebody has said what holds, and no default is meant. */
  get hasSettings(): boolean {
    return this.declaredSettings !== undefined;
  }

  /** False when it comes too late: a host or an identity was already made from other values, or somebody has said something else. */
  trySettings(settings: MeshSettings): boolean {
    const isFixed = this.hasSettings || this.settingsUsed;
    if (isFixed && namesIn(this.settings) !== namesIn(settings)) return false;
    if (this.hasSettings && isOther(this.settings, settings)) return false;
    this.declaredSettings = settings;
    this.revision++;
    return true;
  }

  /** Room for objects was reserved, which those who ask next have to find filled. */
  addRoom(): void {
    this.revision++;
  }

  addNamespace(facts: NamespaceFacts): void {
    this.namespaces.set(facts.name, Object.freeze(facts));
    this.revision++;
    const waiting = this.waitingByNamespace.get(facts.name) ?? [];
    this.waitingByNamespace.delete(facts.name);
    waiting.forEach((retry) => retry());
  }

  /** Calls back as soon as more is said of a namespace. */
  onNamespace(name: string, retry: () => void): void {
    addTo(this.waitingByNamespace, name, retry);
  }

  addParty<Facts extends PartyFacts>(facts: Facts): Facts {
    this.parties.set(facts.key, Object.freeze(facts));
    addTo(this.partiesByNamespace, facts.namespaceName, facts);
    this.revision++;
    return facts;
  }

  addCall(call: CallStatement): void {
    this.calls.push(Object.freeze(call));
    addTo(this.callsByCaller, call.caller.key, call);
    addTo(this.callsByCallee, call.callee.key, call);
    addTo(this.callsByNamespace, call.callee.namespaceName, call);
    this.revision++;
  }

  addRoute(statement: RouteStatement): void {
    addTo(this.routesByService, statement.service, Object.freeze(statement));
    this.revision++;
  }

  addExposure(exposure: ExposureStatement): void {
    this.exposures.push(Object.freeze(exposure));
    addTo(this.exposuresByService, exposure.service.key, exposure);
    this.revision++;
  }

  addTenant(tenant: TenantFacts): void {
    this.tenants.push(Object.freeze(tenant));
    this.revision++;
  }

  addLimit(limit: LimitStatement): void {
    this.limits.push(Object.freeze(limit));
    this.revision++;
  }

  /** Somebody wants the requests to a service counted. */
  addObserver(service: string, observer: Declared): void {
    addTo(this.observersByService, service, Object.freeze(observer));
    this.revision++;
  }

  addTelemetry(statement: TelemetryStatement): void {
    addTo(this.telemetryByTarget, targetKey(statement.target), Object.freeze(statement));
    this.revision++;
  }

  addGatewayCheck(check: GatewayCheckStatement): void {
    this.gatewayChecks.push(Object.freeze(check));
    this.revision++;
  }

  /** What somebody asks of callers; only what weakens it is kept. */
  addMtls(place: Omit<Weakening, keyof MtlsFacts>, said: MtlsFacts): void {
    if (place.level === 'mesh') this.meshMtls = said.mode;
    if (said.mode !== 'STRICT') this.weakenings.push(Object.freeze({ ...place, ...said }));
    this.revision++;
  }

  callsTo(key: string): readonly CallStatement[] {
    return this.callsByCallee.get(key) ?? [];
  }

  callsFrom(key: string): readonly CallStatement[] {
    return this.callsByCaller.get(key) ?? [];
  }

  /** Calls to whoever lives in a namespace. */
  callsInto(namespaceName: string): readonly CallStatement[] {
    return this.callsByNamespace.get(namespaceName) ?? [];
  }

  partiesIn(namespaceName: string): readonly PartyFacts[] {
    return this.partiesByNamespace.get(namespaceName) ?? [];
  }

  routesOf(key: string): readonly RouteStatement[] {
    return this.routesByService.get(key) ?? [];
  }

  observersOf(key: string): readonly Declared[] {
    return this.observersByService.get(key) ?? [];
  }

  telemetryOf(target: TelemetryTarget): readonly TelemetryStatement[] {
    return this.telemetryByTarget.get(targetKey(target)) ?? [];
  }

  checksOf(key: string): readonly GatewayCheckStatement[] {
    return this.gatewayChecks.filter(({ gateway }) => gateway.key === key);
  }

  exposuresOf(key: string): readonly ExposureStatement[] {
    return this.exposuresByService.get(key) ?? [];
  }
}

const targetKey = ({ kind, key }: TelemetryTarget): string => `${kind} ${key}`;
