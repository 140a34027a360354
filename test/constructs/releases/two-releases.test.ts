import { CanaryRelease, type CanaryReleaseProps, RequestMatch } from 'istio-constructs';
import { grant, names, shop, type Shop, spec } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

type Rule = Readonly<Record<string, any>>;
type Releases = ReadonlyArray<readonly [version: string, props: Partial<CanaryReleaseProps>]>;

function released(plane: PlaneUnderTest, releases: Releases): Shop {
  const one = shop(plane);
  for (const [version, props] of releases) {
    const canary = { version, image: `registry.example.com/cart:${version}` };
    new CanaryRelease(one.shop, `cart-${version}`, { service: one.cart, canary, ...props });
  }
  return one;
}

/** Of each rule, in order, the versions with their shares. */
function sharesOf({ chart }: Shop, plane: PlaneUnderTest): unknown[] {
  const { http, rules } = spec(chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart') as Record<string, Rule[]>;
  const bySubset = ({ route }: Rule) => route.map(({ destination, weight }: Rule) => [destination.subset, weight ?? 1]);
  const byService = ({ backendRefs }: Rule) => backendRefs.map(({ name, weight }: Rule) => [name.replace('cart-', ''), weight]);
  return http?.map(bySubset) ?? rules.map(byService);
}

describe('two releases of one service', () => {
  forEachPlane((plane) => {
    it('take a share each, and leave the rest to the stable version', () => {
      const both: Releases = [
        ['v2', { weight: 10 }],
        ['v3', { weight: 5 }],
      ];
      const shares = [
        ['v1', 85],
        ['v2', 10],
        ['v3', 5],
      ];
      expect(sharesOf(released(plane, both), plane)).toEqual([shares]);
      expect(sharesOf(released(plane, [...both].reverse()), plane)).toEqual([shares]);
    });

    it('have one route, and a way to each of three versions', () => {
      const one = released(plane, [
        ['v2', { weight: 10 }],
        ['v3', { weight: 5 }],
      ]);
      one.product.calls(one.cart);
      expect([...names(one.chart, 'VirtualService'), ...names(one.chart, 'HTTPRoute')]).toEqual(['shop/cart']);
      const versions = ['v1', 'v2', 'v3'];
      const subsets = names(one.chart, 'DestinationRule').map(
        (name) => spec(one.chart, 'DestinationRule', name.replace('shop/', '')).subsets,
      );
      expect(subsets).toEqual(plane.of<unknown>({ sidecar: [versions.map((name) => ({ name, labels: { version: name } }))], ambient: [] }));
      const { targetRefs } = grant(one.chart, 'cart') as { targetRefs?: Rule[] };
      const services = ['cart', 'cart-v1', 'cart-v2', 'cart-v3'];
      expect(targetRefs?.map(({ name }) => name)).toEqual(plane.of<unknown>({ sidecar: undefined, ambient: services }));
    });

    it.each<[string, Releases]>([
      [
        'more than all requests between them',
        [
          ['v2', { weight: 60 }],
          ['v3', { weight: 41 }],
        ],
      ],
      [
        'the same requests, one among others',
        [
          ['v2', { weight: 0, match: [RequestMatch.header('x-tester', '1'), RequestMatch.path('/beta')] }],
          ['v3', { weight: 0, match: [RequestMatch.path('/beta')] }],
        ],
      ],
    ])('fail the synth where they take %s, and both are named', (_, releases) => {
      const { chart } = released(plane, releases);
      expect(() => chart.toJson()).toThrow(/MESH314[\s\S]*cart-v2[\s\S]*two-releases\.test\.ts[\s\S]*cart-v3/);
    });

    // Requests of testers for the beta pages: both match, and the longer path is the narrower match on either plane.
    it('ask the narrowest match first, each of several by itself, whichever release was declared first', () => {
      const testers: Releases[number] = ['v2', { weight: 0, match: [RequestMatch.header('x-tester', '1'), RequestMatch.path('/beta')] }];
      const beta: Releases[number] = ['v3', { weight: 0, match: [RequestMatch.pathPrefix('/beta')] }];
      const [v2, v3] = ['v2', 'v3'].map((version) => [[version, 1]]);
      const rest = [
        ['v1', 100],
        ['v2', 0],
        ['v3', 0],
      ];
      expect(sharesOf(released(plane, [testers, beta]), plane)).toEqual([v2, v3, v2, rest]);
      expect(sharesOf(released(plane, [beta, testers]), plane)).toEqual([v2, v3, v2, rest]);
    });
  });
});
