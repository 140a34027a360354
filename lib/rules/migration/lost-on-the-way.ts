import { mayBeBoth } from '../../model/access/many-callers';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { partyText } from '../call-words';
import { goesPastWaypoints } from '../planes';
import { type Discovery, rule } from '../rule';
import { stageText } from './told/last-stage';

/** While which waves restart a call may be refused, and why. */
interface Loss {
  readonly from: number;
  /** Absent: for good. */
  readonly until?: number;
  readonly because: string;
  readonly fix: string;
}

export const lostOnTheWay = rule({
  code: 'MESH134',
  level: 'warning',
  title: 'call that a migration cannot keep',

  check(model, report) {
    for (const call of model.calls.filter(({ action }) => action === 'ALLOW')) {
      const loss = lossOf(call, model);
      if (loss) report(discovery(call, loss));
    }
  },
});

function discovery(call: CallModel, { from, until, because, fix }: Loss): Discovery {
  const stages = until === undefined ? `from ${stageText({ wave: from })} on` : `while ${stagesText(from, until)} rolls out`;
  return {
    on: call,
    message: `${partyText(call.caller)} may be refused by ${partyText(call.callee)} ${stages}: ${because}`,
    got: asksHttp(call) ? 'a grant by methods, paths or tokens' : 'a refusal by methods or paths beside the grant',
    fix,
  };
}

function stagesText(from: number, until: number): string {
  return from === until ? stageText({ wave: from }) : `${stageText({ wave: from })} to ${stageText({ wave: until })}`;
}

function lossOf(call: CallModel, model: MeshModel): Loss | undefined {
  const { caller, callee } = call;
  if (callee.wave === undefined || call.plaintext || !dependsOnHttp(call, model)) return undefined;
  const whole = `allow the whole port to ${caller.name} until both have moved, or accept the refusals for that time`;
  if (caller.wave !== undefined) {
    if (isBefore(caller, callee)) return undefined;
    const because = 'a pod that still has a sidecar passes the waypoint by, and ztunnel reads no HTTP';
    return { from: callee.wave, until: Math.max(caller.wave, callee.wave), because, fix: whole };
  }
  if (caller.kind === 'anyone' || caller.kind === 'callers') {
    return {
      from: callee.wave,
      until: lastWaveOf(model),
      because: 'whoever still has a sidecar passes the waypoint by',
      fix: `name the callers of ${callee.name} with access.allow`,
    };
  }
  if (!goesPastWaypoints(caller)) return undefined;
  return {
    from: callee.wave,
    because: 'its sidecar stays, and passes the waypoint by',
    fix: `move ${caller.namespaceName} as well, or ${whole}`,
  };
}

const asksHttp = ({ http, httpIsOptional }: CallModel): boolean => http !== undefined && !httpIsOptional;

function dependsOnHttp(call: CallModel, { calls }: MeshModel): boolean {
  return asksHttp(call) || calls.some((one) => one.action === 'DENY' && one.http !== undefined && isAbout(one, call));
}

function isAbout(refusal: CallModel, { caller, callee }: CallModel): boolean {
  return refusal.callee.key === callee.key && mayBeBoth(caller, refusal.caller);
}

/** The pods of one are all in ambient mode before the first of the other is. */
function isBefore({ wave = 0, namespace: { migration } }: Party, callee: Party): boolean {
  return wave < callee.wave! && (callee.wave! > callee.namespace.migration!.wave || wave < migration!.wave);
}

function lastWaveOf({ namespaces }: MeshModel): number {
  return Math.max(...namespaces.map(({ lastWave = 0 }) => lastWave));
}
