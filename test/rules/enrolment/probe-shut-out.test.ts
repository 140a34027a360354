import { probeShutOut } from '../../../lib/rules/enrolment/probe-shut-out';
import type { NamespaceModel } from '../../../lib/model/mesh-model';
import type { Discovery } from '../../../lib/rules/rule';
import { findings, namespaceState, made, namespace, raw, service } from '../model-builder';

const closed = namespace('shop', 'ambient', { zeroTrust: true });
const policy = (ports: string) =>
  made(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: infrastructure, namespace: shop }
spec: { ingress: [{ from: [{ ipBlock: { cidr: 169.254.7.127/32 } }], ports: ${ports} }, { from: [{ podSelector: {} }] }] }
`);
const OPEN = policy('[{ protocol: TCP, port: 8080 }, { protocol: UDP, port: 9000 }, { port: 9100, endPort: 9110 }]');

function found(probe: string, objects = OPEN, at: NamespaceModel = closed): Discovery[] {
  const pods = raw(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, ports: [{ name: health, containerPort: 9000 }], ${probe} }] }
`);
  const services = [service('cart', { namespace: namespaceState('shop', at.mode, { zeroTrust: at.zeroTrust }) })];
  return findings(probeShutOut, { services, objects: [...pods, ...objects], namespaces: [at] });
}

const SHUT = 'readinessProbe: { tcpSocket: { port: 9000 } }';

describe(probeShutOut.title, () => {
  it.each([
    'livenessProbe: { httpGet: { port: 8080 } }',
    'startupProbe: { grpc: { port: 9105 } }',
    'livenessProbe: { exec: { command: [true] } }',
    'livenessProbe: { httpGet: { port: unheard } }',
  ])('takes %s', (probe) => {
    expect(found(probe)).toEqual([]);
  });

  it('takes any port where the rule names none, and what nobody here knows', () => {
    expect(found(SHUT, policy('[]'))).toEqual([]);
    expect(found(SHUT, [])).toEqual([]);
  });

  it('takes a probe where the namespace is open or has sidecars', () => {
    expect(found(SHUT, OPEN, namespace('shop', 'ambient'))).toEqual([]);
    expect(found(SHUT, OPEN, namespace('shop', 'sidecar', { zeroTrust: true }))).toEqual([]);
  });

  it.each([SHUT, 'livenessProbe: { httpGet: { port: health } }', 'startupProbe: { grpc: { port: 9000 } }'])('fails %s', (probe) => {
    expect(found(probe)).toMatchObject([
      { on: { path: 'raw/deployment/cart' }, got: 'probed: 9000', fix: 'open the port with Infrastructure.of({ probePorts: [9000] })' },
    ]);
  });
});
