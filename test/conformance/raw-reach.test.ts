import fc from 'fast-check';
import { withoutNetwork } from './agreement';
import { meshFrom } from './mesh-under-test';
import type { Answer } from './answer';
import { classProbes, type Probe } from './raw/class-probes';
import { byPods } from './raw/differences';
import { rawMeshes } from './raw/mesh';
import type { Written } from './raw/pools';
import { diceOf } from './raw/questions';

const ABOUT = (process.env.RAW_ABOUT ?? 'access,gateway-api').split(',');
const MESHES = Number(process.env.REACH_MESHES ?? 20);
const SEED = Number(process.env.RAW_SEED ?? 20261201);
const PAIRS = 8;

/** What istiod decides otherwise than the class in which a request lies; nothing of a mesh that the judge has no model for. */
async function misjudged(
  mesh: readonly Written[],
): Promise<{ readonly asked: number; readonly hosts: number; readonly wrong: readonly string[] }> {
  const { cluster: read, answers } = meshFrom(mesh);
  const cluster = withoutNetwork(read);
  const probes = classProbes(cluster, diceOf(JSON.stringify([SEED, mesh])), PAIRS);
  const said = await answers(probes.map(({ request }) => byPods(cluster, request))).catch((error: Error) => {
    if (!error.message.includes('not modelled')) throw error;
    return undefined;
  });
  if (!said) return { asked: 0, hosts: 0, wrong: [] };
  const wrong = probes.filter((probe, index) => probe.allowed !== arrives(probe, said[index]));
  const hosts = probes.filter(({ request }) => request.addressed).length;
  return { asked: probes.length, hosts, wrong: wrong.map((probe) => JSON.stringify({ ...probe, mesh })) };
}

/** What ends at another Service does not arrive at the one that is asked about. */
function arrives({ request: { to }, isForAnother }: Probe, { allowed, ways }: Answer): boolean {
  const isElsewhere = isForAnother && ways.every(({ host }) => !('host' in to) || host !== to.host);
  return allowed && !isElsewhere;
}

describe('classes of requests in manifests that somebody wrote', () => {
  let hosts = 0;

  it.each(ABOUT)(
    'fare as istiod has it, and so does what lies beside them: %s',
    async (about) => {
      let asked = 0;
      for (const mesh of fc.sample(rawMeshes[about], { numRuns: MESHES, seed: SEED })) {
        const found = await misjudged(mesh);
        asked += found.asked;
        hosts += found.hosts;
        expect(found.wrong).toEqual([]);
      }
      expect(asked).toBeGreaterThan(MESHES * 20);
    },
    120 * 60_000,
  );

  // Of the areas, policies in `access` tell requests by hosts too.
  it('are asked about for hosts that clients write', () => {
    expect(hosts).toBeGreaterThan(0);
  });
});
