import type { GatewayCheck } from '../../model/edge/gateway-check';
import type { MeshModel } from '../../model/mesh-model';
import { partyText } from '../call-words';
import { rule } from '../rule';

export const checkOfNothing = rule({
  code: 'MESH267',
  level: 'warning',
  title: 'a check at a gateway of a host that nothing is exposed under',

  check(model, report) {
    for (const check of model.gatewayChecks ?? []) {
      const unknown = hostsOfNobody(model, check);
      if (unknown.length === 0) continue;
      report({
        on: check,
        message: `${partyText(check.gateway)} checks requests for ${unknown.join(', ')}, and this program exposes nothing there`,
        got: unknown.join(', '),
        fix: 'name the host as expose has it; or acknowledge this where somebody else brings its route',
      });
    }
  },
});

function hostsOfNobody({ exposures }: MeshModel, { gateway, hosts }: GatewayCheck): string[] {
  const exposed = exposures.filter((one) => one.gateway.key === gateway.key).map(({ host }) => host);
  // A gateway whose routes all come from elsewhere is not known here.
  if (exposed.length === 0) return [];
  return hosts.filter(
    (host) => !exposed.some((one) => one === '*' || one === host || (one.startsWith('*.') && host.endsWith(one.slice(1)))),
  );
}
