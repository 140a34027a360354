import { checkMeshes } from './raw/checked';

/** RAW_ABOUT=routes RAW_MESHES=500 RAW_SEED=7: about something else, more of them, and others. */
const ABOUT = (process.env.RAW_ABOUT ?? 'access,gateway-api,doors').split(',');
const MESHES = Number(process.env.RAW_MESHES ?? 75);
const SEED = Number(process.env.RAW_SEED ?? 20261130);
const REQUESTS = 40;

describe('manifests that somebody wrote, whoever that was', () => {
  it.each(ABOUT)(
    'mean to the evaluator what they mean to istiod: %s',
    async (about) => {
      const { asked, untold, unjudged, differences } = await checkMeshes(about, MESHES, REQUESTS, SEED);
      expect(differences).toEqual([]);
      expect(asked).toBeGreaterThan(MESHES * 20);
      // What it cannot tell is an honest answer, and a rare one.
      expect(untold / asked).toBeLessThan(0.04);
      expect(unjudged.length).toBeLessThanOrEqual(MESHES * 0.05);
    },
    60 * 60_000,
  );
});
