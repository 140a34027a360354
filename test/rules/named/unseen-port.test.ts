import { unseenPort } from '../../../lib/rules/named/unseen-port';
import { findings, made, raw } from '../model-builder';
import { namespace } from '../in-few-words';

const mesh = (labels: string, ports = '{ name: http, port: 80, targetPort: web }, { name: http-admin, port: 9000, targetPort: 9090 }') =>
  `${namespace('shop', labels)}
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [${ports}] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: app, image: app, ports: [{ name: web, containerPort: 8080 }, { containerPort: 8443 }] }] }
---`;

const SIDECAR = mesh('istio-injection: enabled');
const AMBIENT = mesh('istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint');
const FOR_ALL = AMBIENT.replace(
  'metadata: { name: waypoint, namespace: shop }',
  'metadata: { name: waypoint, namespace: shop, labels: { istio.io/waypoint-for: all } }',
);
const AT_PODS = 'selector: { matchLabels: { app: cart } }';
const AT_SERVICE = 'targetRefs: [{ group: "", kind: Service, name: cart }]';
const AT_GATEWAY = 'targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]';

const policy = (spec: string, rules: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { ${spec}, rules: [{ ${rules} }] }
`;
const to = (words: string) => `to: [{ operation: { ${words} } }]`;
const find = (text: string) => findings(unseenPort, { objects: raw(text) });

describe(unseenPort.title, () => {
  it.each([
    ['a port of the Service at sidecars', SIDECAR, AT_PODS, to('ports: ["80"]'), '8080'],
    ['a port of the Service at ztunnel', AMBIENT, AT_PODS, to('ports: ["9000"]'), '9090'],
    ['a port of the Service for a whole namespace', SIDECAR, 'action: DENY', to('notPorts: ["80"]'), '8080'],
    ['a port of the pods at a waypoint', AMBIENT, AT_SERVICE, to('ports: ["8080"]'), '80'],
    ['a port of the pods at the waypoint by its name', AMBIENT, AT_GATEWAY, to('ports: ["9090"]'), '9000'],
    ['a port of the Service beside one to leave out', SIDECAR, AT_PODS, to('ports: ["80"], notPorts: ["9090"]'), '8080'],
    ['a port of the pods at a Service behind a waypoint for all', FOR_ALL, AT_SERVICE, to('ports: ["8080"]'), '80'],
    ['a port in a condition', SIDECAR, AT_PODS, 'when: [{ key: destination.port, values: ["80"] }]', '8080'],
  ])('tells of %s', (_, text, spec, rules, meant) => {
    const found = find(text + policy(spec, rules));
    expect(found).toMatchObject([{ on: { kind: 'AuthorizationPolicy' }, fix: `write "${meant}"` }]);
    expect(found[0].field!.slice(0, 3)).toEqual(['spec', 'rules', 0]);
  });

  it.each([
    ['a port of the pods at sidecars', SIDECAR, AT_PODS, to('ports: ["8080"]')],
    ['a port of the pods at a waypoint for pods too', FOR_ALL, AT_GATEWAY, to('ports: ["8080"]')],
    ['both ports', SIDECAR, AT_PODS, to('ports: ["80", "8080"]')],
    ['a port to leave out that never comes', AMBIENT, AT_SERVICE, to('ports: ["80"], notPorts: ["8080"]')],
    ['such a port alone', SIDECAR, AT_PODS, to('notPorts: ["80"]')],
    ['such a port in a condition', SIDECAR, AT_PODS, 'when: [{ key: destination.port, notValues: ["80"] }]'],
    ['such a port in a DENY of another', SIDECAR, `action: DENY, ${AT_PODS}`, to('ports: ["8080"], notPorts: ["80"]')],
    [
      'both ports, each in words of its own',
      SIDECAR,
      AT_PODS,
      'to: [{ operation: { ports: ["80"] } }, { operation: { ports: ["8080"] } }]',
    ],
    ['a port of a container that no Service leads to', SIDECAR, AT_PODS, to('ports: ["8443"]')],
    ['a port that nobody has said', SIDECAR, AT_PODS, to('ports: ["7777"]')],
    ['a port of the Service at its waypoint', AMBIENT, AT_SERVICE, to('ports: ["80"]')],
    ['a port that is the same at both', mesh('istio-injection: enabled', '{ port: 8080 }'), AT_PODS, to('ports: ["8080"]')],
    ['another condition', SIDECAR, AT_PODS, 'when: [{ key: source.ip, values: ["80"] }]'],
    ['a Service without a waypoint', SIDECAR, AT_SERVICE, to('ports: ["8080"]')],
    ['pods that are not here', SIDECAR, 'selector: { matchLabels: { app: web } }', to('ports: ["80"]')],
  ])('takes %s', (_, text, spec, rules) => {
    expect(find(text + policy(spec, rules))).toEqual([]);
  });

  it('says of the pods what their Services do, for they may listen where nobody says', () => {
    const atPods = find(SIDECAR + policy(`action: DENY, ${AT_PODS}`, to('ports: ["80"]')));
    expect(atPods[0].message).toMatch(/80 is a port of a Service, and no port of its Services leads there$/);
    const atWaypoint = find(AMBIENT + policy(AT_SERVICE, to('ports: ["8080"]')));
    expect(atWaypoint[0].message).toMatch(/8080 is a port of the pods, and the Service has no such port$/);
  });

  it('takes what is a port of other pods that are picked as well', () => {
    const other = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: web, ports: [{ containerPort: 80 }] }] }
---`;
    expect(find(SIDECAR + other + policy('action: DENY', to('ports: ["80"]')))).toEqual([]);
  });

  it('leaves what constructs write alone', () => {
    const objects = [...raw(SIDECAR.replace(/---$/, '')), ...made(policy(AT_PODS, to('ports: ["80"]')))];
    expect(findings(unseenPort, { objects })).toEqual([]);
  });
});
