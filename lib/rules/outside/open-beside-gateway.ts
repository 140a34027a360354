import type { CallModel, MeshModel } from '../../model/mesh-model';
import { groupedBy } from '../../support/grouping';
import { gatewayText, goesRound, partyText } from '../call-words';
import { perModel } from '../per-model';
import { type Report, rule } from '../rule';
import { mayMeet } from './reach/address-blocks';

export const openBesideGateway = rule({
  code: 'MESH423',
  level: 'warning',
  title: 'caller of an egress gateway that nothing keeps from leaving by itself',

  check(model, report) {
    for (const call of model.calls) {
      const { caller, callee, action } = call;
      if (!callee.through || action !== 'ALLOW' || goesRound(call) || !caller.namespace.owned) continue;
      if (caller.namespace.zeroTrust) reportOpened(model, call, report);
      else reportOpen(call, report);
    }
  },
});

function reportOpen(call: CallModel, report: Report): void {
  const { caller } = call;
  report({
    on: call,
    message: `${nothingKeeps(call)}: the network layer lets everything out of their namespace`,
    got: `open namespace ${caller.namespaceName}`,
    fix: `make ${caller.namespaceName} a ZeroTrustNamespace, or let a firewall at the cluster's edge let out the gateway alone`,
  });
}

// A NetworkPolicy knows addresses, not names: what it opens for one host is open for all that are there.
function reportOpened(model: MeshModel, call: CallModel, report: Report): void {
  const ports = call.ports.map(({ targetPort }) => targetPort);
  const others = (callsByCaller(model).get(call.caller.key) ?? []).filter((other) => other !== call && opens(other, call, ports));
  if (others.length === 0) return;
  const names = [...new Set(others.map(({ callee }) => callee.host ?? callee.name))].sort().join(', ');
  report({
    on: call,
    message: `${nothingKeeps(call)}: for other hosts the network layer lets them out to addresses that may be those of ${call.callee.host ?? call.callee.name}`,
    got: `port ${ports.join(', ')}, opened for ${names}`,
    fix: `call ${names} through an egress gateway, too, or from a workload of its own; or say addresses of both`,
  });
}

function opens({ caller, hops }: CallModel, { callee }: CallModel, ports: readonly number[]): boolean {
  const own = hops.filter(({ from, to }) => from.key === caller.key && (to.world || to.anywhere));
  return own.some(({ to, networkPorts }) => networkPorts.some((port) => ports.includes(port)) && mayMeet(to.blocks, callee.addresses));
}

function nothingKeeps(call: CallModel): string {
  const { caller, callee } = call;
  return `nothing keeps the pods of ${partyText(caller)} from connecting to ${callee.host ?? callee.name} past the egress gateway ${gatewayText(call)}`;
}

const callsByCaller = perModel(({ calls }): ReadonlyMap<string, CallModel[]> => {
  const allowed = calls.filter(({ action }) => action === 'ALLOW');
  return groupedBy(allowed, ({ caller }) => caller.key);
});
