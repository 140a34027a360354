import { type MeshedServiceProps, RequestMatch, Routing } from 'istio-constructs';
import { MeshGraph } from '../../../lib/graph/mesh-graph';
import { partyOf } from '../../../lib/graph/party-of';
import { defineFeature } from '../../../lib/planes/features/route-feature';
import { edgeGateway, findingCodes, names, shop, type Shop, spec } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

/** Percent of requests that are answered with an error, to see who bears it. HTTPRoute has no words for that. */
interface ToyFault {
  readonly percent: number;
}

defineFeature<ToyFault>({
  key: 'toyFault',
  title: 'toy fault',
  needsHttp: true,
  inRoute: { istio: ({ percent }) => ({ fault: { abort: { httpStatus: 503, percentage: { value: percent } } } }) },
});

const ABORT = { fault: { abort: { httpStatus: 503, percentage: { value: 10 } } } };
const TESTERS = RequestMatch.header('x-tester', '1');

/** A shop in which somebody says the feature of the cart's requests from testers. */
function shopWithFault(plane: PlaneUnderTest, cart: Partial<MeshedServiceProps> = {}): Shop {
  const one = shop(plane, cart);
  const graph = MeshGraph.of(one.chart);
  const { key } = partyOf(one.chart, one.cart, graph);
  const toyFault: ToyFault = { percent: 10 };
  graph.addRoute({ service: key, by: 'fault', path: 'test/shop/fault', matches: [TESTERS._facts], ...{ toyFault } });
  return one;
}

describe('a feature that stands in one place', () => {
  forEachPlane((plane) => {
    it('is in a rule of the VirtualService for the requests that are meant, and in no other', () => {
      const { chart } = shopWithFault(plane);
      const host = 'cart.shop.svc.cluster.local';
      const route = [{ destination: { host, port: { number: 8080 } } }];
      expect(spec(chart, 'VirtualService', 'cart')).toEqual({
        hosts: [host],
        http: [
          { name: 'fault-match', match: [{ headers: { 'x-tester': { exact: '1' } } }], ...ABORT, route },
          { name: 'fault-split', route },
        ],
      });
      expect(names(chart, 'HTTPRoute')).toEqual([]);
    });

    it('brings the waypoint where one is needed to do it', () => {
      expect(names(shop(plane).chart, 'Gateway')).toEqual([]);
      expect(names(shopWithFault(plane).chart, 'Gateway')).toEqual(plane.of({ sidecar: [], ambient: ['shop/waypoint'] }));
      expect(findingCodes(shopWithFault(plane).chart)).toEqual(plane.of({ sidecar: [], ambient: ['MESH310'] }));
    });

    it('fails the synth where an API is asked for by name that has no words for it', () => {
      const { chart } = shopWithFault(plane, { routing: Routing.gatewayApi() });
      expect(findingCodes(chart)).toContain('MESH309');
      expect(() => chart.toJson()).toThrow(/MESH309[\s\S]*got: toy fault/);
    });

    it('is lost to requests through a gateway that routes by itself, which a finding says', () => {
      const one = shopWithFault(plane);
      edgeGateway(one.chart, plane.dataPlane).expose(one.cart, { host: 'shop.example.com' });
      expect(findingCodes(one.chart)).toEqual(plane.of({ sidecar: ['MESH401'], ambient: ['MESH310'] }));
      expect(JSON.stringify(spec(one.chart, 'HTTPRoute', 'cart-gateway'))).not.toContain('503');
    });

    it('leaves everything as it was where nobody says it', () => {
      expect(names(shop(plane).chart, 'VirtualService')).toEqual([]);
    });
  });
});
