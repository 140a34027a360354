import { tryService } from '../../../lib/cluster/services/services';
import { decide } from '../../../lib/verdict/decide';
import { speakerOf } from '../../../lib/verdict/requests/callers';
import { split } from '../../../lib/verdict/split';
import { endsBehind } from '../../../lib/verdict/travel/ends';
import { straightTo } from '../../../lib/verdict/routes/route-table';
import * as made from '../fixtures';

const DB = made.service('db', '');
const AT = (...addresses: string[]) => made.endpointSlice('db', `{addresses: [${addresses.join(', ')}]}`);
const NAMED = made.endpointSlice('db', '{addresses: [10.1.0.1], targetRef: {kind: Pod, name: one, namespace: shop}}');
const PODS = made.runningPod('one', '10.1.0.1') + made.runningPod('two', '10.1.0.2');
const SHOP = made.namespace('shop', made.SIDECAR);
const MESH = made.namespace('shop', made.AMBIENT);
const request = (from: typeof made.web) => made.get({ from, to: made.toService('db') });

describe('the ends behind a Service', () => {
  it('are the pods of its selector and the addresses that somebody has written, each with its port', () => {
    const mesh = made.cluster(SHOP, PODS, made.service('both', 'app: two', { port: '{name: http, port: 80, targetPort: main}' }));
    const written = made.cluster(
      SHOP,
      PODS,
      made.service('db', 'app: two', { port: '{name: http, port: 80, targetPort: main}' }),
      AT('10.0.0.1', '10.1.0.2'),
    );
    const of = (cluster: typeof mesh, name: string) => {
      const service = tryService(cluster, 'Service', `shop/${name}`)!;
      const ends = endsBehind(cluster, { source: speakerOf(cluster, made.sidecarWeb) }, straightTo(service, 80), service, service.ports[0]);
      return ends.map(({ pod, written: one, number, weight }) => [pod?.key ?? one?.address, number, weight]);
    };
    expect(of(mesh, 'both')).toEqual([['shop/two', 9090, 1]]);
    expect(of(written, 'db')).toEqual([
      ['shop/two', 9090, 1],
      ['10.0.0.1', 8080, 1],
    ]);
  });

  it('are outside the mesh at an address of nobody here, and the network has a say about it', () => {
    const egress = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out, namespace: shop}
spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/24}}]}]}
---`;
    for (const from of [made.sidecarWeb, made.web, made.plaintext]) {
      expect(decide(made.cluster(SHOP, DB, AT('10.0.0.1'), egress), request(from))).toMatchObject({ allowed: true, workload: undefined });
      expect(decide(made.cluster(SHOP, DB, AT('10.0.1.1'), egress), request(from))).toMatchObject({
        allowed: false,
        by: 'NetworkPolicy shop/out',
      });
    }
  });

  it('are pods of the mesh, with the policies that hold there', () => {
    const closed = made.policy('one', 'selector: {matchLabels: {app: one}}, action: DENY, rules: [{}]');
    for (const [place, from] of [
      [SHOP, made.sidecarWeb],
      [MESH, made.web],
    ] as const) {
      expect(decide(made.cluster(place, DB, PODS, NAMED, made.STRICT), request(from))).toMatchObject({
        allowed: true,
        workload: 'shop/one',
      });
      expect(decide(made.cluster(place, DB, PODS, NAMED, closed), request(from)).by).toBe('AuthorizationPolicy shop/one');
    }
  });

  it('are what ztunnel sends plaintext to where only an address is written, and a sidecar speaks to it as to the pod', () => {
    const mesh = (place: string) => made.cluster(place, DB, PODS, AT('10.1.0.1'), made.STRICT);
    expect(decide(mesh(MESH), request(made.web))).toMatchObject({ allowed: false, layer: 'mtls', by: 'PeerAuthentication shop/default' });
    expect(decide(mesh(MESH), request(made.sidecarWeb)).allowed).toBe(true);
    expect(decide(mesh(SHOP), request(made.sidecarWeb)).allowed).toBe(true);
  });

  it('of a pod have for ztunnel the port that the Service names on it', () => {
    const port = made.service('db', '', { port: '{name: http, port: 80, targetPort: main}' });
    const at = (from: typeof made.web) =>
      decide(
        made.cluster(MESH, port, PODS, NAMED, made.policy('one', 'action: DENY, rules: [{to: [{operation: {ports: ["9090"]}}]}]')),
        made.get({ from, to: made.toService('db', 80) }),
      ).allowed;
    expect([at(made.web), at(made.sidecarWeb)]).toEqual([false, true]);
  });

  it('are shared by as many requests each', () => {
    const mesh = made.cluster(SHOP, DB, PODS, AT('10.1.0.1', '10.1.0.2', '10.0.0.1', '10.0.0.2'));
    expect(split(mesh, request(made.sidecarWeb)).shares.map(({ workload, weight }) => [workload, weight])).toEqual([
      ['shop/one', 25],
      ['shop/two', 25],
      [undefined, 50],
    ]);
  });

  it('are none where all are unready or have another port, and nobody can tell of a pod that is elsewhere', () => {
    const none = { allowed: false, by: 'Service shop/db', why: 'no endpoint is behind' };
    const unready = made.endpointSlice('db', '{addresses: [10.0.0.1], conditions: {ready: false}}');
    expect(decide(made.cluster(SHOP, DB, unready), request(made.sidecarWeb))).toMatchObject(none);
    const other = made.endpointSlice('db', '{addresses: [10.0.0.1]}', '{name: other, port: 1, protocol: TCP}');
    expect(decide(made.cluster(SHOP, DB, other), request(made.sidecarWeb))).toMatchObject(none);
    expect(decide(made.cluster(SHOP, DB, NAMED), request(made.sidecarWeb)).unknown).toBe(
      'EndpointSlice shop/db-written names Pod shop/one, which the manifests do not have',
    );
  });

  it('outside the mesh take no mutual TLS that a rule demands', () => {
    const rule = (mode: string) => made.SUBSETS.replace('host: cart.', `trafficPolicy: {tls: {mode: ${mode}}}, host: db.`);
    expect(decide(made.cluster(SHOP, DB, AT('10.0.0.1'), rule('ISTIO_MUTUAL')), request(made.sidecarWeb))).toMatchObject({
      allowed: false,
      layer: 'mtls',
      by: 'EndpointSlice shop/db-written',
    });
    expect(decide(made.cluster(SHOP, DB, AT('10.0.0.1'), rule('DISABLE')), request(made.sidecarWeb)).allowed).toBe(true);
  });
});

describe('a machine behind a Service', () => {
  const VM = made.service('vm', 'app: vm');
  const entry = (words: string) => made.workloadEntry('vm-1', `${words}, labels: {app: vm}`);
  const toVm = (from: typeof made.web) => made.get({ from, to: made.toService('vm') });
  const asked = (from: typeof made.web, ...pieces: string[]) => decide(made.cluster(SHOP, VM, ...pieces), toVm(from));
  const known = made.policy('vm', 'selector: {matchLabels: {app: vm}}, rules: [{from: [{source: {principals: ["*"]}}]}]');

  it('is spoken mutual TLS to by its account, and plaintext without one', () => {
    expect(asked(made.sidecarWeb, entry('address: 10.9.0.1, serviceAccount: vm'), made.STRICT)).toMatchObject({
      allowed: true,
      workload: 'shop/vm-1',
    });
    expect(asked(made.sidecarWeb, entry('address: 10.9.0.1'), made.STRICT)).toMatchObject({ allowed: false, layer: 'mtls' });
    expect(asked(made.sidecarWeb, entry('address: 10.9.0.1'), known)).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/vm' });
    expect(asked(made.sidecarWeb, entry('address: 10.9.0.1, serviceAccount: vm'), known).allowed).toBe(true);
  });

  it('takes mutual TLS that a rule demands, whatever it says', () => {
    const rule = made.SUBSETS.replace('host: cart.', 'trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}, host: vm.');
    expect(asked(made.sidecarWeb, entry('address: 10.9.0.1'), made.STRICT, rule).allowed).toBe(true);
  });

  it('is called in plaintext by ztunnel, which ends tunnels alone', () => {
    expect(asked(made.web, entry('address: 10.9.0.1, serviceAccount: vm'), made.STRICT)).toMatchObject({ allowed: false, layer: 'mtls' });
    const tunnel = made.workloadEntry('vm-1', 'address: 10.9.0.1, labels: {app: vm, networking.istio.io/tunnel: http}');
    expect(asked(made.web, tunnel, made.STRICT).allowed).toBe(true);
  });

  it('is there for the mesh alone, by an address, behind a Service that has one', () => {
    const none = { allowed: false, by: 'Service shop/vm', why: 'no endpoint is behind' };
    expect(asked(made.plaintext, entry('address: 10.9.0.1, serviceAccount: vm'))).toMatchObject(none);
    expect(asked(made.sidecarWeb, entry('address: vm.example.com, serviceAccount: vm'))).toMatchObject(none);
    const headless = made.service('vm', 'app: vm', { extra: ', clusterIP: None' });
    const mesh = made.cluster(SHOP, headless, entry('address: 10.9.0.1, serviceAccount: vm'));
    expect(decide(mesh, toVm(made.sidecarWeb))).toMatchObject(none);
  });

  it('is outside the mesh for who calls it by a ServiceEntry, unless that says otherwise', () => {
    const by = (words: string) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: vms, namespace: shop}
spec: {hosts: [vms.example.com], ports: [{number: 80, name: http, protocol: HTTP}], workloadSelector: {labels: {app: vm}}, ${words}}
---`;
    const request = made.get({ from: made.sidecarWeb, to: { host: 'vms.example.com', port: 80 } });
    const called = (words: string, machine = 'address: 10.9.0.1, serviceAccount: vm') =>
      decide(made.cluster(SHOP, by(words), entry(machine), made.STRICT), request);
    expect(called('resolution: STATIC')).toMatchObject({ allowed: false, layer: 'mtls' });
    expect(called('resolution: STATIC, location: MESH_INTERNAL').allowed).toBe(true);
    const named = 'address: vm.example.com, serviceAccount: vm';
    expect(called('resolution: STATIC, location: MESH_INTERNAL', named)).toMatchObject({ allowed: false, why: 'no endpoint is behind' });
    expect(called('resolution: DNS, location: MESH_INTERNAL', named).allowed).toBe(true);
  });

  it('calls as its account, from its address, and no NetworkPolicy picks it', () => {
    const cart = made.policy(
      'cart',
      'selector: {matchLabels: {app: cart}}, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/vm]}}]}]',
    );
    const pods = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: pods, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}]}
