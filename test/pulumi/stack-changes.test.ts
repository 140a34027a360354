import { isDeepStrictEqual } from 'util';
import { MeshProgram } from 'istio-constructs-pulumi';
import { type Changes, changes } from './changes';
import { changesIn, type PlaneName, programsIn, type Programs } from './stack-changes';
import { deploy, type Registered } from './stack';

const registered = async (programs: Programs): Promise<readonly Registered[]> =>
  (await deploy(() => programs.forEach(([name, build, options]) => new MeshProgram(name, build, options)))).resources;

const sorted = ({ created = [], updated = [], deleted = [] }: Partial<Changes>): Changes => ({
  created: [...created].sort(),
  updated: [...updated].sort(),
  deleted: [...deleted].sort(),
});

const ROWS = (['sidecar', 'ambient'] as const).flatMap((plane) => changesIn(plane).map((change) => ({ plane, ...change })));

describe('a stack of which', () => {
  it.each(ROWS)('$what does what that needs and no more ($plane)', async ({ plane, from, to, toPlane = plane, does }) => {
    const before = await registered(at(plane, from));
    const after = await registered(at(toPlane, to));
    expect(sorted(changes(before, after))).toEqual(sorted(does));
    if (toPlane === plane) expect(restarted(before, after)).toEqual([]);
  });
});

/** Workloads of both whose pods are made anew. */
function restarted(before: readonly Registered[], after: readonly Registered[]): string[] {
  const pods = new Map(before.map(({ name, type, inputs }) => [`${type} ${name}`, inputs.spec?.template]));
  const kept = after.filter(({ name, type }) => pods.has(`${type} ${name}`));
  return kept
    .filter(({ name, type, inputs }) => !isDeepStrictEqual(pods.get(`${type} ${name}`), inputs.spec?.template))
    .map(({ name }) => name);
}

function at(plane: PlaneName, name: string): Programs {
  const programs = programsIn(plane)[name];
  if (programs) return programs;
  throw new Error(`no programs ${name}`);
}
