import { authorizationIndex, authorizationPolicies } from '../../../lib/cluster/policies/authorization-policies';
import { clusterFrom } from '../../manifests';

const policy = (spec: string) => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec: {${spec}}`;
const only = (spec: string) => authorizationPolicies(clusterFrom(policy(spec)))[0];

describe('an AuthorizationPolicy', () => {
  it('has an action and rules', () => {
    const rule =
      'from: [{source: {namespaces: [web]}}], to: [{operation: {paths: [/a], notMethods: [PUT]}}], when: [{key: source.ip, notValues: [a]}]';
    expect(only(`action: DENY, rules: [{${rule}}], selector: {matchLabels: {app: cart}}`)).toMatchObject({
      title: 'AuthorizationPolicy shop/cart',
      action: 'DENY',
      rules: [
        {
          from: [{ namespaces: ['web'] }],
          to: [{ paths: ['/a'], notMethods: ['PUT'] }],
          when: [{ key: 'source.ip', values: [], notValues: ['a'] }],
        },
      ],
      selector: { app: 'cart' },
      targets: [],
    });
  });

  it('is read whatever stands in it', () => {
    expect(only('rules: {}, action: 1, selector: [], targetRefs: text')).toMatchObject({
      action: 'ALLOW',
      rules: [],
      selector: {},
      targets: [],
    });
    expect(only('rules: [null, {from: 1, to: [{operation: {ports: 8080}}], when: [{}]}]').rules).toEqual([
      { from: [], to: [], when: [] },
      { from: [], to: [{ ports: [] }], when: [{ key: '', values: [], notValues: [] }] },
    ]);
  });

  it('is asked by nobody while it is a dry run', () => {
    const dry = (word: string) =>
      clusterFrom(policy('rules: [{}]').replace('namespace: shop}', `namespace: shop, annotations: {istio.io/dry-run: "${word}"}}`));
    const asked = (word: string) => authorizationIndex(dry(word)).onPods(['shop'], {}).length;
    expect(['true', 'T', '1', 'false', 'yes', ''].map(asked)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(authorizationPolicies(dry('true'))).toMatchObject([{ isDryRun: true }]);
  });
});
