import { MeshNamespace, MeshReport } from 'istio-constructs';
import { ApiObject, type Chart } from 'cdk8s';
import { type Manifest, newChart, service } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';
import { meshFrom } from '../mesh-under-test';
import { call } from '../requests';

/** Cart, and the name `product`, whose requests a route sends on to another name for a host outside. */
function aliased({ dataPlane, of }: PlaneUnderTest): { readonly chart: Chart; readonly request: ReturnType<typeof call> } {
  const chart = newChart();
  const shop = new MeshNamespace(chart, 'shop', { dataPlane });
  const [cart, product] = ['cart', 'product'].map((id) => service(shop, id));
  const metadata = (name: string) => ({ name, namespace: 'shop' });
  new ApiObject(chart, 'alias', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('api'),
    spec: { type: 'ExternalName', externalName: 'api.example.com', ports: [{ name: 'http', port: 8080 }] },
  } as never);
  const toAlias = of<object>({
    sidecar: {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: metadata('product'),
      spec: { hosts: ['product.shop.svc.cluster.local'], http: [{ route: [{ destination: { host: 'api', port: { number: 8080 } } }] }] },
    },
    ambient: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadata('product'),
      spec: {
        parentRefs: [{ group: '', kind: 'Service', name: 'product', port: 8080 }],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'api', port: 8080 }] }],
      },
    },
  });
  new ApiObject(chart, 'route', toAlias as never);
  return { chart, request: call(cart, product) };
}

function makeKnown(chart: Chart): void {
  new ApiObject(chart, 'entry', {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { hosts: ['api.example.com'], ports: [{ number: 8080, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' },
  } as never);
}

/** As they are, whatever the rules find. */
const objectsOf = (chart: Chart): Manifest[] => {
  MeshReport.of(chart);
  return chart.node.findAll().flatMap((node) => (ApiObject.isApiObject(node) ? [node.toJson() as Manifest] : []));
};

const codes = (chart: Chart): string[] => MeshReport.of(chart).findings.map(({ code }) => code);

describe('a route to an ExternalName Service', () => {
  forEachPlane((plane) => {
    it('leads nowhere as long as the mesh does not know its host, and at a waypoint never, as MESH434 says', async () => {
      const { chart, request } = aliased(plane);
      expect(codes(chart)).toContain('MESH434');
      makeKnown(chart);
      const manifests = objectsOf(chart);
      const unknown = meshFrom(manifests.filter(({ kind }) => kind !== 'ServiceEntry'));
      expect(await unknown.answer(request)).toMatchObject({ allowed: false, layer: 'routing' });
      const isTold = plane.of({ sidecar: false, ambient: true });
      expect(codes(chart).includes('MESH434')).toBe(isTold);
      expect(await meshFrom(manifests).answer(request)).toMatchObject({ allowed: !isTold });
    });
  });
});