---`;
    const mesh = [SHOP, made.CART, entry('address: 10.9.0.1, serviceAccount: vm'), cart];
    expect(decide(made.cluster(...mesh), made.get({ from: { workload: 'shop/vm-1' } })).allowed).toBe(true);
    expect(decide(made.cluster(...mesh, pods), made.get({ from: { workload: 'shop/vm-1' } }))).toMatchObject({
      allowed: false,
      by: 'NetworkPolicy shop/pods',
    });
    const here = pods.replace('{podSelector: {}}]', '{ipBlock: {cidr: 10.9.0.1/32}}]');
    expect(decide(made.cluster(...mesh, here), made.get({ from: { workload: 'shop/vm-1' } })).allowed).toBe(true);
  });

  it('is left out where a port has another name there than pods have', () => {
    const named = made.service('vm', 'app: vm', { port: '{name: http, port: 8080, targetPort: main}' });
    const mesh = made.cluster(SHOP, named, made.deployment('vm', 'vm', 'v1'), entry('address: 10.9.0.1, serviceAccount: vm'));
    expect(split(mesh, toVm(made.sidecarWeb)).shares).toMatchObject([{ workload: 'shop/vm', weight: 100 }]);
    expect(decide(mesh, toVm(made.sidecarWeb)).allowed).toBe(true);
  });

  it('is what is meant by its address', () => {
    const mesh = made.cluster(SHOP, entry('address: 10.9.0.1'), known);
    const asks = (address: string) => decide(mesh, made.get({ from: made.sidecarWeb, to: { address, port: 8080 } }));
    expect(asks('10.9.0.1')).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/vm' });
    expect(asks('10.9.0.2').allowed).toBe(true);
  });
});

describe('a pod that says it takes no mutual TLS', () => {
  it('is reached by a tunnel instead', () => {
    const silent = made.CART.replaceAll('labels: {app: cart, ', 'labels: {security.istio.io/tlsMode: disabled, app: cart, ');
    const port = (number: number) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: only, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: ${number}}]}]}
---`;
    const asked = (number: number) =>
      decide(made.cluster(SHOP, silent, made.STRICT, port(number)), made.get({ from: made.sidecarWeb })).allowed;
    expect([asked(15008), asked(8080)]).toEqual([true, false]);
  });
});
