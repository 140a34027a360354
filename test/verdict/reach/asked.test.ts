import { httpRoutes } from '../../../lib/cluster/routes/http-routes';
import { readPolicy } from '../../../lib/cluster/policies/authorization-policies';
import { virtualServices } from '../../../lib/cluster/routes/virtual-services';
import { askedByHttpRoute, askedByRule, askedByVirtualService, joined } from '../../../lib/verdict/reach/asked';
import { nameOf } from '../../../lib/verdict/reach/properties';
import { clusterFrom, readYaml } from '../../manifests';

const words = ({ asked, moved, leftOut }: ReturnType<typeof joined>) => ({
  asked: asked.map(({ about, language }) => `${nameOf(about)} ${language.name}`),
  moved,
  leftOut,
});
const ofPolicy = (rule: string) => {
  const [policy] = readYaml(
    `{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: a, namespace: b}, spec: {rules: [${rule}]}}`,
  );
  return words(joined(readPolicy(policy).rules.map(askedByRule)));
};
const virtual = (http: string) =>
  clusterFrom(
    `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a, namespace: b}, spec: {hosts: [c], http: [${http}]}}`,
  );
const ofVirtual = (http: string) => words(askedByVirtualService(virtual(http), virtualServices(virtual(http))[0]));
const ofHttp = (rules: string) => {
  const text = `{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a, namespace: b}, spec: {rules: [${rules}]}}`;
  return words(askedByHttpRoute(httpRoutes(clusterFrom(text))[0]));
};

describe('what is asked of requests', () => {
  it('by a policy: operations and conditions, also those that are denied', () => {
    const to = 'to: [{operation: {methods: [GET], notPaths: [/a*], hosts: [x], ports: ["80"]}}]';
    const when =
      'when: [{key: "request.headers[X-A]", values: [b]}, {key: "request.auth.claims[r][s]", notValues: [c]}, {key: source.ip, values: [10.0.0.1]}]';
    expect(ofPolicy(`{${to}, ${when}}`)).toEqual({
      asked: ['method GET', 'path /a*', 'host x', 'header x-a b', 'claim r.s c'],
      moved: [],
      leftOut: [],
    });
  });

  it('by a policy: subjects and audiences of tokens', () => {
    const from = 'from: [{source: {requestPrincipals: [us/*, us/me]}}]';
    const when = 'when: [{key: request.auth.audiences, values: [shop]}, {key: request.auth.presenter, values: [app]}]';
    expect(ofPolicy(`{${from}, ${when}}`).asked).toEqual(['subject me', 'audience shop', 'claim azp app']);
  });

  it('by a VirtualService, and what it sends on instead', () => {
    const match =
      'match: [{uri: {prefix: /a}, method: {exact: PUT}, headers: {x: {}}, withoutHeaders: {"@request.auth.claims.r": {exact: s}}, queryParams: {q: {regex: "[a-z]+"}}}]';
    expect(ofVirtual(`{${match}, rewrite: {uri: /b}}`)).toEqual({
      asked: ['path /a*', 'method PUT', 'header x *', 'claim r s', 'query q /[a-z]+/'],
      moved: [{ from: '/a', to: '/b' }],
      leftOut: [],
    });
    expect(
      ofVirtual('{match: [{uri: {regex: "(?i)/a"}, authority: {exact: c}}], rewrite: {uriRegexRewrite: {match: a, rewrite: b}}}').leftOut,
    ).toEqual(['paths that an expression rewrites', 'the expression (?i)/a']);
  });

  it('by an HTTPRoute, and what it sends on instead', () => {
    const match =
      'matches: [{path: {type: PathPrefix, value: /a/}, method: GET, headers: [{name: X, value: y}], queryParams: [{name: q, type: RegularExpression, value: z+}]}]';
    const filters = 'filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]';
    expect(ofHttp(`{${match}, ${filters}}`)).toEqual({
      asked: ['path /a and below', 'method GET', 'header x y', 'query q /z+/'],
      moved: [{ from: '/a', to: '' }],
      leftOut: [],
    });
  });

  it('by an expression, whose edges at both ends say nothing, and not by one with others', () => {
    const asked = (regex: string) => ofVirtual(`{match: [{uri: {regex: '${regex}'}}]}`);
    expect(asked('^/items/[a-z]+$').asked).toEqual(['path /^/items/[a-z]+$/']);
    expect(asked('/order-[0-9]+').asked).toEqual(['path //order-[0-9]+/']);
    for (const regex of ['^/a|/b$', '/a\\bc', '/a(^b)']) expect(asked(regex).leftOut).toHaveLength(1);
    expect(asked('[$^]+').leftOut).toEqual([]);
  });

  it('by words of the token itself, and by none that stand before the headers', () => {
    const when = (key: string) => ofPolicy(`{when: [{key: "${key}", values: [a]}]}`);
    expect(when('request.auth.claims[sub]').asked).toEqual(['subject a']);
    expect(when('request.auth.claims[aud]').asked).toEqual(['audience a']);
    expect(when('request.auth.claims[iss]')).toEqual({ asked: [], moved: [], leftOut: [] });
    expect(when('request.headers[:path]')).toEqual({ asked: [], moved: [], leftOut: ['request.headers[:path]'] });
  });
});
