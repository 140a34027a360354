import type { Chart } from 'cdk8s';
import { DataPlane, Migration } from 'istio-constructs';
import { meshFrom, meshOf, type MeshUnderTest } from './mesh-under-test';
import { everyProgress, type Progress, rolledOut, rolling } from './rolling';

/** One step of a migration: what is in the cluster, and what is applied over it. */
export interface Step {
  readonly name: string;
  readonly before: DataPlane;
  readonly after: DataPlane;
  /** Nothing of either plane is left behind that the other one obeys, and both layers can be asked. */
  readonly isWithin: boolean;
}

/** What a cluster is while the pods of a step restart. */
export interface MixedState {
  readonly name: string;
  readonly mesh: MeshUnderTest;
}

const moving = (migration: Migration): DataPlane => DataPlane.ambient({ migration });

/** All steps of a migration with so many waves. */
export function stepsWith(waves: number): Step[] {
  const numbers = Array.from({ length: waves }, (_, index) => index + 1);
  const stages: Array<readonly [string, DataPlane]> = [
    ['sidecars', DataPlane.sidecar()],
    ['PREPARE', moving(Migration.PREPARE)],
    ...numbers.map((wave) => [`wave ${wave}`, moving(Migration.wave(wave))] as const),
    ['ambient', DataPlane.ambient()],
  ];
  return stages.slice(1).map(([name, after], index) => {
    const [last, before] = stages[index];
    return { name: `from ${last} to ${name}`, before, after, isWithin: name !== 'ambient' };
  });
}

/** The same steps backwards. */
export function stepsBackWith(waves: number): Step[] {
  return stepsWith(waves)
    .reverse()
    .map(({ name, before, after, isWithin }) => ({
      name: `back: ${name}`,
      before: after,
      after: before,
      isWithin: isWithin && !name.includes('sidecars'),
    }));
}

/**
 * Every mixture of old and new pods on the way, Deployment by Deployment; while no pod changes its plane, all of them old, some of each, and all new.
 */
export function mixedStates(build: (dataPlane: DataPlane) => Chart, { before, after }: Pick<Step, 'before' | 'after'>): MixedState[] {
  const [old, now] = [before, after].map((plane) => meshOf(build(plane)).manifests);
  const changed = rolledOut(old, now);
  const states = changed.length > 3 ? together(changed) : everyProgress(changed);
  return states.map((state) => ({
    name: [...state].map(([name, progress]) => `${name} ${progress}`).join(', '),
    mesh: meshFrom(rolling(old, now, (name) => state.get(name)!)),
  }));
}

const together = (names: readonly string[]): Array<ReadonlyMap<string, Progress>> =>
  (['old', 'some', 'new'] as const).map((progress) => new Map(names.map((name) => [name, progress])));
