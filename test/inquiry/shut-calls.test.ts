import { ApiObject } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { assemble } from '../../lib/assembly/assemble';
import { shutCallsOf } from '../../lib/inquiry/shut-calls';
import { inquiryOf } from '../../lib/rules/inquiries';
import { type Shop, shop } from '../builders';
import { forEachPlane } from '../for-each-plane';

const shut = ({ chart }: Shop) => shutCallsOf(inquiryOf(assemble(chart)));

const jwtPlane = DataPlane.sidecar();
const ISSUER = 'https://id.example.com';
const SELECTOR = { matchLabels: { app: 'cart' } };
const add = ({ chart }: Shop, kind: string, spec: object) =>
  new ApiObject(chart, kind, {
    apiVersion: 'security.istio.io/v1',
    kind,
    metadata: { name: 'added', namespace: 'shop' },
    spec: { selector: SELECTOR, ...spec },
  });

describe('a call that never arrives', () => {
  forEachPlane((plane) => {
    it('is told with what refused it', () => {
      const parts = shop(plane);
      parts.product.calls(parts.cart);
      add(parts, 'AuthorizationPolicy', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] });
      expect(shut(parts).map(({ call, decision }) => [call.caller.name, decision.by])).toEqual([
        ['product', 'AuthorizationPolicy shop/added'],
      ]);
    });

    it('is none that the program refuses itself', () => {
      const parts = shop(plane);
      parts.product.calls(parts.cart);
      parts.cart.access.deny(parts.product);
      add(parts, 'AuthorizationPolicy', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] });
      expect(shut(parts)).toEqual([]);
    });
  });

  it('is none that arrives with a good token', () => {
    const parts = shop({ dataPlane: jwtPlane });
    parts.product.calls(parts.cart);
    add(parts, 'RequestAuthentication', { jwtRules: [{ issuer: ISSUER, jwksUri: `${ISSUER}/keys` }] });
    add(parts, 'AuthorizationPolicy', { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] });
    expect(shut(parts)).toEqual([]);
  });
});
