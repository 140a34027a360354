import { compared } from '../../../lib/verdict/reach/compare';
import { clusterFrom } from '../../manifests';
import * as made from '../fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.CART_VERSIONS, made.deployment('web', 'web', 'v1')];
const ends = { from: [{ workload: 'shop/web' }], to: { host: 'cart.shop.svc.cluster.local', port: 8080 } };
const allow = (...paths: string[]) =>
  made.policy(
    'a',
    `selector: {matchLabels: {app: cart}}, rules: [${paths.map((one) => `{to: [{operation: {paths: [${one}]}}]}`).join(', ')}]`,
  );
const side = (...pieces: string[]) => ({ cluster: clusterFrom(...SHOP, ...pieces), ends });

function differences(before: Parameters<typeof compared>[0], after: Parameters<typeof compared>[1]): string[] {
  const comparison = compared(before, after)!;
  return comparison.classes.flatMap(({ values, tokens, answer }) => {
    const { path } = comparison.requestOf([...values.map(([first]) => first), tokens[0]]);
    return answer.difference === undefined ? [] : [`${answer.difference} ${path}`];
  });
}

describe('two versions of a mesh', () => {
  it('differ by the requests that fare otherwise, divided by what either compares', () => {
    expect(differences(side(allow('/a')), side(allow('/a')))).toEqual([]);
    expect(differences(side(allow('/a')), side(allow('/a', '/b')))).toEqual(['opened /b']);
    expect(differences(side(allow('/a')), side(allow('/b')))).toEqual(['opened /b', 'closed /a']);
    expect(differences(side(), side(allow('/a')))).toEqual(['closed /']);
  });

  it('differ by everything that arrives where an end is not there yet, or no more', () => {
    const { cluster } = side(allow('/a'));
    expect(differences({ cluster }, side(allow('/a')))).toEqual(['opened /a']);
    expect(differences(side(allow('/a')), { cluster })).toEqual(['closed /a']);
  });

  it('differ by where requests end', () => {
    expect(
      differences(side(), side(made.virtualService('cart', 'hosts: [cart], http: [{route: [{destination: {host: cart-v1}}]}]'))),
    ).toEqual(['moved /']);
  });

  it('differ by whom they ask outside, and not by ways that lead to the same ends', () => {
    const asking = made.policy('c', 'selector: {matchLabels: {app: cart}}, action: CUSTOM, provider: {name: opa}, rules: [{}]');
    expect(differences(side(asking), side())).toEqual(['weakened /']);
    expect(differences(side(), side(asking))).toEqual(['strengthened /']);
    const same = 'http: [{route: [{destination: {host: cart}, weight: 60}, {destination: {host: cart}, weight: 40}]}]';
    expect(differences(side(), side(made.virtualService('cart', `hosts: [cart], ${same}`)))).toEqual([]);
  });
});
