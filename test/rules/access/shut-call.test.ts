import { ApiObject, JsonPatch } from 'cdk8s';
import { DataPlane, HttpAccess, MeshReport } from 'istio-constructs';
import { shutCall } from '../../../lib/rules/access/shut-call';
import { edgeGateway, type Shop, shop } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const { code } = shutCall;

/** Cart may call product for its products, and payment for anything. */
function calling(plane: PlaneUnderTest): Shop {
  const parts = shop(plane);
  parts.cart.calls(parts.product, { http: [HttpAccess.get('/products/*')] });
  parts.cart.calls(parts.payment);
  return parts;
}

const found = ({ chart }: Shop) => MeshReport.of(chart).findings.filter((finding) => finding.code === code);

function raw({ chart }: Shop, apiVersion: string, kind: string, namespace: string, spec: object): void {
  new ApiObject(chart, `added-${kind}`, { apiVersion, kind, metadata: { name: 'added', namespace }, spec });
}

const AP = ['security.istio.io/v1', 'AuthorizationPolicy'] as const;

describe(shutCall.title, () => {
  forEachPlane((plane) => {
    it('takes what the constructs write', () => {
      expect(found(calling(plane))).toEqual([]);
    });

    it('fails at a refusal of the caller', () => {
      const parts = calling(plane);
      const principals = ['cluster.local/ns/shop/sa/cart'];
      raw(parts, ...AP, 'payments', {
        action: 'DENY',
        selector: { matchLabels: { app: 'payment' } },
        rules: [{ from: [{ source: { principals } }] }],
      });
      expect(found(parts)).toMatchObject([
        { path: 'test/added-AuthorizationPolicy', text: expect.stringContaining('shop/cart may call payments/payment') },
      ]);
    });

    it('takes a refusal of something that nobody declared', () => {
      const parts = calling(plane);
      const rules = [{ to: [{ operation: { ports: ['9999'] } }] }];
      raw(parts, ...AP, 'payments', { action: 'DENY', selector: { matchLabels: { app: 'payment' } }, rules });
      expect(found(parts)).toEqual([]);
    });

    it('fails at a refusal of the gateway through which a service is exposed', () => {
      const parts = calling(plane);
      edgeGateway(parts.chart, plane.dataPlane).expose(parts.product, { host: 'shop.example.com' });
      expect(found(parts)).toEqual([]);
      const selector = { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'gateway' } };
      raw(parts, ...AP, 'edge', { action: 'DENY', selector, rules: [{}] });
      expect(found(parts)).toMatchObject([{ path: 'test/added-AuthorizationPolicy' }]);
    });

    it('takes a refusal of some of the requests that are meant', () => {
      const parts = calling(plane);
      const attached = plane.of<object>({
        sidecar: { selector: { matchLabels: { app: 'product' } } },
        ambient: { targetRefs: [{ group: '', kind: 'Service', name: 'product' }] },
      });
      raw(parts, ...AP, 'shop', { ...attached, action: 'DENY', rules: [{ to: [{ operation: { paths: ['/products/1'] } }] }] });
      expect(found(parts)).toEqual([]);
    });

    it('fails where the pods run under another account, or the caller does', () => {
      const parts = calling(plane);
      ApiObject.of(parts.cart.deployment).addJsonPatch(JsonPatch.replace('/spec/template/spec/serviceAccountName', 'robot'));
      expect(found(parts)).toHaveLength(2);
    });

    it('fails where a port no longer speaks what the call asks for', () => {
      const parts = calling(plane);
      ApiObject.of(parts.product.service).addJsonPatch(JsonPatch.replace('/spec/ports/0/appProtocol', 'tcp'));
      expect(found(parts)).toHaveLength(1);
    });

    it('fails where a network policy keeps the caller in', () => {
      const parts = calling(plane);
      const deployment = parts.cart.deployment;
      ApiObject.of(deployment).addJsonPatch(JsonPatch.replace('/spec/template/metadata/labels/app', 'basket'));
      expect(found(parts).length).toBeGreaterThan(0);
    });

    it('speaks of a rule that turns mutual TLS off for all hosts', () => {
      const parts = calling(plane);
      raw(parts, 'networking.istio.io/v1', 'DestinationRule', 'istio-system', {
        host: '*.local',
        trafficPolicy: { tls: { mode: 'DISABLE' } },
      });
      const paths = found(parts).map(({ path }) => path);
      expect(paths).toEqual(plane.of({ sidecar: ['test/added-DestinationRule'], ambient: [] }));
    });
  });

  it('fails where a label takes the Service from its waypoint, for the pods let in nobody else', () => {
    const parts = shop({ dataPlane: DataPlane.ambient() });
    parts.cart.calls(parts.product, { http: [HttpAccess.get('/products/*')] });
    parts.product.service.metadata.addLabel('istio.io/use-waypoint', 'none');
    expect(found(parts).map(({ path }) => path)).toEqual(['test/shop/cart']);
  });
});
