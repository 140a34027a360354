import { isCertain } from '../../lib/inquiry/certain-refusal';
import type { Decision } from '../../lib/verdict/decide';
import { clusterFrom } from '../manifests';
import { made, raw } from '../rules/model-builder';

const policy = (spec: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: added, namespace: shop}
spec: {${spec}}`;
const TOKENS = `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: tokens, namespace: shop}
spec: {jwtRules: [{issuer: a}]}`;

const by = (object: Decision['object'], layer: Decision['layer'] = 'authorization'): Decision => ({
  allowed: false,
  by: 'x',
  layer,
  object,
  trail: [],
});
const certain = (spec: string, ...beside: string[]) => isCertain(clusterFrom(...beside), by(raw(policy(spec))[0]));
const denying = (rule: string) => `action: DENY, rules: [{${rule}}]`;

describe('a refusal', () => {
  it('is certain that asks for the caller and the port, or for nothing', () => {
    expect(certain(denying('from: [{source: {namespaces: [shop]}}]'))).toBe(true);
    expect(certain(denying('to: [{operation: {ports: ["8080"], methods: [GET]}}]'))).toBe(true);
    expect(certain(denying('to: [{operation: {paths: ["/*"]}}]'))).toBe(true);
    expect(certain(denying('when: [{key: source.namespace, values: [shop]}]'))).toBe(true);
    expect(certain('action: DENY, rules: [{}]')).toBe(true);
  });

  it.each([
    'to: [{operation: {paths: ["/orders/1"]}}]',
    'to: [{operation: {notPaths: ["/api/*"]}}]',
    'to: [{operation: {notHosts: [cart]}}]',
    'when: [{key: "request.headers[x-tenant]", notValues: ["*"]}]',
    'when: [{key: "request.auth.claims[groups]", notValues: [admin]}]',
  ])('is not where another request may pass: %s', (rule) => {
    expect(certain(denying(rule), TOKENS)).toBe(false);
  });

  it('is certain for want of a token only where nobody reads any', () => {
    const noToken = denying('from: [{source: {notRequestPrincipals: ["*"]}}]');
    expect([certain(noToken), certain(noToken, TOKENS)]).toEqual([true, false]);
  });

  it('is certain where a policy that lets in names others, whatever paths it asks for', () => {
    expect(certain('rules: [{from: [{source: {principals: [a]}}], to: [{operation: {paths: [/a]}}]}]')).toBe(true);
    expect(certain('rules: [{when: [{key: "request.headers[x]", values: [a]}]}]')).toBe(false);
    expect(certain('rules: [{from: [{source: {principals: [a], requestPrincipals: ["*"]}}]}]', TOKENS)).toBe(false);
  });

  it('is certain by what constructs wrote, but for routes that lead nowhere', () => {
    const [object] = made(policy(denying('to: [{operation: {paths: [/a]}}]')));
    expect(isCertain(clusterFrom(), by(object))).toBe(true);
    expect(isCertain(clusterFrom(), by(object, 'routing'))).toBe(false);
    expect(isCertain(clusterFrom(), by(undefined, 'network'))).toBe(true);
  });
});
