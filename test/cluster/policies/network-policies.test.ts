import { networkPoliciesOn } from '../../../lib/cluster/policies/network-policies';
import { clusterFrom } from '../../manifests';

const policy = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}`;
const only = (spec: string) => networkPoliciesOn(clusterFrom(policy('a', spec)), 'shop', { app: 'cart' })[0];

describe('a NetworkPolicy', () => {
  it('is found by the pods that it picks, by labels and by expressions', () => {
    const cluster = clusterFrom(
      policy('all', 'podSelector: {}'),
      policy('cart', 'podSelector: {matchLabels: {app: cart}}'),
      policy('some', 'podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}'),
    );
    const names = (labels: Record<string, string>) => networkPoliciesOn(cluster, 'shop', labels).map(({ object }) => object.name);
    expect(names({ app: 'cart' })).toEqual(['all', 'cart']);
    expect(names({ app: 'web' })).toEqual(['all', 'some']);
    expect(networkPoliciesOn(cluster, 'bank', { app: 'cart' })).toEqual([]);
  });

  it('is about what comes in, and about what goes out where it says so', () => {
    expect(only('')).toMatchObject({ ingress: [], egress: undefined });
    expect(only('egress: []')).toMatchObject({ ingress: [], egress: [] });
    expect(only('egress: null')).toMatchObject({ ingress: [], egress: undefined });
    expect(only('policyTypes: [Egress]')).toMatchObject({ ingress: undefined, egress: [] });
  });

  it('lists peers and ports', () => {
    const from = '[{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {namespaceSelector: {}, podSelector: null}]';
    expect(only(`ingress: [{from: ${from}, ports: [{port: 80, endPort: 90}, {port: main, protocol: UDP}]}]`).ingress).toEqual([
      {
        peers: [
          { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
          { namespaceSelector: { matchLabels: {}, matchExpressions: [] } },
        ],
        ports: [
          { port: 80, endPort: 90, protocol: 'TCP' },
          { port: 'main', protocol: 'UDP' },
        ],
      },
    ]);
  });
});
