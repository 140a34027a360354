import type { CallModel, MeshModel } from '../../../model/mesh-model';
import type { Party } from '../../../model/party';
import { goesPastWaypoints, hasUnknownPlane } from '../../planes';
import { stageText } from './last-stage';

/** While which waves restart somebody with a sidecar may call pods that are in ambient mode. */
export interface Window {
  readonly from: number;
  /** Absent: for good. */
  readonly until?: number;
  /** A caller that moves later, or somebody of whom it is not known who it is; one that keeps its sidecar; one of whom nobody says whether it has one. */
  readonly who: 'moves' | 'anybody' | 'stays' | 'unsaid';
}

export function windowOf({ caller, callee }: CallModel, model: MeshModel): Window | undefined {
  const from = callee.wave;
  if (from === undefined) return undefined;
  if (caller.wave === undefined) return windowOfUnmoved(caller, from, model);
  return isBefore(caller, callee) ? undefined : { from, until: Math.max(caller.wave, from), who: 'moves' };
}

/** Of callers whose pods nobody here moves. */
function windowOfUnmoved(caller: Party, from: number, model: MeshModel): Window | undefined {
  // A gateway asks waypoints, whatever the pods beside it do.
  if (caller.kind === 'gateway') return undefined;
  if (isAnywhere(caller) || caller.namespace.migration) return { from, until: lastWaveOf(model), who: 'anybody' };
  if (goesPastWaypoints(caller)) return { from, who: 'stays' };
  return hasUnknownPlane(caller.namespace) ? { from, who: 'unsaid' } : undefined;
}

export function whenText({ from, until }: Window): string {
  if (until === undefined) return `from ${stageText({ wave: from })} on`;
  const stages = from === until ? stageText({ wave: from }) : `${stageText({ wave: from })} to ${stageText({ wave: until })}`;
  return `while ${stages} rolls out`;
}

/** Nothing says where they are, and so of what plane. */
function isAnywhere({ kind, namespaceName }: Party): boolean {
  return kind === 'anyone' || (kind === 'callers' && namespaceName === '');
}

/** The pods of one are all in ambient mode before the first of the other is. */
function isBefore({ wave = 0, namespace: { migration } }: Party, callee: Party): boolean {
  return wave < callee.wave! && (callee.wave! > callee.namespace.migration!.wave || wave < migration!.wave);
}

function lastWaveOf({ namespaces }: MeshModel): number {
  return Math.max(...namespaces.map(({ lastWave = 0 }) => lastWave));
}
