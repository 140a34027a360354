import { parse } from 'yaml';
import { Verdicts } from '../../../lib';
import { SHOP } from '../../cli/run';

const SECRETS = `apiVersion: v1
kind: Secret
metadata: { name: key, namespace: shop }
stringData: { key: topsecret }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { key: topsecret }
---
apiVersion: v1
kind: Pod
metadata: { name: job, namespace: shop }
spec: { containers: [{ name: a, image: 'a:1', args: [topsecret], env: [{ name: KEY, value: topsecret }], ports: [{ containerPort: 80 }] }] }
`;

describe('what a mesh was read from', () => {
  it('is every object with its place, and says the same to whoever asks', () => {
    const { objects } = Verdicts.ofFiles({ name: 'k8s/shop.yaml', text: SHOP }).source;
    expect(objects.map(({ kind, name, file, line, column }) => [kind, name, file, line, column])).toEqual([
      ['Namespace', 'shop', 'k8s/shop.yaml', 1, 1],
      ['Deployment', 'cart', 'k8s/shop.yaml', 5, 1],
      ['Deployment', 'product', 'k8s/shop.yaml', 12, 1],
      ['Service', 'product', 'k8s/shop.yaml', 19, 1],
      ['AuthorizationPolicy', 'product', 'k8s/shop.yaml', 24, 1],
    ]);
    const question = { caller: 'cart', callee: 'product' };
    const again = Verdicts.ofYaml(objects.map(({ yaml }) => yaml).join('---\n'));
    expect(again.ask(question).allowed).toBe(Verdicts.ofYaml(SHOP).ask(question).allowed);
  });

  it('has no secrets in it', () => {
    const { objects } = Verdicts.ofYaml(`${SHOP}---\n${SECRETS}`).source;
    expect(JSON.stringify(objects)).not.toContain('topsecret');
    expect(parse(objects.at(-1)!.yaml)).toMatchObject({
      kind: 'Pod',
      spec: { containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] },
    });
  });

  it('has the words of the mesh', () => {
    expect(Verdicts.ofYaml(SHOP).source).toMatchObject({
      trustDomain: 'cluster.local',
      trustDomainAliases: [],
      clusterDomain: 'cluster.local',
      rootNamespace: 'istio-system',
      pathNormalization: 'BASE',
      namespaceLabels: {},
    });
  });
});
