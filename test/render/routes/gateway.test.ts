import { renderIngressGateway, renderWaypoint } from '../../../lib/render/routes/gateway';

const LISTENER = { name: 'https', port: 443, tlsSecret: 'shop-cert', namespaces: ['payments', 'shop'] };
const LABELS = { 'app.kubernetes.io/managed-by': 'us' };

const ingress = () => renderIngressGateway(LISTENER, undefined);

describe('a Gateway at the edge', () => {
  it('is run by Istio, and decrypts with the certificate of its Secret', () => {
    expect(ingress()).toMatchObject({
      gatewayClassName: 'istio',
      listeners: [
        {
          name: 'https',
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: 'shop-cert' }] },
        },
      ],
    });
  });

  // Without a selector only routes of its own namespace attach; `All` would let any namespace answer for the host.
  it('takes HTTPRoutes of the namespaces that are exposed, and of no other', () => {
    expect(ingress().listeners![0].allowedRoutes).toEqual({
      kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
      namespaces: {
        from: 'Selector',
        selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['payments', 'shop'] }] },
      },
    });
  });
});

describe('a waypoint', () => {
  it('is a Gateway of its own class that speaks HBONE, which no route attaches to', () => {
    expect(renderWaypoint(undefined)).toEqual({
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', allowedRoutes: { namespaces: { from: 'Same' } } }],
    });
  });
});

describe('the pods of a Gateway', () => {
  it('have the labels that are given, and else those that Istio thinks of', () => {
    const infrastructure = { labels: LABELS };
    expect([renderIngressGateway(LISTENER, LABELS), renderWaypoint(LABELS)]).toMatchObject([{ infrastructure }, { infrastructure }]);
    expect([ingress().infrastructure, renderWaypoint(undefined).infrastructure]).toEqual([undefined, undefined]);
  });
});
