import { mayBeBoth } from '../../model/access/many-callers';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import type { Party } from '../../model/party';
import { partyText } from '../call-words';
import { goesPastWaypoints, hasUnknownPlane } from '../planes';
import { type Discovery, rule } from '../rule';
import { stageText } from './told/last-stage';

/** While which waves restart a call may be refused, and why. */
interface Loss {
  readonly from: number;
  /** Absent: for good. */
  readonly until?: number;
  readonly because: string;
  readonly got: string;
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

function discovery(call: CallModel, { from, until, because, got, fix }: Loss): Discovery {
  const stages = until === undefined ? `from ${stageText({ wave: from })} on` : `while ${stagesText(from, until)} rolls out`;
  return {
    on: call,
    message: `${partyText(call.caller)} may be refused by ${partyText(call.callee)} ${stages}: ${because}`,
    got,
    fix,
  };
}

function stagesText(from: number, until: number): string {
  return from === until ? stageText({ wave: from }) : `${stageText({ wave: from })} to ${stageText({ wave: until })}`;
}

function lossOf(call: CallModel, model: MeshModel): Loss | undefined {
  const { caller, callee } = call;
  if (callee.wave === undefined || call.plaintext) return undefined;
  const needs = needsOf(call, model);
  if (!needs) return undefined;
  const { got, because, fix } = needs;
  if (caller.wave !== undefined) {
    return isBefore(caller, callee) ? undefined : { from: callee.wave, until: Math.max(caller.wave, callee.wave), because, got, fix };
  }
  return notBeforeOf(call, model, needs);
}

type Needs = Pick<Loss, 'because' | 'got' | 'fix'>;

/** Callers whose pods nobody here moves. They keep their sidecars, are without any, or it is not known. */
function notBeforeOf({ caller, callee }: CallModel, model: MeshModel, { got, because, fix }: Needs): Loss | undefined {
  const from = callee.wave!;
  if (isAnywhere(caller) || caller.namespace.migration) {
    const named = `name the callers of ${callee.name} with access.allow`;
    return { from, until: lastWaveOf(model), because: 'whoever still has a sidecar passes the waypoint by', got, fix: named };
  }
  if (goesPastWaypoints(caller)) {
    const stays = caller.kind === 'callers' ? 'their sidecars stay' : 'its sidecar stays';
    return { from, because: `${stays}: ${because}`, got, fix: `move ${caller.namespaceName} as well, or ${fix}` };
  }
  if (caller.kind === 'gateway' || !hasUnknownPlane(caller.namespace)) return undefined;
  const unsaid = 'nobody says how these pods are in the mesh, and whoever has a sidecar passes the waypoint by';
  return { from, because: unsaid, got, fix: `say it in dataPlane where ${caller.name} is named; with sidecars, ${fix}` };
}

/** Nothing says where they are, and so of what plane. */
function isAnywhere({ kind, namespaceName }: Party): boolean {
  return kind === 'anyone' || (kind === 'callers' && namespaceName === '');
}

/** What a call needs that it has only while its caller is in ambient mode before its callee is. */
function needsOf(call: CallModel, model: MeshModel): Needs | undefined {
  const { caller, callee } = call;
  const because = 'a pod that still has a sidecar passes the waypoint by, and ztunnel reads no HTTP';
  const fix = `allow the whole port to ${caller.name} until both have moved, or accept the refusals for that time`;
  if (asksHttp(call)) return { because, got: 'a grant by methods, paths or tokens', fix };
  const beside = model.calls.find((one) => needsReader(one) && isAbout(one, call));
  if (beside) {
    const asked = beside.provider === undefined ? 'a refusal by methods or paths' : `${beside.provider}, which is asked first,`;
    return {
      because,
      got: `${asked} beside the grant`,
      fix: 'move their traffic in a time when it may be refused, or leave that out until both have moved',
    };
  }
  // Of several names the caller may use the one that has an address; members of one service do not.
  if (callee.headless !== 'all' && !(callee.headless && caller.key === callee.key)) return undefined;
  return {
    because: 'a sidecar sends plaintext to pods in ambient mode whose Service has no address',
    got: 'a Service without an address',
    fix: 'have it call a Service with an address until both have moved, or accept the refusals for that time',
  };
}

const asksHttp = ({ http, httpIsOptional }: CallModel): boolean => http !== undefined && !httpIsOptional;

function needsReader({ action, http }: CallModel): boolean {
  return action === 'CUSTOM' || (action === 'DENY' && http !== undefined);
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
