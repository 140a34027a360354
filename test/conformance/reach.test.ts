import fc from 'fast-check';
import type { Cluster } from '../../lib/cluster/cluster';
import { servicesOf } from '../../lib/cluster/services/services';
import { workloadsOf } from '../../lib/cluster/workloads/workloads';
import { reachOf } from '../../lib/verdict/reach/reach';
import type { Request } from '../../lib/verdict/requests/request';
import { withoutNetwork } from './agreement';
import { meshFrom } from './mesh-under-test';
import { manifestsOf, world } from './mesh-worlds';

interface Probe {
  readonly request: Request;
  readonly allowed: boolean;
}

/** A request of each class, and so of all that lie around it. */
function probesOf(cluster: Cluster): Probe[] {
  return workloadsOf(cluster).flatMap(({ key }) =>
    servicesOf(cluster).flatMap(({ hosts, ports }) =>
      ports.flatMap(({ number }) => {
        const reach = reachOf(cluster, { from: [{ workload: key }], to: { host: hosts[0], port: number } })!;
        const told = reach.classes.filter(({ answer }) => answer.unknown === undefined);
        return told.flatMap(({ values, tokens, answer }) =>
          membersOf(values).map((member) => ({ request: reach.requestOf([...member, tokens[0]]), allowed: answer.allowed })),
        );
      }),
    ),
  );
}

/** The values of a box one by one, each beside the first of all others. */
function membersOf(values: readonly (readonly number[])[]): number[][] {
  const first = values.map(([one]) => one);
  const others = values.flatMap((some, index) => some.slice(1).map((one) => first.map((at, place) => (place === index ? one : at))));
  return [first, ...others];
}

const WORLDS = { numRuns: Number(process.env.REACH_MESHES ?? 30), seed: Number(process.env.RAW_SEED ?? 20261130) };

describe('classes of requests', () => {
  it(
    `fare as istiod has it, one of each and of every value in it, in ${WORLDS.numRuns} meshes`,
    async () => {
      let asked = 0;
      const agrees = async (one: Parameters<typeof manifestsOf>[0]): Promise<void> => {
        const mesh = meshFrom(manifestsOf(one));
        const probes = probesOf(withoutNetwork(mesh.cluster));
        const answers = await mesh.answers(probes.map(({ request }) => request));
        asked += probes.length;
        expect(probes.filter(({ allowed }, index) => allowed !== answers[index].allowed)).toEqual([]);
      };
      await fc.assert(fc.asyncProperty(world, agrees), WORLDS);
      expect(asked).toBeGreaterThan(1000);
    },
    60 * 60_000,
  );
});
