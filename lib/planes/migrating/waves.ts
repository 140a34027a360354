import { mayBeBoth } from '../../model/access/many-callers';
import type { CallStatement } from '../../model/call';
import type { DataPlaneMode, MigrationFacts, NamespaceState, PlaneFacts } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { groupedBy } from '../../support/grouping';

/** Who reads HTTP of a caller with a sidecar is the sidecar of its callee alone; so the caller has to move first. */
export interface Order {
  readonly earlier: string;
  readonly later: string;
}

/**
 * What calls say of the order in which workloads move: by methods, paths or tokens, or beside a refusal by them or an authorizer that is asked about them; and to Services without an address, behind which a
 * sidecar does not know that pods take tunnels.
 */
export function ordersOf(calls: readonly CallStatement[], isHeadless: (callee: PartyFacts) => boolean = () => false): Order[] {
  const refusing = calls
    .filter(({ action, http }) => action === 'CUSTOM' || (action === 'DENY' && http))
    .map(({ caller, callee }) => ({ caller, callee }));
  const isRefused = ({ caller, callee }: CallStatement): boolean =>
    refusing.some((one) => one.callee.key === callee.key && mayBeBoth(caller, one.caller));
  return calls
    .filter((call) => call.action === 'ALLOW' && (asksHttp(call) || isRefused(call) || isHeadless(call.callee)))
    .map(({ caller, callee }) => ({ earlier: caller.key, later: callee.key }));
}

export function asksHttp({ http, httpIsOptional }: Pick<CallStatement, 'http' | 'httpIsOptional'>): boolean {
  return http !== undefined && !httpIsOptional;
}

/**
 * In which wave each workload moves: the first where nobody has to go before it, else the one after the last of those. Workloads in a circle, for whom there
 * is no order, move together.
 */
export function wavesOf(workloads: readonly PartyFacts[], orders: readonly Order[]): ReadonlyMap<string, number> {
  const keys = new Set(workloads.map(({ key }) => key));
  const known = orders.filter(({ earlier, later }) => keys.has(earlier) && keys.has(later));
  const before = groupedBy(known, ({ later }) => later);
  const earlier = new Map([...keys].map((key) => [key, reached(key, (one) => (before.get(one) ?? []).map((order) => order.earlier))]));
  const waves = new Map<string, number>();
  const waveOf = (key: string): number => {
    const told = waves.get(key);
    if (told !== undefined) return told;
    const others = [...earlier.get(key)!];
    const circle = [key, ...others.filter((other) => earlier.get(other)!.has(key))];
    const wave = 1 + Math.max(0, ...others.filter((other) => !circle.includes(other)).map(waveOf));
    circle.forEach((one) => waves.set(one, wave));
    return wave;
  };
  keys.forEach(waveOf);
  return waves;
}

function reached(start: string, next: (key: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (let open = [...next(start)]; open.length > 0;) {
    const fresh = [...new Set(open)].filter((key) => !found.has(key));
    fresh.forEach((key) => found.add(key));
    open = fresh.flatMap(next);
  }
  return found;
}

/** The plane of the pods of a wave. */
export function modeAt({ wave }: MigrationFacts, own: number): DataPlaneMode {
  return own <= wave ? 'ambient' : 'sidecar';
}

/** A namespace as the pods of a wave see it. */
export function stateInWave(state: NamespaceState, own: number | undefined): NamespaceState {
  return own === undefined || !state.migration ? state : Object.freeze({ ...state, mode: modeAt(state.migration, own) });
}

interface Program {
  readonly parties: ReadonlyMap<string, PartyFacts>;
  readonly namespaces: ReadonlyMap<string, PlaneFacts>;
  readonly calls: readonly CallStatement[];
}

/** The waves of all workloads whose namespaces move, by key. */
export function wavesIn(
  { parties, namespaces, calls }: Program,
  hasOwnPods: (party: PartyFacts) => boolean,
  isHeadless: (callee: PartyFacts) => boolean,
): ReadonlyMap<string, number> {
  const moving = [...parties.values()].filter((party) => hasOwnPods(party) && namespaces.get(party.namespaceName)?.migration);
  return wavesOf(moving, moving.length > 0 ? ordersOf(calls, isHeadless) : []);
}
