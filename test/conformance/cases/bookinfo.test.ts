import { App } from 'cdk8s';
import { Bookinfo } from '../../../apps/bookinfo/bookinfo';
import { forEachPlane } from '../../for-each-plane';
import { judged } from '../judged';
import { type MeshUnderTest, withNetwork } from '../mesh-under-test';
import { enter, sharesOf } from '../requests';
import { expectOnly } from '../who-calls-whom';

const SITE = 'https://bookinfo.example.com';
const FROM_THE_PAGE = { from: { workload: 'bookinfo/productpage-v1' } };
const TO_REVIEWS = { to: { host: 'reviews.bookinfo.svc.cluster.local', port: 9080 }, path: '/reviews/0' };
const JASON = { headers: { 'end-user': 'jason' } };

describe('Bookinfo', () => {
  forEachPlane(({ dataPlane, of }) => {
    let mesh: MeshUnderTest;

    beforeAll(async () => {
      mesh = await judged(new Bookinfo(new App(), 'bookinfo', { dataPlane }));
    });

    it('lets in the calls that it declares, and nobody else', async () => {
      const allowed = [
        { from: 'bookinfo/productpage', to: 'bookinfo/details', only: ['GET /details/1'] },
        { from: 'bookinfo/productpage', to: 'bookinfo/reviews', only: ['GET /reviews/1'] },
        { from: 'bookinfo/reviews', to: 'bookinfo/ratings', only: ['GET /ratings/1'] },
      ];
      await expectOnly(mesh, allowed);
      await expectOnly(withNetwork(mesh), allowed);
    });

    it('lets readers see its pages, and nothing behind them', async () => {
      const open = ['/productpage', '/static/styles.css', '/login', '/logout', '/api/v1/products/0/reviews'];
      const shut = ['/', '/productpages', '/metrics', '/api/v1', '/reviews/0', '/ratings/0'];
      const answers = await mesh.answers([...open, ...shut].map((path) => enter(`${SITE}${path}`)));
      expect(answers.map(({ allowed }) => allowed)).toEqual([...open.map(() => true), ...shut.map(() => false)]);
    });

    it('shows half of the readers red stars, the others none, and jason black ones', async () => {
      const answers = await mesh.answers([
        { ...FROM_THE_PAGE, ...TO_REVIEWS },
        { ...FROM_THE_PAGE, ...TO_REVIEWS, ...JASON },
      ]);
      expect(answers.map(sharesOf)).toEqual([{ 'bookinfo/reviews-v1': 50, 'bookinfo/reviews-v3': 50 }, { 'bookinfo/reviews-v2': 100 }]);
    });

    it('has whoever sends the requests to the ratings obey the raw route for jason', async () => {
      const request = {
        from: { workload: 'bookinfo/reviews-v2' },
        to: { host: 'ratings.bookinfo.svc.cluster.local', port: 9080 },
        path: '/ratings/0',
        ...JASON,
      };
      const { allowed, legs } = await mesh.answer(request);
      expect({ allowed, legs }).toMatchObject({
        allowed: true,
        legs: [
          {
            at: of({ sidecar: 'sidecar bookinfo/reviews-v2', ambient: 'waypoint bookinfo/waypoint' }),
            by: 'VirtualService bookinfo/ratings',
          },
        ],
      });
    });
  });
});
