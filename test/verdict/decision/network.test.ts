import { CART, cluster, namespace } from '../fixtures';
import { type NetworkEnd, connects } from '../../../lib/verdict/decision/network';

const networkPolicy = (name: string, spec: string, namespaceName = 'shop') => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${namespaceName}}
spec: {${spec}}
---`;
const SHOP = namespace('shop', 'team: blue') + CART;
const INTO_CART = 'podSelector: {matchLabels: {app: cart}}, policyTypes: [Ingress]';

const cart: NetworkEnd = {
  namespaceName: 'shop',
  labels: { app: 'cart', version: 'v1' },
  address: '10.244.0.1',
  namedPorts: { main: 8080 },
};
const web: NetworkEnd = { namespaceName: 'shop', labels: { app: 'web' }, address: '10.244.0.2' };
const stranger: NetworkEnd = { namespaceName: 'elsewhere', labels: { app: 'web' }, address: '10.244.0.3' };
const internet: NetworkEnd = { labels: {}, address: '93.184.216.34' };

const verdict = (policies: string, source: NetworkEnd, target: NetworkEnd, port = 8080) =>
  connects(cluster(SHOP, policies), source, target, port).allowed;

describe('a pod', () => {
  it('is open until a policy picks it', () => {
    expect(verdict('', stranger, cart)).toBe(true);
    expect(
      verdict(networkPolicy('other', 'podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress, Egress]'), stranger, cart),
    ).toBe(true);
    expect(verdict(networkPolicy('elsewhere', 'podSelector: {}, policyTypes: [Ingress]', 'bank'), stranger, cart)).toBe(true);
  });

  it('is closed by a policy without rules, which is named', () => {
    const closed = cluster(SHOP, networkPolicy('default-deny', 'podSelector: {}, policyTypes: [Ingress, Egress]'));
    expect(connects(closed, stranger, cart, 8080)).toMatchObject({ allowed: false, by: 'NetworkPolicy shop/default-deny' });
    expect(connects(closed, cart, internet, 443)).toMatchObject({ allowed: false, by: 'NetworkPolicy shop/default-deny' });
  });

  it('has its refusal named after the policy without rules, whatever else picks it', () => {
    const policies =
      networkPolicy('cart', `${INTO_CART}, ingress: [{ports: [{port: 1}]}]`) + networkPolicy('default-deny', 'podSelector: {}');
    expect(connects(cluster(SHOP, policies), web, cart, 8080).by).toBe('NetworkPolicy shop/default-deny');
  });

  it('takes what any policy lists', () => {
    const policies =
      networkPolicy('a', INTO_CART) + networkPolicy('b', `${INTO_CART}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]`);
    expect(connects(cluster(SHOP, policies), web, cart, 8080)).toMatchObject({ allowed: true, by: 'NetworkPolicy shop/b' });
  });

  it('needs both ends to agree', () => {
    const out = (app: string) =>
      networkPolicy(
        'web',
        `podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: ${app}}}}]}]`,
      );
    const into = (app: string) => networkPolicy('cart', `${INTO_CART}, ingress: [{from: [{podSelector: {matchLabels: {app: ${app}}}}]}]`);
    expect(verdict(out('cart') + into('web'), web, cart)).toBe(true);
    expect(verdict(out('cart') + into('other'), web, cart)).toBe(false);
    expect(verdict(out('other') + into('web'), web, cart)).toBe(false);
  });

  it('is closed both ways by a policy that has egress rules and names no type', () => {
    const out = networkPolicy('web', 'podSelector: {matchLabels: {app: web}}, egress: [{to: [{podSelector: {}}]}]');
    expect(verdict(out, web, cart)).toBe(true);
    expect(verdict(out, cart, web)).toBe(false);
  });
});

describe('a peer', () => {
  const from = (peer: string) => networkPolicy('cart', `${INTO_CART}, ingress: [{from: [${peer}]}]`);

  it.each([
    ['by labels, in the same namespace', '{podSelector: {matchLabels: {app: web}}}', true, false],
    ['by namespace', '{namespaceSelector: {matchLabels: {team: blue}}}', true, false],
    ["by a namespace's own name", '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: elsewhere}}}', false, true],
    ['by namespace and labels together', '{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}', true, true],
    ['by namespace or labels', '{namespaceSelector: {matchLabels: {team: red}}}, {podSelector: {matchLabels: {app: web}}}', true, false],
    ['by an expression', '{namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [blue]}]}}', true, false],
    ['by a missing label', '{namespaceSelector: {matchExpressions: [{key: team, operator: DoesNotExist}]}}', false, true],
    ['by a label that is there', '{namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}}', true, false],
    ['by all values but one', '{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [blue]}]}}', false, true],
    ['by all values but another', '{namespaceSelector: {matchExpressions: [{key: team, operator: NotIn, values: [red]}]}}', true, true],
    ['by address', '{ipBlock: {cidr: 10.244.0.0/16, except: [10.244.0.3/32]}}', true, false],
  ])('is picked %s', (_, peer, own, foreign) => {
    expect(verdict(from(peer), web, cart)).toBe(own);
    expect(verdict(from(peer), stranger, cart)).toBe(foreign);
  });

  it('is left out by any one exception of its block', () => {
    const block = from('{ipBlock: {cidr: 0.0.0.0/0, except: [172.16.0.0/12, 10.0.0.0/8]}}');
    expect(verdict(block, web, cart)).toBe(false);
    expect(verdict(block, internet, cart)).toBe(true);
  });

  it('is no machine, which has labels and a namespace as well: only its address counts', () => {
    const machine: NetworkEnd = { ...web, address: '10.9.0.1', isOutside: true };
    const closed = networkPolicy('default-deny', 'podSelector: {}, policyTypes: [Egress]');
    expect(verdict(closed, web, internet)).toBe(false);
    expect(verdict(closed, machine, internet)).toBe(true);
    const open = (peer: string) => networkPolicy('open', `${INTO_CART}, ingress: [{from: [${peer}]}]`);
    expect([open('{podSelector: {}}'), open('{namespaceSelector: {}}')].map((policies) => verdict(policies, machine, cart))).toEqual([
      false,
      false,
    ]);
    expect(verdict(open('{ipBlock: {cidr: 10.9.0.0/24}}'), machine, cart)).toBe(true);
  });

  it('outside the cluster has an address and nothing else', () => {
    expect(verdict(from('{namespaceSelector: {}}'), internet, cart)).toBe(false);
    expect(verdict(from('{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}'), internet, cart)).toBe(true);
    expect(verdict(from('{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}'), web, cart)).toBe(false);
  });
});

describe('a port', () => {
  const on = (port: string) => networkPolicy('cart', `${INTO_CART}, ingress: [{ports: [${port}]}]`);

  it.each([
    ['its number', '{protocol: TCP, port: 8080}', true],
    ['another number', '{port: 80}', false],
    ['a range', '{port: 8000, endPort: 9000}', true],
    ['its name on the pod', '{port: main}', true],
    ['another name', '{port: metrics}', false],
    ['any of a protocol', '{protocol: TCP}', true],
    ['another protocol', '{protocol: UDP, port: 8080}', false],
  ])('is matched by %s', (_, port, expected) => {
    expect(verdict(on(port), web, cart)).toBe(expected);
  });
});

describe('machines that register themselves', () => {
  const machines = (...blocks: string[]): NetworkEnd => ({
    namespaceName: 'shop',
    labels: {},
    address: '10.244.0.9',
    isOutside: true,
    blocks,
  });
  const from = (...cidrs: string[]) =>
    networkPolicy('cart', `${INTO_CART}, ingress: [{from: [${cidrs.map((cidr) => `{ipBlock: {cidr: ${cidr}}}`).join(', ')}]}]`);
  const asked = (policies: string, source: NetworkEnd) => connects(cluster(SHOP, policies), source, cart, 8080);

  it('are let in where all their addresses are', () => {
    expect(asked(from('10.20.0.0/16'), machines('10.20.1.0/24'))).toMatchObject({ allowed: true, by: 'NetworkPolicy shop/cart' });
    expect(asked(from('fd00::/8'), machines('fd00:1::/64')).allowed).toBe(true);
  });

  it('are kept out where none of them is', () => {
    expect(asked(from('10.21.0.0/16'), machines('10.20.1.0/24'))).toMatchObject({ allowed: false, by: 'NetworkPolicy shop/cart' });
    expect(asked(from('10.21.0.0/16'), machines('10.20.1.0/24')).unknown).toBeUndefined();
    expect(asked(from('fd00::/8'), machines('10.20.1.0/24')).unknown).toBeUndefined();
  });

  it('are what nobody can tell where some are, or anywhere', () => {
    const reason = { allowed: false, unknown: expect.stringContaining('at which ones the machines are') as string };
    expect(asked(from('10.20.1.0/25'), machines('10.20.1.0/24'))).toMatchObject(reason);
    expect(asked(from('10.20.1.0/24'), machines('10.20.1.0/24', '10.21.0.0/24'))).toMatchObject(reason);
    expect(asked(from('10.20.1.0/24'), machines('0.0.0.0/0'))).toMatchObject(reason);
    expect(
      asked(networkPolicy('cart', `${INTO_CART}, ingress: [{from: [{podSelector: {}}]}]`), machines('0.0.0.0/0')).unknown,
    ).toBeUndefined();
  });
});
