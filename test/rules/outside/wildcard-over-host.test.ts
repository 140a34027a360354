import type { Party } from '../../../lib/model/party';
import { wildcardOverHost } from '../../../lib/rules/outside/wildcard-over-host';
import { call, findings, made, namespaceState, other, raw, service, TCP, waypointOf } from '../model-builder';
import { deployment, entry, inMesh } from './reach/raw-outside';

const TLS = { ...TCP, name: 'tls', number: 443, targetPort: 443, appProtocol: 'tls' };
const behind = (zeroTrust: boolean) => namespaceState('egress', 'ambient', { waypoint: waypointOf('egress'), zeroTrust });
const web = service('web', { namespace: namespaceState('shop', 'ambient') });
const all = (parts: Partial<Party> = {}) => other('external', 'all', { host: '*.example.com', ports: [TLS], ...parts });
const api = (parts: Partial<Party> = {}) =>
  other('external', 'api', { host: 'eu.api.example.com', ports: [TLS], owned: true, namespace: behind(true), ...parts });

describe(wildcardOverHost.title, () => {
  it.each([
    ['a host without a waypoint', web, api({ namespace: namespaceState('egress', 'ambient') })],
    ['a host that the wildcard does not cover', web, api({ host: 'example.com' })],
    ['a host in an open namespace that nobody is named for', web, api({ namespace: behind(false) })],
    ['a caller with a sidecar', service('web'), api()],
  ])('takes %s', (_, caller, host) => {
    expect(findings(wildcardOverHost, { calls: [call(caller, all())], others: [host] })).toEqual([]);
  });

  it('takes a caller that calls the host, too, on the same ports', () => {
    const found = (host: Party) => findings(wildcardOverHost, { calls: [call(web, all()), call(web, host)], others: [host] });
    expect(found(api())).toEqual([]);
    expect(found(api({ ports: [{ ...TLS, number: 8443 }] }))).toHaveLength(1);
  });

  it('warns of a name that its waypoint keeps for others', () => {
    expect(findings(wildcardOverHost, { calls: [call(web, all())], others: [api()] })).toMatchObject([
      { on: { path: 'shop/web' }, got: 'eu.api.example.com, declared behind a waypoint', fix: expect.stringContaining('shop/web') },
    ]);
  });
});

describe(`${wildcardOverHost.title}, said raw`, () => {
  const PLACES = [inMesh('shop', 'ambient'), inMesh('egress', 'ambient'), deployment('shop', 'web')].join('---');
  const WAYPOINT = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: egress, labels: { istio.io/waypoint-for: service } }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`;
  const host = (labels = 'istio.io/use-waypoint: waypoint', protocol = 'TLS', port = 443) =>
    entry('api', ['api.example.com'], `{ number: ${port}, name: tls, protocol: ${protocol} }`, ', resolution: DNS', labels);
  const only = (principal: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: egress }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]
  rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/${principal}] } }] }]
`;
  const find = (objects: string[], calls = [call(web, all())], others: Party[] = []) =>
    findings(wildcardOverHost, { objects: raw([PLACES, WAYPOINT, ...objects].join('---')), calls, others });

  it.each([
    ['a host without a waypoint', [host(''), only('cart')]],
    ['a waypoint that lets anybody in', [host()]],
    ['a waypoint that lets the caller in', [host(), only('default')]],
    ['a host on another port', [host(undefined, 'TLS', 8443), only('cart')]],
    ['a host for HTTP, of which a policy may take some requests', [host(undefined, 'HTTP'), only('cart')]],
  ])('takes %s', (_, objects) => {
    expect(find(objects)).toEqual([]);
  });

  it('takes a caller with a sidecar, and a host that the program names: of that another finding tells', () => {
    expect(find([host(), only('cart')], [call(service('web'), all())])).toEqual([]);
    expect(find([host(), only('cart')], undefined, [other('external', 'api', { host: 'api.example.com' })])).toEqual([]);
    const objects = [...raw([PLACES, WAYPOINT, only('cart')].join('---')), ...made(host())];
    expect(findings(wildcardOverHost, { objects, calls: [call(web, all())] })).toEqual([]);
  });

  it('warns of a name whose waypoint lets in somebody else', () => {
    expect(find([host(), only('cart')])).toMatchObject([
      { on: { path: 'shop/web' }, got: 'api.example.com of ServiceEntry egress/api', fix: expect.stringContaining('ExternalService') },
    ]);
  });
});
