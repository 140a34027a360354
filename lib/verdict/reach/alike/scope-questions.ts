import type { Cluster } from '../../../cluster/cluster';
import { type SidecarScope, sidecarScopeOf } from '../../../cluster/policies/sidecar-scopes';
import { addTo } from '../../../support/grouping';
import type { Speaker } from '../../requests/callers';
import { scopeOf } from '../../requests/scope';
import { numbering } from './question';

/** Sidecars that are told the same. */
export interface Told {
  readonly by: SidecarScope;
  /** Any of those that are told it: names without a namespace are of its own. */
  readonly one: Speaker;
}

/** Who is told of a host, found without a look at every Sidecar. */
export class Scopes {
  private readonly anything: Told[] = [];
  private readonly byEntry = new Map<string, Told[]>();

  constructor(
    private readonly cluster: Cluster,
    all: readonly Told[],
  ) {
    for (const one of all) this.add(one);
  }

  /** Who sees anything of some namespaces about a host, and of which of them. */
  seeing(namespaceNames: readonly string[], host: string, port: number): ReadonlyMap<Told, string> {
    const entries = namespaceNames.flatMap((name) => [`${name}/${host}`, `${name}/*`]);
    const perhaps = new Set([...this.anything, ...[`*/${host}`, ...entries].flatMap((entry) => this.byEntry.get(entry) ?? [])]);
    const seen = [...perhaps].map((one): [Told, string[]] => {
      const scope = scopeOf(this.cluster, one.one);
      return [one, namespaceNames.filter((name) => scope.sees(name, host, port))];
    });
    return new Map(seen.filter(([, names]) => names.length > 0).map(([one, names]) => [one, names.join()]));
  }

  /** Under each of its entries; what sees everything somewhere, or more than one namespace by a pattern, is asked every time. */
  private add(told: Told): void {
    const entries = told.by.listeners?.flatMap(({ hosts }) => hosts).filter((entry) => !entry.startsWith('~'));
    if (!entries) return void this.anything.push(told);
    for (const entry of new Set(entries.map((one) => placed(one, told.one.namespaceName)))) {
      if (entry === undefined) this.anything.push(told);
      else addTo(this.byEntry, entry, told);
    }
  }
}

/** `namespace/host`, and `namespace/*` for any pattern in it; `*` before a host that is no pattern; undefined for patterns that may be anywhere. */
function placed(entry: string, own: string): string | undefined {
  const [where, name = ''] = entry.split('/');
  const place = where === '.' ? own : where === '' ? '*' : where;
  if (!name.startsWith('*')) return `${place}/${name}`;
  return place === '*' ? undefined : `${place}/*`;
}

/** The Sidecars by which callers are told of hosts, each with whom it is for. */
export function tellingHosts(cluster: Cluster, callers: readonly Speaker[]): ReadonlyMap<Told, readonly number[]> {
  const known = new Map<string, Told>();
  const numberOf = numbering();
  const members = new Map<Told, number[]>();
  callers.forEach((one, index) => {
    const by = one.proxy.routesForPods && !one.isBodiless ? sidecarScopeOf(cluster, one.namespaceName, one.labels) : undefined;
    if (!by) return;
    const id = `${numberOf(by)} ${one.namespaceName}`;
    const told = known.get(id) ?? { by, one };
    known.set(id, told);
    addTo(members, told, index);
  });
  return members;
}
