import type { CallModel } from '../../model/mesh-model';
import { gatewayText, goesRound, partyText } from '../call-words';
import { hasSidecars } from '../planes';
import { rule } from '../rule';
import { stageText } from './told/last-stage';

export const movingEgressGateway = rule({
  code: 'MESH138',
  level: 'error',
  title: 'call that loses its egress gateway in a migration',

  check(model, report) {
    for (const call of model.calls) {
      if (isLeftAlone(call)) report({ on: call, ...leftAlone(call) });
      else if (isAtHome(call)) report({ on: call, ...atHome(call) });
    }
  },
});

/** The caller moves, and its gateway does not. */
function isLeftAlone(call: CallModel): boolean {
  const { caller, callee } = call;
  return goesRound(call) && caller.namespace.migration !== undefined && callee.namespace.migration === undefined;
}

function leftAlone(call: CallModel) {
  const { caller, callee } = call;
  const { wave = 1 } = caller;
  const isBehind = hasSidecars(callee.namespace);
  const when = isBehind ? `from ${stageText({ wave })} on` : `until ${stageText({ wave })} has rolled out`;
  const why = isBehind ? 'ztunnel follows no route to a gateway' : 'sidecars pass waypoints by';
  return {
    message: `${partyText(caller)} calls ${callee.host ?? callee.name} past the egress gateway ${gatewayText(call)} ${when}: ${why}`,
    got: `namespace ${caller.namespaceName} moves, and namespace ${callee.namespaceName} of the gateway is in ${callee.namespace.mode} mode alone`,
    fix: `give ${callee.namespaceName} the dataPlane of ${caller.namespaceName} for the whole way: while its namespace moves, a gateway is there for pods of both planes`,
  };
}

/** The caller is in the namespace of the gateway, and with it the waypoint. */
function isAtHome({ action, caller, callee: { through, namespace, namespaceName } }: CallModel): boolean {
  return action === 'ALLOW' && through !== undefined && namespace.migration !== undefined && caller.namespaceName === namespaceName;
}

function atHome(call: CallModel) {
  const { caller, callee } = call;
  return {
    message: `${partyText(caller)} is refused by the egress gateway ${gatewayText(call)} from ${stageText({ wave: caller.wave ?? 1 })} on: the route that leads sidecars of its namespace to the gateway leads the waypoint there, which comes under its own name`,
    got: `a caller of ${callee.host ?? callee.name} in the namespace of the gateway`,
    fix: `declare ${partyText(caller)} in another namespace before ${callee.namespaceName} moves; or let ${callee.host ?? callee.name} go straight out until all have moved`,
  };
}
