import type { InfrastructureFacts } from '../../../lib/model/infrastructure-facts';
import { planeOf } from '../../../lib/planes/plane-of';
import { renderInfrastructure, renderProxyNeeds } from '../../../lib/render/network/infrastructure-policy';
import { renderNetworkPolicy } from '../../../lib/render/network/network-policy';
import { pods, tcp } from '../../builders';

const [sidecar, ambient] = [planeOf({ mode: 'sidecar' }), planeOf({ mode: 'ambient' })];
const FACTS: InfrastructureFacts = { dns: [], controlPlaneNamespace: 'istio-system', probePorts: [], telemetryBackends: [] };

// istiod serves configuration to proxies on 15012; a proxy offers its metrics on 15020.
const ISTIOD = { to: [pods('istio-system', { app: 'istiod' })], ports: tcp(15012) };
const METRICS = { from: [pods('monitoring')], ports: tcp(15020) };
const KUBELET = [{ ipBlock: { cidr: '169.254.7.127/32' } }, { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } }];

/** What pods may receive, as it is written in the end. */
function ingressOf(...needs: Parameters<typeof renderInfrastructure>): unknown {
  return renderNetworkPolicy({}, renderInfrastructure(...needs)).ingress ?? [];
}

const egressOf = (...needs: Parameters<typeof renderInfrastructure>) => renderInfrastructure(...needs).egress;

describe('what every pod of a closed namespace needs', () => {
  it('is istiod for pods with a proxy, and nothing of the mesh for those without', () => {
    expect([sidecar, ambient].map((plane) => egressOf(FACTS, plane, []))).toEqual([[ISTIOD], []]);
    expect([sidecar, ambient].map((plane) => ingressOf(FACTS, plane, []))).toEqual([[], []]);
  });

  it('is the gateway before the istiod of another cluster, where this one has none', () => {
    const at = (discoveryAddress: string) => egressOf({ ...FACTS, discoveryAddress }, sidecar, []);
    expect(at('203.0.113.10')).toEqual([{ to: [{ ipBlock: { cidr: '203.0.113.10/32' } }], ports: tcp(15012) }]);
    expect(at('2001:db8::10')).toEqual([{ to: [{ ipBlock: { cidr: '2001:db8::10/128' } }], ports: tcp(15012) }]);
  });

  it('is to be probed: ztunnel shows the kubelet under an address of its own, with a sidecar it is the node', () => {
    const facts = { ...FACTS, probePorts: [9100] };
    expect(ingressOf(facts, ambient, [8080])).toEqual([{ from: KUBELET, ports: tcp(8080, 9100) }]);
    expect(ingressOf(facts, sidecar, [8080])).toEqual([]);
  });

  it('is to be watched by whoever scrapes its proxy, where there is one', () => {
    const facts = { ...FACTS, monitoringNamespace: 'monitoring' };
    expect([sidecar, ambient].map((plane) => ingressOf(facts, plane, []))).toEqual([[METRICS], []]);
  });

  it('is DNS by UDP and TCP, with each server on its own port', () => {
    const dns = [
      { namespaceName: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: 53 },
      { namespaceName: 'dns', port: 5353 },
      { cidr: '169.254.20.10/32', port: 53 },
    ];
    const on = (port: number) => [{ protocol: 'UDP', port }, ...tcp(port)];
    expect(egressOf({ ...FACTS, dns }, ambient, [])).toEqual([
      { to: [pods('kube-system', { 'k8s-app': 'kube-dns' }), { ipBlock: { cidr: '169.254.20.10/32' } }], ports: on(53) },
      { to: [pods('dns')], ports: on(5353) },
    ]);
  });

  it('is the API server at its addresses, on either plane', () => {
    const facts = { ...FACTS, apiServer: { cidr: '10.0.0.1/32', port: 6443 } };
    const rule = { to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: tcp(6443) };
    expect([sidecar, ambient].map((plane) => egressOf(facts, plane, []))).toEqual([[ISTIOD, rule], [rule]]);
  });
});

describe('what a proxy needs', () => {
  it('is istiod, its collectors, and somebody who reads its metrics', () => {
    const telemetryBackends = [{ host: 'otel.observe.svc.cluster.local', namespaceName: 'observe', port: 4317 }];
    const facts = { ...FACTS, controlPlaneNamespace: 'mesh', monitoringNamespace: 'monitoring', telemetryBackends };
    expect(renderProxyNeeds(facts)).toEqual({
      ingress: [METRICS],
      egress: [
        { to: [pods('mesh', { app: 'istiod' })], ports: tcp(15012) },
        { to: [pods('observe')], ports: tcp(4317) },
      ],
    });
  });
});
