import type { Chart } from 'cdk8s';
import { DataPlane, Migration } from 'istio-constructs';
import { meshFrom, meshOf, type MeshUnderTest, withNetwork } from './mesh-under-test';
import type { Caller, Request } from '../../lib/verdict/requests/request';
import type { Answer } from './answer';
import { sharesOf } from './requests';
import { everyProgress, MAKERS, type Progress, rolledOut, rolling } from './rolling';
import { type AllowedCall, expectOnly } from './who-calls-whom';

/** One step of a migration: what is in the cluster, and what is applied over it. */
export interface Step {
  readonly name: string;
  readonly before: DataPlane;
  readonly after: DataPlane;
  /** Nothing of either plane is left behind that the other one obeys, and both layers can be asked. */
  readonly isWithin: boolean;
}

/** What there is in a cluster besides the manifests. */
export interface Around {
  readonly settings?: Parameters<typeof meshFrom>[1];
  /** What controllers make of the manifests. */
  readonly act?: (manifests: readonly object[]) => readonly object[];
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
export function mixedStates(build: Build, { before, after }: Pick<Step, 'before' | 'after'>, cluster: Around = {}): MixedState[] {
  const { act = (manifests) => manifests, settings } = cluster;
  const [old, now] = [before, after].map((plane) => act(meshOf(build(plane)).manifests));
  const changed = rolledOut(old, now);
  const states = changed.length > 3 ? eitherOr(changed) : everyProgress(changed);
  return states.map((state) => ({
    name: [...state].map(([name, progress]) => `${name} ${progress}`).join(', '),
    mesh: meshFrom(
      rolling(old, now, (name) => state.get(name)!),
      settings,
    ),
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

/** What a pod or somebody else asks at every moment of a migration, and what has to come of it: nothing, or the shares of those who answer. */
export interface Question {
  /** `shop/web-v1`: all its pods, old and new. */
  readonly from: string | Caller;
  readonly to: Request['to'];
  readonly line?: Partial<Omit<Request, 'from' | 'to'>>;
  readonly shares?: Readonly<Record<string, number>>;
  /** The authorizer that is asked about it. */
  readonly asks?: string;
}

/** Questions that are not answered as they have to be in some mixture of old and new pods. */
export async function wrongAnswers(build: Build, step: Step, questions: readonly Question[], around: Around = {}): Promise<string[]> {
  const found: string[] = [];
  for (const { name, mesh } of mixedStates(build, step, around)) {
    const asked = questions.flatMap((one) => callersOf(mesh, one).map((from) => ({ one, request: { from, to: one.to, ...one.line } })));
    const answers = await mesh.answers(asked.map(({ request }) => request));
    answers.forEach((answer, index) => {
      const { one, request } = asked[index];
      const [got, wanted] = [textOf(answer), wantedText(one)];
      if (got !== wanted) found.push(`${name}: ${JSON.stringify(request)} is ${got} by ${answer.by}, and has to be ${wanted}`);
    });
  }
  return found;
}

/** Shares of workloads, old pods and new ones together. */
export function sharesByWorkload(answer: Answer): Readonly<Record<string, number>> {
  const shares: Record<string, number> = {};
  for (const [workload, share] of Object.entries(sharesOf(answer)).sort()) {
    const name = workload.replace(/-old$/, '');
    shares[name] = Math.round((shares[name] ?? 0) + share);
  }
  return shares;
}

function textOf(answer: Answer): string {
  if (!answer.allowed) return 'refused';
  const providers = [...new Set((answer.asks ?? []).map(({ provider }) => provider))];
  return JSON.stringify([sharesByWorkload(answer), ...providers]);
}

function wantedText({ shares, asks }: Question): string {
  if (!shares) return 'refused';
  return JSON.stringify([Object.fromEntries(Object.entries(shares).sort()), ...(asks === undefined ? [] : [asks])]);
}

function callersOf(mesh: MeshUnderTest, { from }: Question): Caller[] {
  return typeof from === 'string' ? podsOf(mesh, from).map((workload) => ({ workload })) : [from];
}

/** Workloads of that name, `shop/web-v1`, that there are by now: the old pods of a rollout stand beside the new ones. */
export function podsOf({ manifests }: MeshUnderTest, workload: string): string[] {
  const all = manifests as ReadonlyArray<{
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace?: string };
  }>;
  const names = all.filter(({ kind }) => MAKERS.includes(kind)).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  return names.filter((name) => name.replace(/-old$/, '') === workload);
}
