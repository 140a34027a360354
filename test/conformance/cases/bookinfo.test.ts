import { App } from 'cdk8s';
import { Bookinfo } from '../../../apps/bookinfo/bookinfo';
import { type StageName, STAGES } from '../../../apps/bookinfo/stages';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import type { Answer, Leg } from '../answer';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SITE = 'https://bookinfo.example.com';
const JASON = { headers: { 'end-user': 'jason' } };
const ANYBODY = {};

const ask = (workload: string, service: string) => ({
  from: { workload: `bookinfo/${workload}` },
  to: { host: `${service}.bookinfo.svc.cluster.local`, port: 9080 },
  path: `/${service}/0`,
});
const reviews = (who: object) => ({ ...ask('productpage-v1', 'reviews'), ...who });
const ratings = (who: object) => ({ ...ask('reviews-v2', 'ratings'), ...who });
const details = () => ask('productpage-v1', 'details');

const only = (version: string) => ({ [`bookinfo/reviews-${version}`]: 100 });

const ALLOWED = [
  { from: 'bookinfo/productpage', to: 'bookinfo/details', only: ['GET /details/1'] },
  { from: 'bookinfo/productpage', to: 'bookinfo/reviews', only: ['GET /reviews/1'] },
  { from: 'bookinfo/reviews', to: 'bookinfo/ratings', only: ['GET /ratings/1'] },
];

const meshAt = async ({ dataPlane }: PlaneUnderTest, stage?: StageName): Promise<MeshUnderTest> =>
  judged(new Bookinfo(new App(), 'bookinfo', { dataPlane, stage }));

const faultOf = ({ legs }: Answer): Leg['fault'] => legs.at(-1)?.fault;

describe('Bookinfo', () => {
  forEachPlane((plane) => {
    it('lets readers see its pages, and nothing behind them', async () => {
      const open = ['/productpage', '/static/styles.css', '/login', '/logout', '/api/v1/products/0/reviews'];
      const shut = ['/', '/productpages', '/metrics', '/api/v1', '/reviews/0', '/ratings/0'];
      const mesh = await meshAt(plane);
      const answers = await mesh.answers([...open, ...shut].map((path) => enter(`${SITE}${path}`)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([...open.map(() => true), ...shut.map(() => false)]);
    });

    it.each(Object.keys(STAGES) as StageName[])('lets in the calls that it declares, and nobody else, at stage %s', async (stage) => {
      const mesh = await meshAt(plane, stage);
      await expectOnly(mesh, ALLOWED);
      await expectOnly(withNetwork(mesh), ALLOWED);
    });
  });
});

describe('a stage of Bookinfo', () => {
  forEachPlane((plane) => {
    it.each<[StageName, object, object]>([
      ['all-v1', only('v1'), only('v1')],
      ['jason-v2', only('v1'), only('v2')],
      ['slow-ratings', only('v1'), only('v2')],
      ['failing-ratings', only('v1'), only('v2')],
      ['half-v3', halves('v1', 'v3'), halves('v1', 'v3')],
      ['all-v3', only('v3'), only('v3')],
      ['timeout', only('v2'), only('v2')],
      ['mirror', only('v1'), only('v1')],
      ['circuit-breaking', only('v1'), only('v1')],
    ])('%s shows readers and jason the reviews that Istio’s task shows them', async (stage, anybody, jason) => {
      const mesh = await meshAt(plane, stage);
      const answers = await mesh.answers([reviews(ANYBODY), reviews(JASON)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
      expect(answers.map(sharesOf)).toEqual([anybody, jason]);
    });

    it('slow-ratings holds jason’s requests up for seven seconds, and nobody else’s, whoever sends them', async () => {
      const mesh = await meshAt(plane, 'slow-ratings');
      const answers = await mesh.answers([ratings(ANYBODY), ratings(JASON)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, true]);
      expect(answers.map(faultOf)).toEqual([undefined, { delay: '7s', delayed: 100 }]);
      const at = plane.of({ sidecar: 'sidecar bookinfo/reviews-v2', ambient: 'waypoint bookinfo/waypoint' });
      expect(answers[1].legs).toMatchObject([{ at, by: 'VirtualService bookinfo/ratings' }]);
    });

    it('failing-ratings answers jason with 500 in place of the ratings, and nobody else', async () => {
      const mesh = await meshAt(plane, 'failing-ratings');
      const answers = await mesh.answers([ratings(ANYBODY), ratings(JASON)]);
      expect(answers.map(({ allowed }) => allowed)).toEqual([true, false]);
      expect(answers.map(faultOf)).toEqual([undefined, { status: 500, aborted: 100 }]);
    });

    it('timeout waits half a second for reviews whose ratings take two', async () => {
      const mesh = await meshAt(plane, 'timeout');
      const answers = await mesh.answers([reviews(ANYBODY), ratings(ANYBODY), details()]);
      expect(answers.map(({ legs }) => legs.at(-1)?.timeout)).toEqual(['500ms', undefined, undefined]);
      expect(answers.map(faultOf)).toEqual([undefined, { delay: '2s', delayed: 100 }, undefined]);
    });

    it('mirror sends v2 a copy of each request, lets it in, and answers with v1', async () => {
      const mesh = await meshAt(plane, 'mirror');
      const { copies } = await mesh.answer(reviews(ANYBODY));
      expect(copies).toMatchObject([{ workload: 'bookinfo/reviews-v2', weight: 100, allowed: true }]);
    });

    it('circuit-breaking limits what a caller may load the details with, and leaves out pods that fail', async () => {
      const mesh = await meshAt(plane, 'circuit-breaking');
      const { ways } = await mesh.answer(details());
      const outlierDetection = { consecutive5xxErrors: 1, interval: '1s', baseEjectionTime: '3m', maxEjectionPercent: 100 };
      expect(ways).toMatchObject([
        { cluster: { maxConnections: 1, maxPendingRequests: 1, maxRequestsPerConnection: 1, outlierDetection } },
      ]);
    });
  });
});

function halves(...versions: readonly string[]): Record<string, number> {
  return Object.fromEntries(versions.map((version) => [`bookinfo/reviews-${version}`, 50]));
}
