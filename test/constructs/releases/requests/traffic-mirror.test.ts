import { DataPlane, MeshPort, RequestMatch, TrafficMirror, type TrafficMirrorProps } from 'istio-constructs';
import { names, service, shop, spec } from '../../../builders';
import { forEachPlane } from '../../../for-each-plane';
import { expectRefusal } from '../../../support/refusal';

const V3 = { version: 'v3', image: 'registry.example.com/cart:3' };

describe('TrafficMirror', () => {
  forEachPlane((plane) => {
    it('makes pods that get copies and no requests', () => {
      const one = shop(plane);
      const mirror = new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirror: V3, percentage: 10 });
      expect(names(one.chart, 'Deployment')).toContain('shop/cart-v3');
      expect([mirror.tryDeployment?.name, mirror.objects.map(({ kind }) => kind)]).toEqual(['cart-v3', ['Deployment']]);
      const { http, rules } = spec(one.chart, plane.of({ sidecar: 'VirtualService', ambient: 'HTTPRoute' }), 'cart') as Record<
        string,
        any[]
      >;
      const [{ route, backendRefs, mirrors, filters }] = http ?? rules;
      expect((route ?? backendRefs).map(({ weight }: { weight: number }) => weight)).toEqual([100, 0]);
      expect(mirrors?.[0].percentage.value ?? filters[0].requestMirror.percent).toBe(10);
    });

    it('makes no pods where another service gets the copies', () => {
      const one = shop(plane);
      const mirror = new TrafficMirror(one.shop, 'shadow', { service: one.cart, mirrorService: one.product });
      expect([mirror.tryDeployment, mirror.objects]).toEqual([undefined, []]);
    });
  });

  const world = () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    return { ...one, db: service(one.shop, 'db', { ports: [MeshPort.mysql(3306)] }) };
  };
  type Props = (one: ReturnType<typeof world>) => Partial<TrafficMirrorProps>;

  it.each<[string, Props, string, string, string]>([
    ['without a place for copies', () => ({}), 'MESH766', 'set mirror', 'neither'],
    ['with two of them', (one) => ({ mirror: V3, mirrorService: one.product }), 'MESH766', 'set mirror', 'mirror and mirrorService'],
    ['to the service itself', (one) => ({ mirrorService: one.cart }), 'MESH767', 'another service', 'cart itself'],
    ['to a service that reads no HTTP', (one) => ({ mirrorService: one.db }), 'MESH768', 'MeshPort.http', 'db, which has no HTTP port'],
    ['of a service that reads no HTTP', (one) => ({ service: one.db, mirror: V3 }), 'MESH060', 'MeshPort.http', 'a mirror for'],
    ['of a share that is none', () => ({ mirror: V3, percentage: 101 }), 'MESH088', 'within these bounds', 'mirror of 101 %'],
    ['to the version that serves', () => ({ mirror: { ...V3, version: 'v1' } }), 'MESH056', 'for example v2', 'v1'],
    ['to pods that are not there', () => ({ mirror: { ...V3, replicas: 0 } }), 'MESH075', '1 or more', 'replicas: 0 with copies'],
    [
      'of an empty list of matches',
      (one) => ({ mirrorService: one.product, match: [] as RequestMatch[] }),
      'MESH091',
      'at least one match',
      'match: []',
    ],
  ])('fails %s', (_, props, code, fix, got) => {
    const one = world();
    expectRefusal(() => new TrafficMirror(one.shop, 'refused', { service: one.cart, ...props(one) }), {
      path: 'test/shop/refused',
      code,
      fix,
      got,
    });
  });
});
