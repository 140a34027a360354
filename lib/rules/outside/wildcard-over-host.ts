import type { Cluster } from '../../cluster/cluster';
import { type MeshService, portOf, servicesOf } from '../../cluster/services/services';
import { waypointOf } from '../../cluster/services/waypoints';
import { callersOf } from '../../inquiry/shut-calls';
import { NETWORKING, SECURITY } from '../../istio/api-groups';
import { USE_WAYPOINT } from '../../istio/labels';
import { decide } from '../../verdict/decide';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { isRaw } from '../owners';
import { perModel } from '../per-model';
import { isAmbient } from '../planes';
import { type Report, rule } from '../rule';
import { covers, isWildcardHost } from './reach/known-to';

export const wildcardOverHost = rule({
  code: 'MESH427',
  level: 'warning',
  title: 'wildcard without a name that ztunnel sends to a waypoint',
  compares: [
    { kinds: [`${NETWORKING}/ServiceEntry`], fields: ['spec hosts', 'spec ports', `metadata labels ${USE_WAYPOINT}`], made: false },
    { kinds: [`${SECURITY}/AuthorizationPolicy`], fields: ['spec'], made: false, sought: true },
  ],

  check(model, report) {
    for (const call of model.calls) {
      const { caller, callee, action } = call;
      if (callee.kind !== 'external' || action !== 'ALLOW' || !isWildcardHost(callee) || !isAmbient(caller.namespace)) continue;
      checkRaw(model, call, report);
      const lost = model.others.filter((host) => host.waypoint && covers(callee, host) && !isReached(model, call, host));
      if (lost.length === 0) continue;
      const names = [...new Set(lost.map(({ host }) => host!))].sort().join(', ');
      report({
        on: call,
        message: `${partyText(caller)} may call ${callee.host!}, but not all names below it: ztunnel sends whoever asks for a declared host to its waypoint, which lets in the callers of that host alone`,
        got: `${names}, declared behind a waypoint`,
        fix: `let ${partyText(caller)} call ${names} on the same ports as well, if it is to`,
      });
    }
  },
});

/** The caller calls the host itself, or whoever asks is let through; on all ports that it may call below the wildcard. */
function isReached(model: MeshModel, { caller, ports }: CallModel, host: Party): boolean {
  const calls = callsByHost(model).get(host.host!) ?? [];
  const isOpen = host.owned && calls.length === 0 && !host.namespace.zeroTrust && !caller.namespace.zeroTrust;
  const reached = isOpen ? host.ports : calls.filter((call) => call.caller.key === caller.key).flatMap((call) => call.ports);
  return ports.every(({ number }) => reached.some((port) => port.number === number));
}

const callsByHost = perModel(({ calls }): ReadonlyMap<string, CallModel[]> => {
  const allowed = calls.filter(({ callee, action }) => callee.kind === 'external' && action === 'ALLOW');
  return groupedBy(allowed, ({ callee }) => callee.host ?? callee.name);
});

/** Names that a ServiceEntry declares which no construct made: whether the caller gets to them is for the policies that are there. */
function checkRaw(model: MeshModel, call: CallModel, report: Report): void {
  const { caller, callee } = call;
  const said = new Set(model.others.map(({ host }) => host));
  const below = rawBehindWaypoints(model).flatMap((entry) => entry.hosts.map((host) => ({ entry, host })));
  const lost = below.filter(
    ({ entry, host }) => covers(callee, { host }) && !said.has(host) && isShut(clusterOf(model), call, entry, host),
  );
  if (lost.length === 0) return;
  report({
    on: call,
    message: `${partyText(caller)} may call ${callee.host!}, but not all names below it: ztunnel sends whoever asks for a declared host to its waypoint, which ${partyText(caller)} does not pass`,
    got: lost.map(({ entry, host }) => `${host} of ServiceEntry ${entry.key}`).join(', '),
    fix: `let ${partyText(caller)} in at the waypoint, and out to it, if it is to call them; declared as an ExternalService, a call does both`,
  });
}

const rawBehindWaypoints = perModel((model): readonly MeshService[] => {
  const cluster = clusterOf(model);
  return servicesOf(cluster).filter((one) => one.kind === 'ServiceEntry' && isRaw(one) && waypointOf(cluster, one) !== undefined);
});

/** Some pod of the caller is refused for certain. Policies may take some requests and not others: of HTTP the network layer alone is asked. */
function isShut(cluster: Cluster, { caller, ports }: CallModel, entry: MeshService, host: string): boolean {
  const shared = ports.flatMap(({ number }) => portOf(entry, number) ?? []);
  return callersOf(cluster, caller).some((forms) =>
    shared.some(({ number, isHttp }) =>
      forms.every((from) => {
        const { allowed, unknown, layer } = decide(cluster, { from, to: { host, port: number } });
        return !allowed && unknown === undefined && (!isHttp || layer === 'network');
      }),
    ),
  );
}
