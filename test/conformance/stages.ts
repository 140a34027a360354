import type { Chart } from 'cdk8s';
import { DataPlane, Migration } from 'istio-constructs';
import { meshFrom, meshOf, type MeshUnderTest, withNetwork } from './mesh-under-test';
import { everyProgress, type Progress, rolledOut, rolling } from './rolling';
import { type AllowedCall, expectOnly } from './who-calls-whom';

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

/** A program, by how its pods join the mesh. */
export type Build = (dataPlane: DataPlane) => Chart;

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
 * Every mixture of old and new pods on the way: of each Deployment all old, some, or all new. Of many Deployments each with one or the other, and one state with some of each,
 * in which every pair of pods meets.
 */
export function mixedStates(build: Build, { before, after }: Pick<Step, 'before' | 'after'>): MixedState[] {
  const [old, now] = [before, after].map((plane) => meshOf(build(plane)).manifests);
  const changed = rolledOut(old, now);
  const states = changed.length > 3 ? eitherOr(changed) : everyProgress(changed);
  return states.map((state) => ({
    name: [...state].map(([name, progress]) => `${name} ${progress}`).join(', '),
    mesh: meshFrom(rolling(old, now, (name) => state.get(name)!)),
  }));
}

/** What of a step's mixed states is not as the program says; empty where every call is kept and nobody else is let in. */
export async function complaintsOnTheWay(build: Build, step: Step, allowed: readonly AllowedCall[]): Promise<string[]> {
  const found: string[] = [];
  for (const { name, mesh } of mixedStates(build, step)) {
    for (const layer of step.isWithin ? [mesh, withNetwork(mesh)] : [mesh]) {
      try {
        await expectOnly(layer, allowed);
      } catch (error) {
        found.push(`${name}: ${(error as Error).message}`);
      }
    }
  }
  return found;
}

function eitherOr(names: readonly string[]): Array<ReadonlyMap<string, Progress>> {
  const some = new Map(names.map((name) => [name, 'some' as const]));
  return [some, ...everyProgress(names, ['old', 'new'])];
}
