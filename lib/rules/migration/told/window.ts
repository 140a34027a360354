import type { CallModel, MeshModel } from '../../../model/mesh-model';
import type { Party } from '../../../model/party';
import { goesPastWaypoints } from '../../planes';
import { stageText } from './last-stage';

/** While which waves restart somebody with a sidecar may call pods that are in ambient mode. */
export interface Window {
  readonly from: number;
  /** Absent: for good. */
  readonly until?: number;
}

export function windowOf({ caller, callee }: CallModel, model: MeshModel): Window | undefined {
  const from = callee.wave;
  if (from === undefined) return undefined;
  if (caller.wave !== undefined) return isBefore(caller, callee) ? undefined : { from, until: Math.max(caller.wave, from) };
  if (isAnybody(caller)) return { from, until: lastWaveOf(model) };
  return goesPastWaypoints(caller) ? { from } : undefined;
}

/** Whoever calls, one with a sidecar or without. */
export function isAnybody({ kind }: Party): boolean {
  return kind === 'anyone' || kind === 'callers';
}

export function whenText({ from, until }: Window): string {
  if (until === undefined) return `from ${stageText({ wave: from })} on`;
  const stages = from === until ? stageText({ wave: from }) : `${stageText({ wave: from })} to ${stageText({ wave: until })}`;
  return `while ${stages} rolls out`;
}

/** The pods of one are all in ambient mode before the first of the other is. */
function isBefore({ wave = 0, namespace: { migration } }: Party, callee: Party): boolean {
  return wave < callee.wave! && (callee.wave! > callee.namespace.migration!.wave || wave < migration!.wave);
}

function lastWaveOf({ namespaces }: MeshModel): number {
  return Math.max(...namespaces.map(({ lastWave = 0 }) => lastWave));
}
