import { doorsOf, type ListenerFacts } from '../../../lib/model/edge/listener';
import { type OpenDoor, renderIngressGateway, renderWaypoint } from '../../../lib/render/routes/gateway';

const HTTPS: ListenerFacts = { kind: 'https', name: 'https', port: 443, hosts: [], certificate: { secretName: 'shop-cert' } };
const opened = (listener: ListenerFacts): OpenDoor[] => doorsOf(listener).map((door) => ({ ...door, namespaces: ['payments', 'shop'] }));
const LABELS = { 'app.kubernetes.io/managed-by': 'us' };

const ingress = () => renderIngressGateway(opened(HTTPS));

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

describe('the listeners of a Gateway', () => {
  const listener = (facts: Partial<ListenerFacts>) => renderIngressGateway(opened({ ...HTTPS, ...facts })).listeners!;

  it('are one for each host', () => {
    const hosts = ['shop.example.com', '*.example.org'];
    expect(listener({ hosts }).map(({ name, hostname }) => [name, hostname])).toEqual([
      ['https-shop-example-com', 'shop.example.com'],
      ['https-any-example-org', '*.example.org'],
    ]);
  });

  it('ask for certificates, hand TLS on, or take bytes', () => {
    const [kinds] = [(name: string) => [{ group: 'gateway.networking.k8s.io', kind: name }]];
    const certificate = undefined;
    expect([
      ...listener({ clients: 'optional' }),
      ...listener({ kind: 'passthrough', certificate }),
      ...listener({ kind: 'tcp', certificate }),
      ...listener({ kind: 'http', certificate }),
    ]).toMatchObject([
      { tls: { mode: 'Terminate', options: { 'gateway.istio.io/tls-terminate-mode': 'OPTIONAL_MUTUAL' } } },
      { protocol: 'TLS', tls: { mode: 'Passthrough' }, allowedRoutes: { kinds: kinds('TLSRoute') } },
      { protocol: 'TCP', allowedRoutes: { kinds: kinds('TCPRoute') } },
      { protocol: 'HTTP', allowedRoutes: { kinds: kinds('HTTPRoute') } },
    ]);
  });
});

describe('a waypoint', () => {
  it('is a Gateway of its own class that speaks HBONE, which no route attaches to', () => {
    expect(renderWaypoint()).toEqual({
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE', allowedRoutes: { namespaces: { from: 'Same' } } }],
    });
  });
});

describe('the pods of a Gateway', () => {
  it('have the labels that are given, and else those that Istio thinks of', () => {
    const infrastructure = { labels: LABELS };
    expect([renderIngressGateway(opened(HTTPS), { labels: LABELS }), renderWaypoint({ labels: LABELS })]).toMatchObject([
      { infrastructure },
      { infrastructure },
    ]);
    expect([ingress().infrastructure, renderWaypoint().infrastructure]).toEqual([undefined, undefined]);
  });
});
