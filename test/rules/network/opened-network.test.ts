import { ApiObject } from 'cdk8s';
import { MeshedService, MeshPort, MeshReport, ZeroTrustNamespace } from 'istio-constructs';
import { openedNetwork } from '../../../lib/rules/network/opened-network';
import { shop, type Shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';

const { code } = openedNetwork;
const PROBES = { ipBlock: { cidr: '169.254.7.127/32' } };
const inNamespace = (name: string): object => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const http = [{ port: 8080 }];

function network({ chart }: Shop, spec: object, namespace = 'shop'): void {
  new ApiObject(chart, 'added', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'added', namespace },
    spec: { podSelector: {}, ...spec },
  });
}

const found = ({ chart }: Shop): string[] =>
  MeshReport.of(chart)
    .findings.filter((finding) => finding.code === code)
    .map(({ path, text }) => `${path}: ${/lets (.+) (?:in at|out of)/.exec(text)?.[1]}`);

/** The cart calls the products, and a job of somebody else runs beside. */
function calling(plane: Parameters<typeof shop>[0]): Shop {
  const parts = shop(plane);
  parts.cart.calls(parts.product);
  return parts;
}

describe(openedNetwork.title, () => {
  forEachPlane((plane) => {
    it.each<[string, object, string]>([
      ['everybody', { ingress: [{}] }, 'everybody'],
      ['everybody on the port of a service', { ingress: [{ ports: http }] }, 'everybody'],
      [
        'another namespace that no manifest has',
        { ingress: [{ from: [inNamespace('ops')], ports: http }] },
        'namespaces kubernetes.io/metadata.name=ops',
      ],
      ['pods of another namespace', { ingress: [{ from: [inNamespace('payments')] }] }, 'Deployment payments/payment-v1'],
      [
        'pods of its own namespace',
        { podSelector: { matchLabels: { app: 'cart' } }, ingress: [{ from: [{ podSelector: {} }] }] },
        'Deployment shop/product-v1',
      ],
      ['addresses', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }, '10.0.0.0/8'],
    ])('tells of one that lets in %s', (_, spec, who) => {
      const parts = calling(plane);
      network(parts, { policyTypes: ['Ingress'], ...spec });
      expect(found(parts)).toEqual([`test/added: ${who}`]);
    });

    it.each<[string, object]>([
      ['everywhere', {}],
      ['a block of addresses', { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] }],
    ])('tells of one that lets out to %s', (_, rule) => {
      const parts = calling(plane);
      network(parts, { policyTypes: ['Egress'], egress: [rule] });
      expect(found(parts)).toHaveLength(1);
    });

    it.each<[string, object]>([
      [
        'whoever calls as the program says',
        {
          podSelector: { matchLabels: { app: 'product' } },
          ingress: [{ from: [{ podSelector: { matchLabels: { app: 'cart' } } }], ports: http }],
        },
      ],
      ['a port of no service', { ingress: [{ ports: [{ port: 9999 }] }] }],
      ['nobody', { ingress: [] }],
      ['questions to DNS', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }] }],
      ['pods that no service has', { podSelector: { matchLabels: { app: 'other' } }, ingress: [{}] }],
    ])('takes one about %s', (_, spec) => {
      const parts = calling(plane);
      network(parts, { policyTypes: ['Ingress'], ...spec });
      expect(found(parts)).toEqual([]);
    });

    it('takes what the program itself says: a port in plaintext, anybody, the probes, and an open namespace', () => {
      const parts = calling(plane);
      const webhook = MeshPort.http(9443, { plaintext: 'the API server has no proxy' });
      new MeshedService(parts.shop, 'webhook', { image: 'registry.example.com/webhook:1.0.0', ports: [webhook] });
      network(parts, { podSelector: { matchLabels: { app: 'webhook' } }, ingress: [{ ports: [{ port: 9443 }] }] });
      expect(found(parts)).toEqual([]);

      const probed = calling(plane);
      network(probed, { ingress: [{ from: [PROBES], ports: http }] });
      expect(found(probed)).toEqual(plane.of({ sidecar: ['test/added: 169.254.7.127/32'], ambient: [] }));

      const elsewhere = calling(plane);
      network(elsewhere, { ingress: [{}] }, 'legacy');
      expect(found(elsewhere)).toEqual([]);
    });

    it('says it once of a policy over many services', () => {
      const parts = shop(plane);
      new ZeroTrustNamespace(parts.chart, 'quiet', { dataPlane: plane.dataPlane });
      network(parts, { ingress: [{}] });
      const [{ text }] = MeshReport.of(parts.chart).findings.filter((finding) => finding.code === code);
      expect(text).toContain('the pods of shop/cart, and so with 1 more');
    });
  });
});
