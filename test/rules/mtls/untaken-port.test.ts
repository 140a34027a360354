import { untakenPort } from '../../../lib/rules/mtls/untaken-port';
import { findings, raw } from '../model-builder';
import { namespace } from '../in-few-words';

const EXCLUDED = 'traffic.sidecar.istio.io/excludeInboundPorts';
const SHOP = (annotations: string, plane = 'istio-injection: enabled') => `${namespace('shop', plane)}
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { ${annotations} } }
    spec: { containers: [{ name: cart, image: a:1, ports: [{ containerPort: 8080 }] }] }
`;
const CLOSED = '---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: closed, namespace: shop }\nspec: {}\n';
const STRICT =
  '---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: default, namespace: shop }\nspec: { mtls: { mode: STRICT } }\n';

const found = (text: string) => findings(untakenPort, { objects: raw(text) });

describe(untakenPort.title, () => {
  it.each<[string, string, string, string]>([
    [`${EXCLUDED}: '9090,8080'`, 'istio-injection: enabled', CLOSED, 'AuthorizationPolicy shop/closed holds'],
    [
      `${EXCLUDED}: '8080'`,
      'istio-injection: enabled',
      CLOSED + STRICT,
      'AuthorizationPolicy shop/closed and STRICT of PeerAuthentication shop/default hold',
    ],
    [
      `traffic.sidecar.istio.io/includeInboundPorts: '9090'`,
      'istio-injection: enabled',
      STRICT,
      'STRICT of PeerAuthentication shop/default holds',
    ],
    [
      `ambient.istio.io/bypass-inbound-capture: 'true'`,
      'istio.io/dataplane-mode: ambient',
      CLOSED,
      'AuthorizationPolicy shop/closed holds',
    ],
  ])('tells of %s', (annotations, plane, said, lost) => {
    expect(found(SHOP(annotations, plane) + said)).toMatchObject([
      {
        message: `Deployment shop/cart has its proxy leave port 8080 alone, to which a Service leads: ${lost} for nothing there, and whoever reaches the pod gets in`,
      },
    ]);
  });

  it.each<[string, string]>([
    ['another port', SHOP(`${EXCLUDED}: '9090'`) + CLOSED + STRICT],
    ['pods of which nobody has said anything', SHOP(`${EXCLUDED}: '8080'`)],
    ['pods outside the mesh', SHOP(`${EXCLUDED}: '8080'`, 'istio-injection: disabled') + CLOSED],
    ['a proxy that takes all', SHOP(`traffic.sidecar.istio.io/includeInboundPorts: '*'`) + CLOSED + STRICT],
  ])('takes %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
});
