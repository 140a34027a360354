import { DataPlane, DnsPeer, Infrastructure } from 'istio-constructs';
import { infrastructurePolicy, pods, tcp } from '../../builders';

/** What pods may send, where these are all the DNS servers and no proxy needs anything. */
function egressTo(...dns: DnsPeer[]): unknown {
  return infrastructurePolicy({ dataPlane: DataPlane.ambient() }, Infrastructure.of({ dns })).egress;
}

const on = (port: number) => [{ protocol: 'UDP', port }, ...tcp(port)];

describe('DnsPeer', () => {
  const own = DnsPeer.of({ namespaceName: 'dns', podLabels: { app: 'unbound' } });
  const elsewhere = DnsPeer.of({ namespaceName: 'dns', podLabels: { app: 'unbound' }, port: 1053 });

  it.each([
    ['in kube-system', DnsPeer.kubeDns(), pods('kube-system', { 'k8s-app': 'kube-dns' }), 53],
    ['on the node', DnsPeer.nodeLocal(), { ipBlock: { cidr: '169.254.20.10/32' } }, 53],
    ['on the node, at an address of its own', DnsPeer.nodeLocal('fd00::10/128'), { ipBlock: { cidr: 'fd00::10/128' } }, 53],
    ['of OpenShift', DnsPeer.openShift(), pods('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' }), 5353],
    ['of one’s own', own, pods('dns', { app: 'unbound' }), 53],
    ['of one’s own on another port', elsewhere, pods('dns', { app: 'unbound' }), 1053],
  ])('is asked %s, by UDP and by TCP', (_, peer, to, port) => {
    expect(egressTo(peer)).toEqual([{ to: [to], ports: on(port) }]);
  });

  it('is asked on its own port alone, beside others', () => {
    expect(egressTo(DnsPeer.openShift(), own, DnsPeer.nodeLocal())).toEqual(
      expect.arrayContaining([
        { to: [pods('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })], ports: on(5353) },
        { to: [pods('dns', { app: 'unbound' }), { ipBlock: { cidr: '169.254.20.10/32' } }], ports: on(53) },
      ]),
    );
  });

  it('keeps the labels that it was given', () => {
    const podLabels: Record<string, string> = { app: 'unbound' };
    const peer = DnsPeer.of({ namespaceName: 'dns', podLabels });
    podLabels.app = 'other';
    expect(egressTo(peer)).toEqual([{ to: [pods('dns', { app: 'unbound' })], ports: on(53) }]);
  });

  it.each([0, 65536, 53.5])('fails for port %d', (port) => {
    expect(() => DnsPeer.of({ namespaceName: 'dns', podLabels: {}, port })).toThrow('MESH002 at DnsPeer: ');
  });
});
