import { HttpAccess, Mesh, PathNormalization } from 'istio-constructs';
import { decide } from '../../../lib/verdict/decide';
import { shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Answer } from '../answer';
import { judgedUnder } from '../judged';
import { call } from '../requests';

const [NONE, BASE, MERGE_SLASHES] = [PathNormalization.NONE, PathNormalization.BASE, PathNormalization.MERGE_SLASHES] as const;
const DECODE_AND_MERGE_SLASHES = PathNormalization.DECODE_AND_MERGE_SLASHES;

/** As clients write it: what is `/admin/debug`, or below it, in the eyes of some servers; and what no policy can name, but for how paths are put in order. */
const BELOW = [
  '/admin/debug',
  '/admin/debug/',
  '/admin/debug/1',
  '/admin/debug;x',
  '/admin/debug%3Bx',
  '/admin/debug%2F1',
  '/admin/debug%5c1',
];
const SLASHES = [
  '//admin/debug',
  '/admin//debug',
  '/admin///debug/1',
  '/;x/admin/debug',
  '/admin/;x/debug',
  '/%2Fadmin/debug',
  '/admin%2fdebug',
];
const DOTS = ['/a/../admin/debug', '/admin/%2e/debug', '/%61dmin/debug', '/admin/deb%75g', '/a/..;x/admin/debug', '/admin\\debug'];
const DECODED = ['/a%2F..%2Fadmin/debug', '/a%5C..%5Cadmin%5Cdebug'];
const UNTOLD = ['/ADMIN/debug', '/admin;x/debug'];
/** A sidecar makes `..;` of it, and the next one goes up: only where one proxy alone looks at the path does it pass. */
const ONCE = ['/a/%2e%2e;/admin/debug'];
const OTHERS = ['/', '/admin', '/admin/', '/admin/debugger', '/admin/users', '/about/admin/debug', '/admin/users//1', '/?at=/admin/debug'];

interface Asked {
  readonly answers: readonly Answer[];
  /** The same, by the library's own reading of the manifests. */
  readonly verdicts: readonly boolean[];
}

async function asked({ dataPlane }: PlaneUnderTest, pathNormalization: PathNormalization, paths: readonly string[]): Promise<Asked> {
  const { chart, cart, product } = shop({ dataPlane });
  new Mesh(chart, 'mesh', { pathNormalization });
  cart.calls(product);
  product.access.denyAnyone({ http: [HttpAccess.anyMethod('/admin/debug')] });
  const mesh = await judgedUnder({ pathNormalization }, chart);
  const requests = paths.map((path) => call(cart, product, { path }));
  return { answers: await mesh.answers(requests), verdicts: requests.map((request) => decide(mesh.cluster, request).allowed) };
}

async function passing(plane: PlaneUnderTest, normalization: PathNormalization, paths: readonly string[]): Promise<string[]> {
  const { answers, verdicts } = await asked(plane, normalization, paths);
  expect(answers.map(({ allowed }) => allowed)).toEqual(verdicts);
  return paths.filter((_, index) => answers[index].allowed);
}

describe('a refusal by path', () => {
  forEachPlane((plane) => {
    it.each([BASE, MERGE_SLASHES, DECODE_AND_MERGE_SLASHES])(
      'holds for all below it, however it is written, under %s',
      async (normalization) => {
        expect(await passing(plane, normalization, [...BELOW, ...SLASHES, ...DOTS])).toEqual([]);
      },
    );

    it.each([NONE, BASE, MERGE_SLASHES, DECODE_AND_MERGE_SLASHES])('leaves every other path, under %s', async (normalization) => {
      expect(await passing(plane, normalization, OTHERS)).toEqual(OTHERS);
    });

    it('holds for slashes that are not written as such where proxies decode them', async () => {
      expect(await passing(plane, DECODE_AND_MERGE_SLASHES, DECODED)).toEqual([]);
      expect(await passing(plane, MERGE_SLASHES, DECODED)).toEqual(DECODED);
      expect(await passing(plane, BASE, DECODED)).toEqual(DECODED);
    });

    it('is passed by what MESH259 tells of', async () => {
      expect(await passing(plane, DECODE_AND_MERGE_SLASHES, UNTOLD)).toEqual(UNTOLD);
      expect(await passing(plane, DECODE_AND_MERGE_SLASHES, ONCE)).toEqual(plane.of({ sidecar: [], ambient: ONCE }));
      expect(await passing(plane, NONE, [...BELOW, ...SLASHES])).toEqual([]);
      expect(await passing(plane, NONE, DOTS)).toEqual(DOTS);
    });
  });
});
