import { checkMeshes } from './raw/checked';
import { seedOfEvaluator } from './raw/seed';

/** RAW_ABOUT=routes,doors RAW_MESHES=500 RAW_SEED=7: about some things alone, more of them, and others. */
const ABOUT = (process.env.RAW_ABOUT ?? 'access,gateway-api,routes,doors').split(',');
/** Of each area, and from each seed. */
const MESHES = Number(process.env.RAW_MESHES ?? 75);
const FIXED = 20261130;
const SEEDS = [process.env.RAW_SEED === 'sources' ? seedOfEvaluator() : Number(process.env.RAW_SEED ?? FIXED)];
const REQUESTS = 40;

const CASES = ABOUT.flatMap((about) => SEEDS.map((seed) => [about, seed] as const));

describe('manifests that somebody wrote, whoever that was', () => {
  it.each(CASES)(
    'mean to the evaluator what they mean to istiod: %s from seed %i',
    async (about, seed) => {
      const { asked, untold, unjudged, differences } = await checkMeshes(about, MESHES, REQUESTS, seed);
      expect(differences).toEqual([]);
      expect(asked).toBeGreaterThan(MESHES * 20);
      // What it cannot tell is an honest answer, and a rare one.
      expect(untold / asked).toBeLessThan(0.04);
      expect(unjudged.length).toBeLessThanOrEqual(MESHES * 0.05);
    },
    120 * 60_000,
  );
});
