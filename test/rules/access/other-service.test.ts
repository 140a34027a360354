import { ApiObject, JsonPatch } from 'cdk8s';
import { DataPlane, HttpAccess, MeshNamespace, MeshReport, ZeroTrustNamespace } from 'istio-constructs';
import { openedWay } from '../../../lib/rules/access/opened-way';
import { otherService } from '../../../lib/rules/access/other-service';
import { newChart, service } from '../../builders';

const dataPlane = DataPlane.ambient();

/** A service behind a waypoint, in an open namespace unless said otherwise, and what stands beside it. */
function found(
  add: { kind: string; metadata?: object; spec: object },
  Namespace: typeof MeshNamespace | typeof ZeroTrustNamespace = MeshNamespace,
) {
  const chart = newChart();
  const shop = new Namespace(chart, 'shop', { dataPlane });
  service(shop, 'web').calls(service(shop, 'cart'), { http: [HttpAccess.get('/cart')] });
  const apiVersion = add.kind === 'Service' ? 'v1' : 'networking.istio.io/v1';
  new ApiObject(chart, 'other', { apiVersion, ...add, metadata: { name: 'other', namespace: 'shop', ...add.metadata } });
  return MeshReport.of(chart).findings.filter(({ code }) => code === otherService.code);
}

const PORTS = [{ name: 'http', port: 80, targetPort: 8080 }];
const ALIAS = { kind: 'Service', spec: { selector: { app: 'cart' }, ports: PORTS } };
const ENTRY = {
  kind: 'ServiceEntry',
  spec: {
    hosts: ['cart.example.com'],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    ports: [{ number: 80, name: 'http', protocol: 'HTTP', targetPort: 8080 }],
    workloadSelector: { labels: { app: 'cart' } },
  },
};
const labelled = (value: string) => ({ ...ALIAS, metadata: { labels: { 'istio.io/use-waypoint': value } } });

describe(otherService.title, () => {
  it('takes it where the waypoint refuses what no policy opens', () => {
    expect(found(ALIAS, ZeroTrustNamespace)).toEqual([]);
    expect(found(ENTRY, ZeroTrustNamespace)).toEqual([]);
  });

  it('takes a Service that uses no waypoint, for ztunnel refuses there', () => {
    expect(found(labelled('none'))).toEqual([]);
  });

  it('takes a Service for other pods', () => {
    expect(found({ ...ALIAS, spec: { selector: { app: 'web' }, ports: PORTS } })).toEqual([]);
  });

  it('takes a Service that the policies name as well, as they do every Service over the pods', () => {
    expect(found(ALIAS)).toEqual([]);
    expect(found(labelled('waypoint'))).toEqual([]);
  });

  it('fails at a ServiceEntry that leads to the pods', () => {
    expect(found(ENTRY)).toMatchObject([
      { path: 'test/other', text: expect.stringMatching(/got: cart.example.com:80\n.*use-waypoint: none/) },
    ]);
  });

  it('leaves a waypoint that is for pods as well to another rule', () => {
    const chart = newChart();
    const shop = new MeshNamespace(chart, 'shop', { dataPlane });
    service(shop, 'web').calls(service(shop, 'cart'), { http: [HttpAccess.get('/cart')] });
    MeshReport.of(chart);
    const objects = chart.node.findAll().filter((node): node is ApiObject => ApiObject.isApiObject(node));
    const waypoint = objects.find(({ kind }) => kind === 'Gateway')!;
    waypoint.addJsonPatch(JsonPatch.replace('/metadata/labels/istio.io~1waypoint-for', 'all'));
    const codes = MeshReport.of(chart).findings.map(({ code }) => code);
    expect(codes).toContain(openedWay.code);
    expect(codes).not.toContain(otherService.code);
  });
});
