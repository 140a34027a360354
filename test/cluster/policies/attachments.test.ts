import { authorizationIndex } from '../../../lib/cluster/policies/authorization-policies';
import { readAttached } from '../../../lib/cluster/policies/attachments';
import { clusterFrom, readYaml } from '../../manifests';

const policy = (name: string, spec: string, namespace = 'shop') => `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}`;
const service = (name: string) => ({ namespaceName: 'shop', target: { group: '', kind: 'Service', name } });

describe('policies', () => {
  const cluster = clusterFrom(
    policy('z-all', ''),
    policy('cart', 'selector: {matchLabels: {app: cart}}, action: DENY, rules: [{to: [{operation: {paths: [/admin], ports: 8080}}]}]'),
    policy('everywhere', '', 'istio-system'),
    policy('services', 'targetRefs: [{kind: Service, name: cart}, {kind: Service, name: web}]'),
    policy('one', 'targetRef: {kind: Service, group: "", name: cart}'),
  );
  const titles = (found: readonly { readonly title: string }[]) => found.map(({ title }) => title.replace('AuthorizationPolicy ', ''));
  const index = authorizationIndex(cluster);

  it('that go by labels are found by those of a pod, in their order', () => {
    expect(titles(index.onPods(['shop', 'istio-system'], { app: 'cart' }))).toEqual(['istio-system/everywhere', 'shop/cart', 'shop/z-all']);
    expect(titles(index.onPods(['shop', 'shop'], { app: 'web' }))).toEqual(['shop/z-all']);
  });

  it('name their target by either word for it, and Kubernetes’ own group by either of its names', () => {
    const read = (spec: string) => readAttached(readYaml(policy('cart', spec))[0]).targets;
    const cart = { group: '', kind: 'Service', name: 'cart' };
    expect(read('targetRefs: [{group: core, kind: Service, name: cart}]')).toMatchObject([cart]);
    expect(read('targetRef: {kind: Service, name: cart}, targetRefs: []')).toMatchObject([cart]);
    expect(read('targetRefs: [{kind: Service, name: cart, namespace: bank}]')).toMatchObject([{ ...cart, namespaceName: 'bank' }]);
    expect(read('targetRef: null')).toEqual([]);
  });

  it('that name targets are found by those, each once, and never by labels', () => {
    expect(titles(index.onTargets([service('cart'), service('web')]))).toEqual(['shop/one', 'shop/services']);
    expect(titles(index.onTargets([{ ...service('cart'), namespaceName: 'bank' }]))).toEqual([]);
  });
});
