import { forEachPlane } from '../for-each-plane';
import { type Attempt, isForManifests } from '../hostile/attempt';
import { KINDS } from '../hostile/attempts';
import { SIGNATURES } from '../hostile/attempts/signatures';
import { fortress } from '../hostile/fortress';
import { GRANTED } from '../hostile/granted';
import { decide } from '../../lib/verdict/decide';
import type { Answer } from './answer';
import { judged } from './judged';
import { meshFrom, type MeshUnderTest } from './mesh-under-test';

/** Istiod lets it in, and so does the network layer, which istiod knows nothing of. */
function getsIn({ cluster }: MeshUnderTest, { request }: Attempt, { allowed, ways }: Answer): boolean {
  const isLetIn = allowed || ways.some((way) => way.allowed);
  const network = decide(cluster, request);
  return isLetIn && (network.allowed || network.layer !== 'network');
}

/** What gets in of all that is tried. */
async function insiders(mesh: MeshUnderTest, attempts: readonly Attempt[]): Promise<string[]> {
  const answers = await mesh.answers(attempts.map(({ request }) => request));
  return attempts.filter((attempt, index) => getsIn(mesh, attempt, answers[index])).map(({ what }) => what);
}

const asked = KINDS.filter((kind) => kind !== SIGNATURES);

/** A kind of objects, and what gets in where they are lost; what one layer has lost another may still hold. */
const LOSSES = {
  sidecar: [['AuthorizationPolicy', 'an account of the shop whose name begins like the cart’s reads products']],
  ambient: [
    ['AuthorizationPolicy', 'an account of the shop whose name begins like the cart’s reads products'],
    ['NetworkPolicy', 'payments dial the metadata of the cloud'],
  ],
};

describe('the fortress', () => {
  forEachPlane((plane) => {
    const mesh = judged(fortress(plane.dataPlane).chart);

    it('lets in every call that it grants', async () => {
      const answers = await (await mesh).answers(GRANTED.map(({ request }) => request));
      const shut = GRANTED.filter((_, index) => !answers[index].allowed);
      expect(shut.map(({ what }) => what)).toEqual([]);
    });

    it.each(asked.map(({ title, attempts }) => [title, attempts] as const))('%s is refused', async (_, attempts) => {
      expect(await insiders(await mesh, attempts.filter(isForManifests))).toEqual([]);
    });

    it.each(plane.of(LOSSES))('is open without its objects of kind %s', async (kind, attempt) => {
      const kept = (await mesh).manifests.filter((object) => (object as { kind: string }).kind !== kind);
      const attempts = asked.flatMap((one) => one.attempts).filter(isForManifests);
      expect(await insiders(meshFrom(kept), attempts)).toContain(attempt);
    });
  });
});
