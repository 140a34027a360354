import { circlesOf } from '../../lib/inquiry/circles';
import { cluster, deployment, httpRoute, namespace, SIDECAR, TO_GATEWAY, virtualService } from '../verdict/fixtures';

const SHOP = ', hostnames: [shop.example.com]';
const gateway = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec:
  gatewayClassName: istio
  listeners:
  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
  - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}, allowedRoutes: {namespaces: {from: All}}}
---`;
const redirect = (to: string, match = '{}') => `{matches: [${match}], filters: [{type: RequestRedirect, requestRedirect: {${to}}}]}`;
const at = (section: string) => TO_GATEWAY.replace('}', `, sectionName: ${section}}`);
const circles = (...routes: string[]) =>
  circlesOf(cluster(gateway, ...routes)).map(({ object, from, to }) => `${object.name}: ${from} to ${to}`);

describe('redirects at a Kubernetes Gateway', () => {
  it('lead in a circle where a route to HTTPS is bound to both listeners', () => {
    const toHttps = redirect('scheme: https, statusCode: 301');
    expect(circles(httpRoute('up', TO_GATEWAY, toHttps, SHOP))).toEqual(['up: shop.example.com:80/ to https://shop.example.com/']);
    expect(circles(httpRoute('up', at('http'), toHttps, SHOP))).toEqual([]);
    expect(circles(httpRoute('up', at('http'), toHttps, SHOP), httpRoute('shop', at('https'), '{}', SHOP))).toEqual([]);
  });

  it('lead in a circle by way of others', () => {
    const there = httpRoute('there', at('https'), redirect('hostname: www.example.com'), SHOP);
    const back = httpRoute('back', at('https'), redirect('hostname: shop.example.com'), ', hostnames: [www.example.com]');
    expect(circles(there, back)).toEqual([
      'there: shop.example.com:443/ to https://www.example.com/',
      'back: www.example.com:443/ to https://shop.example.com/',
    ]);
    expect(circles(there)).toEqual([]);
  });

  it.each([
    ['that stays below the path', 'path: {type: ReplaceFullPath, replaceFullPath: /old/home}', '{path: {value: /old}}', 1],
    ['whose path grows without end', 'path: {type: ReplacePrefixMatch, replacePrefixMatch: /old/v2}', '{path: {value: /old}}', 1],
    ['to another path', 'path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}', '{path: {value: /old}}', 0],
    ['of one path', 'path: {type: ReplaceFullPath, replaceFullPath: /home}', '{path: {type: Exact, value: /}}', 0],
    [
      'that a header asks for',
      'path: {type: ReplaceFullPath, replaceFullPath: /x}',
      '{headers: [{name: X-Old, value: "1"}], queryParams: [{name: a, value: b}]}',
      1,
    ],
    ['by a pattern, which nobody samples', 'scheme: https', '{path: {type: RegularExpression, value: ".*"}}', 0],
  ])('of a prefix %s', (_, to, match, expected) => {
    expect(circles(httpRoute('old', at('https'), redirect(to, match), SHOP))).toHaveLength(expected);
  });
});

describe('redirects at an Istio Gateway', () => {
  const servers = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gateway, namespace: edge}
spec: {selector: {app: ingress}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*.example.com"], tls: {mode: SIMPLE, credentialName: cert}}]}
---`;
  const pods = namespace('edge', SIDECAR) + deployment('ingress', 'ingress', 'v1', 'edge');
  const moved = (match: string, hosts = 'shop.example.com') =>
    virtualService('moved', `hosts: ["${hosts}"], gateways: [edge/gateway], http: [{${match}redirect: {uri: /old/home}}]`);
  const found = (...manifests: string[]) => circlesOf(cluster(...manifests));

  it('lead in a circle just so', () => {
    expect(found(servers, pods, moved('match: [{uri: {prefix: /old}, method: {exact: GET}}], '))).toHaveLength(1);
    expect(found(servers, pods, moved('', '*.example.com'))).toHaveLength(1);
    expect(found(servers, pods, moved('match: [{uri: {exact: /old}}], '))).toEqual([]);
    expect(found(servers, pods, moved('match: [{uri: {regex: ".*"}}], '))).toEqual([]);
    expect(found(servers, pods, moved('match: [{headers: {x: {regex: ".*"}}}], '))).toEqual([]);
  });

  it('are not followed where no pods are', () => {
    expect(found(servers, moved(''))).toEqual([]);
  });
});
