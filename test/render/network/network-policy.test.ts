import type { Hop } from '../../../lib/model/hop';
import { NO_RULES, portsOf, renderHops, renderNetworkPolicy } from '../../../lib/render/network/network-policy';
import { pods, tcp } from '../../builders';

const CART = { namespaceName: 'shop', podLabels: { app: 'cart' } };
const PRODUCT = { namespaceName: 'shop', podLabels: { app: 'product' } };
const [cart, product] = [pods('shop', CART.podLabels), pods('shop', PRODUCT.podLabels)];

const hop = (...networkPorts: number[]): Hop => ({ from: CART, to: PRODUCT, networkPorts });

describe('a NetworkPolicy', () => {
  it('opens each end of a connection to the other, on the ports of the pods', () => {
    expect(renderNetworkPolicy(PRODUCT.podLabels, renderHops([hop(8080, 15008)], []))).toEqual({
      podSelector: { matchLabels: { app: 'product' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [cart], ports: tcp(8080, 15008) }],
    });
    expect(renderNetworkPolicy(CART.podLabels, renderHops([], [hop(8080)]))).toEqual({
      podSelector: { matchLabels: { app: 'cart' } },
      policyTypes: ['Egress'],
      egress: [{ to: [product], ports: tcp(8080) }],
    });
  });

  // A direction that is named without rules would be closed, and an empty list of labels picks all pods.
  it('names the directions that it has rules for, and picks all pods where none are named', () => {
    const both = renderNetworkPolicy({}, renderHops([hop(80)], [hop(80)]));
    expect([both.podSelector, both.policyTypes]).toEqual([{}, ['Ingress', 'Egress']]);
    expect(renderNetworkPolicy({}, NO_RULES, renderHops([hop(80)], [])).policyTypes).toEqual(['Ingress']);
  });

  it('opens nothing for a connection without ports, for a rule without ports would open them all', () => {
    expect(renderNetworkPolicy(CART.podLabels, renderHops([hop()], [hop(), hop(80)]))).toMatchObject({
      ingress: undefined,
      egress: [{ ports: tcp(80) }],
    });
  });

  it('says each rule once, in one order', () => {
    const rules = (...hops: Hop[]) => renderNetworkPolicy({}, renderHops(hops, hops));
    expect(rules(hop(90), hop(80), hop(90))).toEqual(rules(hop(80), hop(90)));
    expect(rules(hop(90), hop(80)).ingress).toHaveLength(2);
  });

  it('adds rules of every part to those of the others', () => {
    const dns = { ingress: [], egress: [{ to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: portsOf('UDP', [53]) }] };
    const { egress } = renderNetworkPolicy({}, renderHops([], [hop(80)]), dns);
    expect(egress).toHaveLength(2);
    expect(egress).toEqual(expect.arrayContaining([dns.egress[0], { to: [product], ports: tcp(80) }]));
  });
});

describe('ports of a NetworkPolicy', () => {
  it('are numbers, each once, from the lowest up', () => {
    expect(portsOf('UDP', [5353, 53, 15008, 53])).toEqual([53, 5353, 15008].map((port) => ({ protocol: 'UDP', port })));
  });
});
