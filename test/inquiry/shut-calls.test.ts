import { ApiObject } from 'cdk8s';
import { DataPlane, type ICallee, MeshedService, MeshPort, UnmeshedService } from 'istio-constructs';
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

  const ports = [MeshPort.tcp(5432, { targetPort: 15432 })];
  const elsewhere: Readonly<Record<string, (parts: Shop) => ICallee>> = {
    'outside the mesh': ({ shop: scope }) =>
      new UnmeshedService(scope, 'db', { host: 'db.databases.svc.cluster.local', ports, podLabels: { app: 'db' } }),
    'of another program': ({ chart }) =>
      MeshedService.fromAttributes(chart, 'db', { namespaceName: 'databases', ports, dataPlane: jwtPlane }),
  };

  it.each(Object.entries(elsewhere))('is none to a Service %s, of whose pods the manifests say nothing', (_, calleeOf) => {
    const parts = shop({ dataPlane: jwtPlane });
    parts.cart.calls(calleeOf(parts));
    add(parts, 'AuthorizationPolicy', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['elsewhere'] } }] }] });
    expect(shut(parts)).toEqual([]);
  });

  it('is none that may arrive with a good token', () => {
    const parts = shop({ dataPlane: jwtPlane });
    parts.product.calls(parts.cart);
    add(parts, 'RequestAuthentication', { jwtRules: [{ issuer: ISSUER, jwksUri: `${ISSUER}/keys` }] });
    add(parts, 'AuthorizationPolicy', { action: 'DENY', rules: [{ from: [{ source: { notRequestPrincipals: ['*'] } }] }] });
    expect(shut(parts)).toEqual([]);
  });
});
