import { destinationRules, destinationRulesFor } from '../../../lib/cluster/routes/destination-rules';
import { clusterFrom } from '../../manifests';

const rule = (name: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name}, namespace: shop}
spec: {${spec}}`;

describe('a DestinationRule', () => {
  it('is found by its host, the closest first, letter for letter', () => {
    const cluster = clusterFrom(
      rule('wide', 'host: "*.shop.svc.cluster.local"'),
      rule('cart', 'host: cart'),
      rule('capitals', 'host: CART'),
    );
    const found = destinationRulesFor(cluster, 'cart.shop.svc.cluster.local').map((equals) => equals.map(({ object }) => object.name));
    expect(found).toEqual([['cart'], ['wide']]);
  });

  it('has subsets, clients and every mode of TLS that it says', () => {
    const subsets = '[{name: v1, labels: {version: v1}, trafficPolicy: {tls: {mode: DISABLE}}}, {name: all}]';
    const policy = 'trafficPolicy: {tls: {mode: ISTIO_MUTUAL}, portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE}}]}';
    expect(
      destinationRules(clusterFrom(rule('a', `host: a, subsets: ${subsets}, ${policy}, workloadSelector: {matchLabels: {app: web}}`)))[0],
    ).toMatchObject({
      subsets: [
        { name: 'v1', labels: { version: 'v1' } },
        { name: 'all', labels: {} },
      ],
      tlsModes: ['ISTIO_MUTUAL', 'SIMPLE', 'DISABLE'],
      selector: { app: 'web' },
    });
  });

  it('is read whatever stands in it', () => {
    expect(destinationRules(clusterFrom(rule('odd', 'host: [a], subsets: {}, trafficPolicy: 1')))[0]).toMatchObject({
      host: '',
      subsets: [],
      tlsModes: [],
    });
  });
});
