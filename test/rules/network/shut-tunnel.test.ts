import { shutTunnel } from '../../../lib/rules/network/shut-tunnel';
import { findings, made, raw } from '../model-builder';

const AMBIENT = 'labels: { istio.io/dataplane-mode: ambient }';
const SIDECARS = 'labels: { istio-injection: enabled }';

const workload = (name: string, namespace: string): string => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: app, image: app }] } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;

const cluster = (shop: string, web: string): string => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, ${shop} }
---
apiVersion: v1
kind: Namespace
metadata: { name: web, ${web} }
${workload('cart', 'shop')}${workload('front', 'web')}`;

const policy = (spec: string, namespace = 'shop'): string => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: added, namespace: ${namespace} }
spec: { podSelector: {}, ${spec} }
`;

const FROM_WEB = 'from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } } }]';
const TO_SHOP = 'to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } } }]';
const find = (yaml: string): string[] => findings(shutTunnel, { objects: raw(yaml) }).map(({ got }) => got!);

describe(shutTunnel.title, () => {
  it.each([
    ['pods in ambient mode that pods in ambient mode call', AMBIENT, AMBIENT],
    ['pods in ambient mode that sidecars call', AMBIENT, SIDECARS],
    ['sidecars that pods in ambient mode call', SIDECARS, AMBIENT],
  ])('tells of one for %s', (_, shop, web) => {
    expect(find(cluster(shop, web) + policy(`ingress: [{ ${FROM_WEB}, ports: [{ port: 8080 }] }]`))).toEqual([
      'ingress: port 8080 without 15008',
    ]);
    const out = policy(`policyTypes: [Egress], egress: [{ ${TO_SHOP}, ports: [{ port: 8080 }] }]`, 'web');
    expect(find(cluster(shop, web) + out)).toEqual(['egress: port 8080 without 15008']);
  });

  it('tells of one that lets in everybody on the port, as long as somebody is in the mesh', () => {
    const open = policy('ingress: [{ ports: [{ port: 8080 }] }]');
    expect(find(cluster(AMBIENT, AMBIENT) + open)).toHaveLength(1);
    expect(find(cluster(AMBIENT, '') + open)).toEqual([]);
  });

  it.each([
    ['the tunnel as well', `ingress: [{ ${FROM_WEB}, ports: [{ port: 8080 }, { port: 15008 }] }]`],
    ['the tunnel by another rule', `ingress: [{ ${FROM_WEB}, ports: [{ port: 8080 }] }, { ports: [{ port: 15008 }] }]`],
    ['all ports', `ingress: [{ ${FROM_WEB} }]`],
    ['a range of ports', `ingress: [{ ${FROM_WEB}, ports: [{ port: 8000, endPort: 16000 }] }]`],
    ['a port of no Service', `ingress: [{ ${FROM_WEB}, ports: [{ port: 9090 }] }]`],
    ['nobody', 'policyTypes: [Ingress]'],
    ['nobody of the mesh', `ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 8080 }] }]`],
  ])('takes one that lets in %s', (_, spec) => {
    expect(find(cluster(AMBIENT, AMBIENT) + policy(spec))).toEqual([]);
  });

  it('takes sidecars that call sidecars, and pods outside the mesh', () => {
    const spec = policy(`ingress: [{ ${FROM_WEB}, ports: [{ port: 8080 }] }]`);
    expect(find(cluster(SIDECARS, SIDECARS) + spec)).toEqual([]);
    expect(find(cluster('labels: {}', AMBIENT) + spec)).toEqual([]);
    expect(find(cluster(AMBIENT, 'labels: {}') + spec)).toEqual([]);
  });

  it('takes pods whose tunnels our own policies let in as far as the program says', () => {
    const own = made(
      policy(`ingress: [{ ports: [{ port: 15008 }], from: [{ podSelector: {} }] }]`).replace('added', 'cart').trim().slice(3),
    );
    const beside = raw(cluster(AMBIENT, AMBIENT) + policy(`ingress: [{ ${FROM_WEB}, ports: [{ port: 8080 }] }]`));
    expect(findings(shutTunnel, { objects: [...own, ...beside] })).toEqual([]);
  });

  it('asks for the waypoint instead of the caller where there is one', () => {
    const waypoint = `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;
    const behind = cluster('labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint }', AMBIENT) + waypoint;
    const tunnel =
      '{ from: [{ podSelector: { matchLabels: { gateway.networking.k8s.io/gateway-name: waypoint } } }], ports: [{ port: 15008 }] }';
    const fromWeb = `{ ${FROM_WEB}, ports: [{ port: 8080 }] }`;
    const onlyCart = (rules: string): string =>
      policy(`ingress: [${rules}]`).replace('podSelector: {},', 'podSelector: { matchLabels: { app: cart } },');
    expect(find(behind + onlyCart(`${fromWeb}, ${tunnel}`))).toEqual([]);
    expect(find(behind + onlyCart(fromWeb))).toHaveLength(1);
  });

  it('asks for the waypoint instead of a gateway where the Service sends gateways through it', () => {
    const gateway = (name: string, className: string) => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec: { gatewayClassName: ${className}, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;
    const from = (name: string, port: number): string =>
      `{ from: [{ podSelector: { matchLabels: { gateway.networking.k8s.io/gateway-name: ${name} } } }], ports: [{ port: ${port} }] }`;
    const behind =
      cluster('labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint }', AMBIENT) +
      gateway('waypoint', 'istio-waypoint') +
      gateway('edge', 'istio') +
      policy(`ingress: [${from('edge', 8080)}, ${from('waypoint', 15008)}]`).replace(
        'podSelector: {},',
        'podSelector: { matchLabels: { app: cart } },',
      );
    expect(find(behind)).toHaveLength(1);
    const service = 'kind: Service\nmetadata: { name: cart, namespace: shop';
    expect(find(behind.replace(service, `${service}, labels: { istio.io/ingress-use-waypoint: "true" }`))).toEqual([]);
  });
});
