import type { Request } from '../../../lib/verdict/requests/request';
import * as made from '../../verdict/fixtures';
import { disagreement } from '../agreement';
import { meshFrom } from '../mesh-under-test';

const PODS = (port: string) => [
  made.deployment('web', 'web', 'v1'),
  ...['a', 'b', 'c'].map((name) => made.deployment(`${name}-v1`, name, 'v1') + made.service(name, `app: ${name}`, { port })),
];
const PLACES = {
  sidecars: [made.namespace('shop', made.SIDECAR)],
  'a waypoint': [made.namespace('shop', made.BEHIND_WAYPOINT), made.waypoint('service')],
};
const PORTS = { tls: '{name: tls, port: 8080}', tcp: '{name: tcp, port: 8080}' };
const HOST = 'a.shop.svc.cluster.local';

const to = (name: string, match = '') => `{${match && `match: [${match}], `}route: [{destination: {host: ${name}, port: {number: 8080}}}]}`;
const virtual = (routes: string, gateways = '') =>
  made.virtualService('a', `hosts: [${HOST}]${gateways && `, gateways: [${gateways}]`}, ${routes}`);
const named = (more = '', host = HOST) => `{sniHosts: ["${host}"]${more}}`;
const route = (kind: string, more = '') => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: {name: a, namespace: shop}
spec:
  parentRefs: [{group: "", kind: Service, name: a}]
  ${more}
  rules: [{backendRefs: [{group: "", kind: Service, name: b, port: 8080, weight: 1}]}]
---`;

const ROUTES: Readonly<Record<string, string>> = {
  'tls by the server': virtual(`tls: [${to('b', named())}]`),
  'tls by a wildcard': virtual(`tls: [${to('b', named('', '*.shop.svc.cluster.local'))}]`),
  'tls by the server before a wildcard': virtual(`tls: [${to('c', named('', '*.shop.svc.cluster.local'))}, ${to('b', named())}]`),
  'tls for gateways and the mesh': virtual(
    `tls: [${to('b', named(', gateways: [edge]'))}, ${to('c', named(', gateways: [mesh]'))}]`,
    'mesh, edge',
  ),
  'tls for gateways alone': virtual(`tls: [${to('b', named(', gateways: [edge]'))}]`, 'mesh, edge'),
  'tls for another port': virtual(`tls: [${to('b', named(', port: 9090'))}, ${to('c', named(', port: 8080'))}]`),
  'tls by who calls': virtual(`tls: [${to('b', named(', sourceLabels: {app: other}'))}, ${to('c', named(', sourceLabels: {app: web}'))}]`),
  'tcp for gateways and the mesh': virtual(
    `tcp: [${to('b', '{gateways: [edge]}')}, ${to('c', '{gateways: [mesh], port: 8080}')}]`,
    'mesh, edge',
  ),
  'tcp by who calls': virtual(`tcp: [${to('b', '{sourceNamespace: bank}')}, ${to('c', '{sourceNamespace: shop}')}]`),
  'tcp for everybody': virtual(`tcp: [${to('b')}]`),
  'tls and tcp': virtual(`tls: [${to('b', named())}], tcp: [${to('c')}]`),
  'a TLSRoute': route('TLSRoute', `hostnames: [${HOST}]`),
  'a TCPRoute': route('TCPRoute'),
};

const REQUESTS: readonly Request[] = [{ workload: 'shop/web' }, made.pod('stranger', 'sidecar'), made.pod('stranger', 'ztunnel')].map(
  (from) => ({
    from,
    to: { host: HOST, port: 8080 },
  }),
);

const CASES = Object.keys(PLACES).flatMap((place) =>
  Object.keys(PORTS).flatMap((port) => Object.keys(ROUTES).map((routes) => [place, port, routes] as const)),
);

describe('bytes in the mesh', () => {
  it.each(CASES)('go where istiod sends them: %s, a port of %s, %s', async (place, port, routes) => {
    const objects = [...PLACES[place as keyof typeof PLACES], ...PODS(PORTS[port as keyof typeof PORTS]), ROUTES[routes]];
    const mesh = meshFrom(made.objects(...objects));
    const answers = await mesh.answers(REQUESTS);
    const said = REQUESTS.map((request, index) => disagreement(mesh.cluster, request, answers[index]));
    expect(said).toEqual(REQUESTS.map(() => undefined));
  });
});
