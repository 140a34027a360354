import fc from 'fast-check';
import { disagreement, questionsAbout, withoutNetwork } from './agreement';
import { meshFrom } from './mesh-under-test';
import { type World, manifestsOf, world } from './mesh-worlds';

const WORLDS = { numRuns: Number(process.env.WORLDS ?? 500), seed: Number(process.env.RAW_SEED ?? 20260827) };

/** The property tests of the library trust what lib/verdict says of manifests; here it has to say what istiod says. */
describe('the evaluator of the property tests', () => {
  it(
    `agrees with istiod on every request in ${WORLDS.numRuns} meshes, whole and with an object lost`,
    async () => {
      let asked = 0;
      const agrees = async (one: World): Promise<void> => {
        const mesh = meshFrom(manifestsOf(one));
        const cluster = withoutNetwork(mesh.cluster);
        const requests = questionsAbout(cluster);
        const answers = await mesh.answers(requests);
        asked += requests.length;
        expect(requests.flatMap((request, index) => lineOf(request, disagreement(cluster, request, answers[index])))).toEqual([]);
      };
      await fc.assert(fc.asyncProperty(world, agrees), WORLDS);
      expect(asked).toBeGreaterThan(100_000);
    },
    120 * 60_000,
  );
});

const lineOf = (request: object, difference: string | undefined): string[] =>
  difference ? [`${JSON.stringify(request)}: ${difference}`] : [];
