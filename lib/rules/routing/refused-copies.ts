import type { CallModel, MeshModel, MirrorModel, RouteModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { groupedBy } from '../../support/grouping';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const refusedCopies = rule({
  code: 'MESH347',
  level: 'error',
  title: 'copies of requests are refused where they are sent',

  check(model, report) {
    const routes = model.routes.filter(({ mirrors }) => mirrors.some(({ mirror }) => mirror.other));
    if (routes.length === 0) return;
    const grants = groupedBy(model.calls.filter(isGrant), ({ callee }) => callee.key);
    for (const route of routes) {
      othersOf(model, route).forEach(({ said, other }) => {
        const told = isClosed(other, grants) ? refusalOf(route, other, grants) : undefined;
        if (told) report({ on: said, ...told });
      });
    }
  },
});

const isGrant = ({ action }: CallModel): boolean => action === 'ALLOW';

function othersOf(model: MeshModel, { mirrors }: RouteModel): Array<{ said: MirrorModel; other: Party }> {
  const parties: readonly Party[] = [...model.services, ...model.others];
  return mirrors.flatMap((said) => {
    const other = parties.find(({ key }) => key === said.mirror.other?.key);
    return other ? [{ said, other }] : [];
  });
}

type Grants = ReadonlyMap<string, readonly CallModel[]>;

function isClosed({ key, namespace }: Party, grants: Grants): boolean {
  return namespace.zeroTrust || (grants.has(key) && namespace.stage === undefined);
}

function refusalOf(
  { service, atWaypoint }: RouteModel,
  other: Party,
  grants: Grants,
): { message: string; got: string; fix: string } | undefined {
  const copied = `copies of requests to ${partyText(service)} are sent to ${partyText(other)}`;
  if (atWaypoint) {
    if (waypointText(service) === waypointText(other)) return undefined;
    return {
      message: `${copied} by the waypoint ${waypointText(service)}, whose identity ${partyText(other)} does not let in`,
      got: `${partyText(other)} behind ${waypointText(other)}`,
      fix: `declare ${other.name} in the namespace ${service.namespaceName}, behind the same waypoint`,
    };
  }
  const admitted = new Set((grants.get(other.key) ?? []).map(({ caller }) => caller.key));
  const callers = (grants.get(service.key) ?? []).map(({ caller }) => caller).filter(({ key }) => !admitted.has(key));
  const names = [...new Set(callers.map(partyText))].sort();
  if (names.length === 0) return undefined;
  return {
    message: `${copied} by each caller's own proxy, and ${partyText(other)} does not let in ${names.join(', ')}`,
    got: names.join(', '),
    fix: `allow each of them to call ${other.name}, with calls or access.allow`,
  };
}

function waypointText({ waypoint }: Party): string {
  return waypoint ? `${waypoint.namespaceName}/${waypoint.name}` : 'no waypoint';
}
