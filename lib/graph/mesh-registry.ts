import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Call } from '../model/call';
import type { Party } from '../model/party';
import type { Exposure, RouteTable } from '../model/route';
import { isMarked, mark } from '../support/marker';
import { HomeState } from './namespace-state';
import { DEFAULT_SETTINGS, type MeshSettings } from './mesh-settings';

const MADE = Symbol.for('istio-constructs.Made');
const REGISTRY = Symbol.for('istio-constructs.MeshRegistry');

/** What a party does as calls come in, and when what is known of their callers changes. */
export interface CallListener {
  onCall(call: Call): void;
  rearrange?(): void;
}

/** Everything that one App says beside its tree: namespaces, parties, the graph of calls, routes. One for each root. */
export class MeshRegistry {
  static of(scope: IConstruct): MeshRegistry {
    const root = scope.node.root as IConstruct & { [REGISTRY]?: MeshRegistry };
    if (!root[REGISTRY]) Object.defineProperty(root, REGISTRY, { value: new MeshRegistry() });
    return root[REGISTRY]!;
  }

  readonly homes = new Map<string, HomeState>();
  readonly parties = new Map<string, Party>();
  readonly calls: Call[] = [];
  readonly tables = new Map<string, () => RouteTable>();
  readonly exposures: Exposure[] = [];
  /** Grows with every statement, so that whoever keeps a result knows when it is old. */
  revision = 0;

  private readonly incoming = new Map<string, Call[]>();
  private readonly outgoing = new Map<string, Call[]>();
  private readonly byHome = new Map<string, Party[]>();
  private readonly listeners = new Map<string, CallListener>();
  private declaredSettings?: MeshSettings;
  private settingsRead = false;

  get settings(): MeshSettings {
    this.settingsRead = true;
    return this.declaredSettings ?? DEFAULT_SETTINGS;
  }

  /** True once a Mesh has said the settings. */
  get isSettled(): boolean {
    return this.declaredSettings !== undefined;
  }

  /** False when it comes too late: a host or an identity was already made from the defaults. */
  trySettings(settings: MeshSettings): boolean {
    const current = this.declaredSettings ?? (this.settingsRead ? DEFAULT_SETTINGS : undefined);
    if (current && JSON.stringify(current) !== JSON.stringify(settings)) return false;
    this.declaredSettings = settings;
    return true;
  }

  addHome(home: HomeState): void {
    this.homes.set(home.name, home);
    this.revision++;
    // Callers named by identity may have had a grant before anybody said how their namespace is in the mesh.
    for (const call of this.partiesIn(home.name).flatMap((party) => this.callsFrom(party))) {
      this.listeners.get(call.callee.key)?.rearrange?.();
    }
  }

  addParty(party: Party, listener?: CallListener): void {
    this.parties.set(party.key, party);
    append(this.byHome, party.namespaceName, party);
    if (listener) this.listeners.set(party.key, listener);
    this.revision++;
  }

  record(call: Call): void {
    this.revision++;
    this.calls.push(Object.freeze(call));
    append(this.outgoing, call.caller.key, call);
    append(this.incoming, call.callee.key, call);
    if (call.http && !call.httpIsOptional) {
      const { path, site } = call;
      this.homes
        .get(call.callee.namespaceName)
        ?.addNeed({ what: `requests by method or path from ${call.caller.name} to ${call.callee.name}`, path, site });
    }
    this.listeners.get(call.caller.key)?.onCall(call);
    this.listeners.get(call.callee.key)?.onCall(call);
  }

  addExposure(exposure: Exposure): void {
    this.exposures.push(Object.freeze(exposure));
    this.revision++;
  }

  callsTo(party: Party): readonly Call[] {
    return this.incoming.get(party.key) ?? [];
  }

  callsFrom(party: Party): readonly Call[] {
    return this.outgoing.get(party.key) ?? [];
  }

  partiesIn(namespaceName: string): readonly Party[] {
    return this.byHome.get(namespaceName) ?? [];
  }

  own<T extends ApiObject>(object: T): T {
    mark(object, MADE);
    return object;
  }

  /** True for what this library made, false for what stands beside. */
  isOwn(object: ApiObject): boolean {
    return isMarked(object, MADE);
  }
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
