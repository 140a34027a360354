import { type ApiObject, JsonPatch } from 'cdk8s';
import {
  type CanaryReleaseProps,
  DataPlane,
  ForeignFields,
  MeshedService,
  MeshPort,
  MeshReport,
  RequestMatch,
  WeightsOwner,
} from 'istio-constructs';
import { canary, edgeGateway, shop, type Shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const HEADER = RequestMatch.header('x-canary', 'true');
const image = 'registry.example.com/cart:2';

/** Paths by kind and name of all objects of a service that lend some. */
function lent({ objects }: MeshedService): Record<string, string[]> {
  const lending = objects.filter((object) => ForeignFields.of(object).length > 0);
  return Object.fromEntries(lending.map((object) => [`${object.kind} ${object.name}`, ForeignFields.of(object)]));
}

function valueAt(object: ApiObject, path: string): unknown {
  return path.split(/[.[\]]+/).reduce((value: any, key) => value[key], object.toJson());
}

function released(plane: PlaneUnderTest, props: Partial<CanaryReleaseProps> = {}, cart: Parameters<typeof shop>[1] = {}): Shop {
  const one = shop(plane, cart);
  canary(one.cart, { weight: undefined, weightsOwnedBy: WeightsOwner.person('the shop team'), ...props });
  return one;
}

const subsets = (...routes: number[]) => routes.flatMap((route) => [0, 1].map((share) => `spec.http[${route}].route[${share}].weight`));
const services = (rule: number) => [0, 1].map((share) => `spec.rules[${rule}].backendRefs[${share}].weight`);

describe('weights that somebody else moves', () => {
  forEachPlane((plane) => {
    it('are lent by the route of the release, and by nothing else', () => {
      const { cart, product } = released(plane);
      expect(lent(cart)).toEqual(
        plane.of<object>({ sidecar: { 'VirtualService cart': subsets(0) }, ambient: { 'HTTPRoute cart': services(0) } }),
      );
      expect(lent(product)).toEqual({});
    });

    it('are lent behind the route of requests that match, which shares nothing', () => {
      const { cart } = released(plane, { match: [HEADER] });
      expect(lent(cart)).toEqual(
        plane.of<object>({ sidecar: { 'VirtualService cart': subsets(1) }, ambient: { 'HTTPRoute cart': services(1) } }),
      );
    });

    it('are lent by every port that speaks HTTP', () => {
      const { cart } = released(plane, {}, { ports: [MeshPort.http(80), MeshPort.grpc(90)] });
      const ambient = { 'HTTPRoute cart-http': services(0), 'HTTPRoute cart-grpc': services(0) };
      expect(lent(cart)).toEqual(plane.of<object>({ sidecar: { 'VirtualService cart': subsets(0, 1) }, ambient }));
    });

    it('are lent by the route of a gateway where that splits, whatever was declared first', () => {
      const inOrder = (first: (one: Shop) => void, second: (one: Shop) => void) => {
        const one = shop(plane);
        first(one);
        second(one);
        return lent(one.cart);
      };
      const expose = ({ chart, cart }: Shop) => edgeGateway(chart, plane.dataPlane).expose(cart, { host: 'shop.example.com' });
      const release = ({ cart }: Shop) =>
        void canary(cart, { weight: 5, match: [HEADER], weightsOwnedBy: WeightsOwner.person('the shop team') });
      const expected = plane.of<object>({
        sidecar: { 'VirtualService cart': subsets(1), 'HTTPRoute cart-gateway': services(1) },
        ambient: { 'HTTPRoute cart': services(1) },
      });
      expect([inOrder(expose, release), inOrder(release, expose)]).toEqual([expected, expected]);
    });

    it.each<[Partial<CanaryReleaseProps>, number]>([
      [{}, 0],
      [{ weight: 5 }, 5],
      [{ steps: [10, 50], step: 1 }, 10],
    ])('begin with what the program says: %j', (props, weight) => {
      const one = shop(plane);
      const release = canary(one.cart, { weight: undefined, ...props, weightsOwnedBy: WeightsOwner.person('the shop team') });
      const [object] = one.cart.objects.filter((each) => ForeignFields.of(each).length > 0);
      expect(ForeignFields.of(object).map((path) => valueAt(object, path))).toEqual([100 - weight, weight]);
      expect([release.weight, release.weightsOwnedBy!.who]).toEqual([weight, 'the shop team']);
    });

    it('stay with the program unless it says whose they are', () => {
      const one = shop(plane);
      expect(canary(one.cart).weightsOwnedBy).toBeUndefined();
      expect(one.chart.node.findAll().flatMap((each) => ForeignFields.of(each as ApiObject))).toEqual([]);
    });

    it('are named in the report with their owner', () => {
      const { routes } = JSON.parse(MeshReport.of(released(plane).chart).toJson()) as { routes: object[] };
      expect(routes).toMatchObject([{ service: 'service:shop/cart', weightsOwnedBy: 'the shop team' }]);
    });
  });

  it('are where they stand after a patch, and come with a release that is later than its route', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() }, { retries: { attempts: 1 } });
    const [route] = one.cart.objects.filter(({ kind }) => kind === 'VirtualService');
    expect(ForeignFields.of(route)).toEqual([]);
    canary(one.cart, { canary: { version: 'v2', image }, weightsOwnedBy: WeightsOwner.person('the shop team') });
    expect(ForeignFields.of(route)).toEqual(subsets(0));
    route.addJsonPatch(JsonPatch.add('/spec/http/0', { name: 'first', route: [{ destination: { host: 'cart' } }] }));
    expect(ForeignFields.of(route)).toEqual(subsets(1));
  });

  it('are lent by a VirtualService at a waypoint too, in each of its routes', () => {
    const one = shop({ dataPlane: DataPlane.ambient() }, { retries: { attempts: 1, on: undefined } });
    canary(one.cart, { weightsOwnedBy: WeightsOwner.person('the shop team') });
    expect(lent(one.cart)).toEqual({ 'VirtualService cart': subsets(0) });
  });

  it('fail with a step of no steps', () => {
    const one = shop({ dataPlane: DataPlane.sidecar() });
    const act = () => canary(one.cart, { weight: undefined, step: 1, weightsOwnedBy: WeightsOwner.person('the shop team') });
    expect(act).toThrow('MESH054');
  });
});
