import * as made from '../../verdict/fixtures';
import { differencesAbout } from '../agreement';
import { meshFrom } from '../mesh-under-test';

const PLACES = {
  sidecars: [made.namespace('shop', made.SIDECAR)],
  ambient: [made.namespace('shop', made.AMBIENT)],
  'a waypoint': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service')],
  'outside the mesh': [made.namespace('shop', '')],
};
const WEB = made.deployment('web', 'web', 'v1');
const VM = made.service('vm', 'app: vm');
const POLICY = made.policy(
  'vm',
  'selector: {matchLabels: {app: vm}}, action: ALLOW, rules: [{from: [{source: {principals: ["*/sa/web"]}}]}]',
);
const entry = made.workloadEntry;
const ENTRY = made.workloadEntry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, labels: {app: vm}');
const BARE = entry('vm-1', 'address: 10.9.0.1, labels: {app: vm}');
const CALLED = (extra: string, ports = '{number: 8080, name: http, protocol: HTTP}') => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: vms, namespace: shop}
spec: {hosts: [vms.example.com], ports: [${ports}], workloadSelector: {labels: {app: vm}}, ${extra}}
---`;
const demanding = (host: string, mode: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: vm, namespace: shop}
spec: {host: ${host}, trafficPolicy: {tls: {mode: ${mode}}}}
---`;
const SUBSETS = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: vm, namespace: shop}
spec: {host: vm.shop.svc.cluster.local, subsets: [{name: v2, labels: {version: v2}}]}
---`;
const TO_V2 = made.virtualService(
  'vm',
  'hosts: [vm.shop.svc.cluster.local], http: [{route: [{destination: {host: vm.shop.svc.cluster.local, subset: v2}}]}]',
);

const MACHINES: Readonly<Record<string, readonly string[]>> = {
  'an account': [VM, ENTRY],
  'no account': [VM, BARE],
  'no account, under STRICT': [VM, BARE, made.STRICT],
  'a mode of TLS and no account': [
    VM,
    entry('vm-1', 'address: 10.9.0.1, labels: {app: vm, security.istio.io/tlsMode: istio}'),
    made.STRICT,
  ],
  'an account and no TLS': [
    VM,
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, labels: {app: vm, security.istio.io/tlsMode: disabled}'),
  ],
  'a tunnel': [VM, entry('vm-1', 'address: 10.9.0.1, labels: {app: vm, networking.istio.io/tunnel: http}'), made.STRICT],
  'a tunnel and an account': [
    VM,
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, labels: {app: vm, networking.istio.io/tunnel: http}'),
  ],
  'a ztunnel': [
    VM,
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, labels: {app: vm}', ', annotations: {ambient.istio.io/redirection: enabled}'),
  ],
  'a ztunnel without an account': [
    VM,
    entry('vm-1', 'address: 10.9.0.1, labels: {app: vm}', ', annotations: {ambient.istio.io/redirection: enabled}'),
  ],
  'labels in both places': [
    VM,
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, labels: {app: other, version: v1}', ', labels: {app: vm}'),
  ],
  'ports by their names': [
    made.service('vm', 'app: vm', {
      port: '{name: http, port: 80}, {name: http-two, port: 81, targetPort: main}, {name: http-three, port: 82, targetPort: none}, {name: tcp, port: 83, targetPort: 7000}',
    }),
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, ports: {http: 8081, main: 8082}, labels: {app: vm}'),
    made.policy('ports', 'selector: {matchLabels: {app: vm}}, action: DENY, rules: [{to: [{operation: {ports: ["8081", "7000"]}}]}]'),
  ],
  'a port that only pods have by its name': [
    made.service('vm', 'app: vm', { port: '{name: http, port: 8080, targetPort: main}' }),
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, labels: {app: vm}'),
    made.deployment('vm', 'vm', 'v1'),
  ],
  'weights beside pods': [
    made.service('vm', 'app: vm'),
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, weight: 3, labels: {app: vm}'),
    made.deployment('vm', 'vm', 'v1'),
  ],
  'a subset': [VM, ENTRY, entry('vm-2', 'address: 10.9.0.2, serviceAccount: vm, labels: {app: vm, version: v2}'), SUBSETS, TO_V2],
  'a headless Service': [made.service('vm', 'app: vm', { extra: ', clusterIP: None' }), ENTRY, made.deployment('vm', 'vm', 'v1')],
  'a host in place of an address': [VM, entry('vm-1', 'address: vm.example.com, serviceAccount: vm, labels: {app: vm}')],
  'a network without gateways': [VM, entry('vm-1', 'address: 10.9.0.1, network: far, serviceAccount: vm, labels: {app: vm}')],
  'a ServiceEntry outside the mesh': [CALLED('resolution: STATIC'), ENTRY, made.deployment('vm', 'vm', 'v1')],
  'a ServiceEntry inside the mesh': [
    CALLED(
      'resolution: STATIC, location: MESH_INTERNAL',
      '{number: 80, name: http, protocol: HTTP, targetPort: 8080}, {number: 81, name: main, protocol: HTTP}',
    ),
    entry('vm-1', 'address: 10.9.0.1, serviceAccount: vm, ports: {http: 8081}, labels: {app: vm}'),
    made.deployment('vm', 'vm', 'v1'),
    made.policy('ports', 'selector: {matchLabels: {app: vm}}, action: DENY, rules: [{to: [{operation: {ports: ["8081"]}}]}]'),
  ],
  'mutual TLS that a rule demands': [VM, BARE, demanding('vm.shop.svc.cluster.local', 'ISTIO_MUTUAL'), made.STRICT],
  'a group': [VM, made.workloadGroup('vm-group', 'metadata: {labels: {app: vm}}, template: {serviceAccount: vm, ports: {http: 8085}}')],
  'a group without an account': [VM, made.workloadGroup('vm-group', 'metadata: {labels: {app: vm}}, template: {}'), made.STRICT],
  'pods that say they take no TLS': [
    VM,
    made.deployment('vm', 'vm', 'v1').replace('labels: {app: vm', 'labels: {security.istio.io/tlsMode: disabled, app: vm'),
  ],
};

const CASES = Object.keys(PLACES).flatMap((place) => Object.keys(MACHINES).map((machines) => [place, machines] as const));

describe('machines beside the cluster', () => {
  it.each(CASES)('are called, and call, as istiod has it: %s, with %s', async (place, machines) => {
    const mesh = meshFrom(made.objects(...PLACES[place as keyof typeof PLACES], WEB, POLICY, ...MACHINES[machines]));
    expect((await differencesAbout(mesh)).map(([{ from, to, method }, said]) => JSON.stringify({ from, to, method, said }))).toEqual([]);
  });
});
