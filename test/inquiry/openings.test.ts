import { ApiObject } from 'cdk8s';
import { inquiryOf } from '../../lib/rules/inquiries';
import { openingsOf } from '../../lib/inquiry/openings';
import { assemble } from '../../lib/assembly/assemble';
import { type Shop, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

const openings = ({ chart }: Shop) => openingsOf(inquiryOf(assemble(chart)));

describe('a way that a program does not have', () => {
  forEachPlane((plane) => {
    it('is found with a request that takes it, once a door', () => {
      const parts = shop(plane);
      const spec = { selector: { matchLabels: { app: 'cart' } }, rules: [{ to: [{ operation: { ports: ['8080'] } }] }] };
      new ApiObject(parts.chart, 'added', {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'added', namespace: 'shop' },
        spec,
      });
      expect(openings(parts).map(({ service, door, decision }) => [service.key, door.name, decision.by])).toEqual([
        ['service:shop/cart', 'cart.shop.svc.cluster.local:8080', 'AuthorizationPolicy shop/added'],
        ['service:shop/cart', 'port 8080 of the pods of Deployment shop/cart-v1', 'AuthorizationPolicy shop/added'],
      ]);
    });

    it('is none where only the network layer was opened', () => {
      const parts = shop(plane);
      const spec = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] };
      new ApiObject(parts.chart, 'added', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'added', namespace: 'shop' },
        spec,
      });
      expect(openings(parts)).toEqual([]);
    });
  });
});
