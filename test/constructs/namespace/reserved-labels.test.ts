import { Chart, App } from 'cdk8s';
import { DataPlane, IngressGateway, MeshNamespace, Waypoint, ZeroTrustNamespace } from 'istio-constructs';
import { newChart, service, spec } from '../../builders';
import { expectRefusal } from '../../support/refusal';

const OWN = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode', 'istio.io/use-waypoint', 'istio.io/use-waypoint-namespace'];

describe('labels of a namespace', () => {
  it.each(OWN)('fail for %p, which its data plane says', (label) => {
    const props = { dataPlane: DataPlane.sidecar(), labels: { [label]: 'disabled' } };
    const refusal = { code: 'MESH034', path: 'test/shop', fix: 'drop the label', got: `label ${label}: disabled` };
    expectRefusal(() => new MeshNamespace(newChart(), 'shop', props), refusal);
    expectRefusal(() => new ZeroTrustNamespace(newChart(), 'shop', props), refusal);
  });
});

describe('labels of a chart', () => {
  it('do not reach the pods of waypoints and gateways, which a Service could then select', () => {
    const chart = new Chart(new App(), 'test', { labels: { app: 'cart' } });
    const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane: DataPlane.ambient({ waypoint: Waypoint.ALWAYS }) });
    new IngressGateway(shop, 'gateway', { tlsSecret: 'cert' }).expose(service(shop, 'cart'), { host: 'shop.example.com' });
    const infrastructure = { labels: { 'app.kubernetes.io/managed-by': 'istio-constructs' } };
    expect(spec(chart, 'Gateway', 'waypoint')).toMatchObject({ infrastructure });
    expect(spec(chart, 'Gateway', 'gateway')).toMatchObject({ infrastructure });
  });
});
