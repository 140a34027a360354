import { HttpAccess, JwtIssuer, MeshNamespace, Verdicts } from 'istio-constructs';
import { edgeGateway, newChart, service, shop } from '../../builders';
import { forEachPlane } from '../../for-each-plane';
import * as made from '../../verdict/fixtures';

const told = (mesh: Verdicts, callee: string) =>
  mesh.doorsTo(callee).map(({ kind, callers, callee: to }) => `${kind} ${callers.join()} > ${to}`);
const ofPieces = (...pieces: string[]) => Verdicts.ofYaml(pieces.join('\n---\n').replace(/(---\s*)+/g, '---\n'));

describe('doors', () => {
  forEachPlane((plane) => {
    it('are none to what only its callers may call', () => {
      const { chart, cart, product } = shop(plane);
      cart.calls(product, { http: [HttpAccess.get('/items/*')] });
      expect(Verdicts.of(chart).doorsTo('product')).toEqual([]);
    });

    it('are gateways with what they let in, and whether it has a token', () => {
      const { chart, product } = shop(plane);
      const gateway = edgeGateway(chart, plane.dataPlane);
      gateway.expose(product, { host: 'shop.example.com', port: 8080 });
      const [open, ...others] = Verdicts.of(chart).doorsTo('product');
      expect(others.map(({ kind }) => kind)).toEqual([]);
      expect(open).toMatchObject({ kind: 'gateway', callers: ['edge/gateway'], hasToken: false, mtls: true });
      expect(open.madeBy).toMatchObject({ kind: 'Gateway', name: 'gateway' });
      expect(open.callee).toMatch(/^shop\.example\.com:(80|443)$/);

      const other = shop(plane);
      const issuer = JwtIssuer.of({ issuer: 'https://id.example.com', audiences: ['shop'] });
      edgeGateway(other.chart, plane.dataPlane).expose(other.product, { host: 'shop.example.com', port: 8080, user: { issuer } });
      const withToken = Verdicts.of(other.chart).doorsTo('product');
      expect(withToken.map(({ hasToken }) => hasToken)).toEqual(withToken.map(() => true));
      expect(withToken.length).toBeGreaterThan(0);
    });

    it('of an open service are anybody in the mesh and, as plaintext is taken there, anybody else', () => {
      const chart = newChart();
      service(new MeshNamespace(chart, 'open', { dataPlane: plane.dataPlane, mtls: undefined }), 'wiki');
      const doors = Verdicts.of(chart).doorsTo('wiki');
      expect(doors.every(({ allowed }) => allowed.length > 0)).toBe(true);
      expect(doors.flatMap(({ callers }) => callers)).toContain('pod:open');
    });
  });

  const SHOP = [made.namespace('shop', made.SIDECAR), made.namespace('web', made.SIDECAR), made.CART];
  const GRANT = made.policy(
    'cart',
    'selector: {matchLabels: {app: cart}}, rules: [{from: [{source: {principals: [cluster.local/ns/web/sa/web]}}]}]',
  );

  it('are ports of nodes, past every gateway', () => {
    const outer = made.service('cart-lb', 'app: cart', { port: '{name: http, port: 80, targetPort: 8080}', extra: ', type: NodePort' });
    const doors = ofPieces(...SHOP, outer).doorsTo('cart');
    const [door] = doors.filter(({ kind }) => kind === 'outer port');
    expect(door).toMatchObject({
      callers: ['outside'],
      callee: 'shop/cart-lb:80',
      mtls: false,
      hasToken: false,
      madeBy: { name: 'cart-lb' },
    });
    expect(door.text).toBe('outer port: outside -> shop/cart-lb:80 any method, any path, to 80, without a token, not over mutual TLS');
    expect(told(ofPieces(...SHOP, outer, GRANT), 'cart')).toEqual([]);
  });

  it('are no ways of somebody outside to a Service that is open to nobody there', () => {
    expect(ofPieces(...SHOP).ask({ caller: 'outside', callee: 'cart' })).toMatchObject({
      allowed: false,
      layer: 'routing',
      decidedBy: { name: 'cart' },
    });
  });

  it('are plaintext, which STRICT closes, and anybody with an identity, which it does not', () => {
    expect(told(ofPieces(...SHOP), 'cart')).toEqual([
      'service pod:elsewhere,plain:shop,plain:web > shop/cart:8080',
      'service pod:shop,pod:web,meshed:elsewhere > shop/cart:8080',
    ]);
    expect(told(ofPieces(...SHOP, made.STRICT), 'cart')).toEqual(['service pod:shop,pod:web,meshed:elsewhere > shop/cart:8080']);
    expect(told(ofPieces(...SHOP, GRANT), 'cart')).toEqual([]);
  });

  it('are pods by their address and other Services, past the waypoint that closes the Service', () => {
    const ambient = [
      made.namespace('shop', made.BEHIND_WAYPOINT),
      made.waypoint('service'),
      made.CART,
      made.deployment('web', 'web', 'v1'),
      made.P1,
      made.STRICT,
    ];
    const alias = made.service('alias', 'app: cart', { labels: 'istio.io/use-waypoint: none' });
    // A sidecar goes by no waypoint, wherever its namespace may be.
    expect(told(ofPieces(...ambient, alias), 'cart')).toEqual([
      'service meshed:elsewhere > shop/cart:8080',
      'other service shop/web > shop/alias:8080',
      'other service pod:shop > shop/alias:8080',
      'pod address shop/web > pod:shop/cart-v1:8080',
      'pod address pod:shop > pod:shop/cart-v1:8080',
      'pod address shop/web > pod:shop/cart-v2:8080',
      'pod address pod:shop > pod:shop/cart-v2:8080',
    ]);
    expect(told(ofPieces(...ambient, made.P2), 'cart')).toEqual([]);
  });

  it('are told of where NetworkPolicies shut them', () => {
    const closed = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: cart, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}]}]}
`;
    expect(told(ofPieces(...SHOP, closed), 'cart')).toEqual([]);
    const outer = made.service('cart-lb', 'app: cart', { extra: ', type: NodePort' });
    expect(told(ofPieces(...SHOP, closed.replace(', podSelector: {matchLabels: {app: web}}', ''), outer), 'cart')).not.toContain(
      'outer port outside > shop/cart-lb:8080',
    );
  });

  it('are asked about by names that are there', () => {
    expect(() => ofPieces(...SHOP).doorsTo('basket')).toThrow('MESH895');
  });
});
