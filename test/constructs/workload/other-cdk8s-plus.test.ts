import { ApiObject, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-33';
import { HttpAccess, MeshedService, MeshPort, ZeroTrustNamespace } from 'istio-constructs';
import { findingCodes, grant, manifest, names, newChart, principal, service, spec } from '../../builders';
import { forEachPlane, type PlaneUnderTest } from '../../for-each-plane';

const ports = [MeshPort.http(80, { targetPort: 8080 })];

/** A workload as a program writes it that uses a newer cdk8s-plus than our peer, and its service in the mesh. */
function adopted({ dataPlane }: PlaneUnderTest): { chart: Chart; shop: ZeroTrustNamespace; legacy: MeshedService } {
  const chart = newChart();
  const shop = new ZeroTrustNamespace(chart, 'shop', { dataPlane });
  const deployment = new kplus.Deployment(shop, 'workload', {
    metadata: { name: 'legacy' },
    replicas: 2,
    containers: [{ image: 'registry.example.com/legacy:1', portNumber: 8080, securityContext: { ensureNonRoot: true, user: 1000 } }],
  });
  deployment.exposeViaService({ name: 'legacy-old', ports: [{ name: 'http', port: 8080 }] });
  return { chart, shop, legacy: MeshedService.fromWorkload(shop, 'legacy', ApiObject.of(deployment), { ports }) };
}

describe('a workload by another version of cdk8s-plus', () => {
  forEachPlane((plane) => {
    it('gets what the mesh needs, and keeps its own', () => {
      const { chart } = adopted(plane);
      const { replicas, template } = spec(chart, 'Deployment', 'legacy') as { replicas: number; template: Record<string, any> };
      expect(replicas).toBe(2);
      expect(template.metadata.labels).toMatchObject({ app: 'legacy', version: 'v1', 'cdk8s.io/metadata.addr': expect.any(String) });
      expect(template.spec.serviceAccountName).toBe('legacy');
      expect(template.spec.containers).toMatchObject([
        { image: 'registry.example.com/legacy:1', ports: [{ containerPort: 8080, name: 'http' }], securityContext: { runAsUser: 1000 } },
      ]);
    });

    it('is called, closed and found by its own Service like any other', () => {
      const { chart, shop, legacy } = adopted(plane);
      service(shop, 'cart').calls(legacy, { http: [HttpAccess.get('/items/*')] });
      expect(names(chart, 'Service')).toEqual(expect.arrayContaining(['shop/legacy', 'shop/legacy-old']));
      expect(manifest(chart, 'Deployment', 'legacy').metadata.namespace).toBe('shop');
      expect(JSON.stringify(grant(chart, 'legacy'))).toContain(principal('shop', 'cart'));
      expect(findingCodes(shop)).toEqual([]);
    });
  });
});
