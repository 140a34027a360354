import { ApiObject, type Chart } from 'cdk8s';
import { Callers, MeshNamespace, MeshReport, ServiceIdentity, ZeroTrustNamespace } from 'istio-constructs';
import { callersShutIn } from '../../../lib/rules/identity/callers-shut-in';
import { findingCodes, newChart, service } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const reason = 'reports read prices';
const found = (chart: Chart) => MeshReport.of(chart).findings.filter(({ code }) => code === 'MESH234');

function pods(chart: Chart, name: string, labels: Record<string, string>, serviceAccountName: string): void {
  const spec = { serviceAccountName, containers: [{ name: 'app', image: 'registry.example.com/app:1' }] };
  const template = { metadata: { labels }, spec };
  const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'billing' } };
  new ApiObject(chart, name, { ...manifest, spec: { selector: { matchLabels: labels }, template } });
}

describe(callersShutIn.title, () => {
  forEachPlane(({ dataPlane }) => {
    const program = () => {
      const chart = newChart();
      const product = service(new ZeroTrustNamespace(chart, 'shop', { dataPlane }), 'product');
      return { chart, product };
    };

    it('is told of a closed namespace of which nobody calls', () => {
      const { chart, product } = program();
      service(new ZeroTrustNamespace(chart, 'billing', { dataPlane }), 'reports');
      product.access.allow(Callers.ofNamespace('billing'), { reason });
      expect(found(chart)).toMatchObject([
        { level: 'warning', path: 'test/shop/product', text: expect.stringContaining('Deployment billing/reports-v1 held back by') },
      ]);
    });

    it('is silent where somebody there says that it calls, and where the namespace is open, empty or of others', () => {
      const { chart, product } = program();
      service(new ZeroTrustNamespace(chart, 'billing', { dataPlane }), 'reports').calls(product);
      service(new MeshNamespace(chart, 'open', { dataPlane }), 'web');
      new ZeroTrustNamespace(chart, 'empty', { dataPlane });
      for (const name of ['billing', 'open', 'empty', 'elsewhere']) product.access.allow(Callers.ofNamespace(name), { reason });
      expect(found(chart)).toEqual([]);
    });

    it('is silent about a refusal', () => {
      const { chart, product } = program();
      service(new ZeroTrustNamespace(chart, 'billing', { dataPlane }), 'reports');
      product.access.deny(Callers.ofNamespace('billing'));
      expect(found(chart)).toEqual([]);
    });

    it('leaves pods under an account to MESH220', () => {
      const { chart, product } = program();
      new ZeroTrustNamespace(chart, 'billing', { dataPlane });
      pods(chart, 'reports', { app: 'job' }, 'reports');
      pods(chart, 'archive', { app: 'job' }, 'archive');
      product.access.allow(ServiceIdentity.of('billing', 'reports', { dataPlane }));
      expect(findingCodes(chart)).toContain('MESH220');
      expect(found(chart)).toEqual([]);
    });
  });
});
