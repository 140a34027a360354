import type { Target } from '../../../lib/verdict/requests/request';
import { exactly } from '../../../lib/verdict/reach/languages';
import { HOST, looksAtHosts, namesTaken, withHosts } from '../../../lib/verdict/reach/written-hosts';
import { authorizationPolicies } from '../../../lib/cluster/policies/authorization-policies';
import { clusterFrom } from '../../manifests';
import * as made from '../fixtures';

const cluster = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART);
const NOTHING = { asked: [], moved: [], addedTo: [], leftOut: [] };
const MAGIC = { ...NOTHING, asked: [{ about: HOST, language: exactly('magic.com') }] };
const from = { pod: { namespace: 'shop' } };
const cart: Target = { host: 'cart.shop.svc.cluster.local', port: 8080 };

describe('hosts that clients write', () => {
  it('are not divided where nobody looks at them, nor for who comes in by a gateway', () => {
    expect(withHosts(cluster, { from, to: cart }, [cart.host], NOTHING)).toBe(NOTHING);
    expect(withHosts(cluster, { from: { gateway: 'edge/gateway' }, to: cart }, [cart.host], MAGIC)).toEqual(NOTHING);
  });

  it('are divided by what is asked and by the names of what is called', () => {
    const names = withHosts(cluster, { from, to: cart }, [cart.host], MAGIC).asked.map(({ language }) => language);
    expect(names.map(({ name }) => name)).toEqual([
      'cart.shop.svc.cluster.local',
      'cart.shop in any form',
      'cart without a namespace',
      'magic.com',
    ]);
    const forms = ['cart.shop', 'cart.shop.svc:80', 'cart.shop.svc.cluster.local.', 'cart.shop.', 'cart', 'xcart.shop'];
    expect(forms.map((text) => names[1].has(text))).toEqual([true, true, true, false, false, false]);
  });

  it('of a pod are its address, and any other', () => {
    const [first] = withHosts(cluster, { from, to: { podOf: 'shop/cart-v1', port: 8080 } }, [], MAGIC).asked;
    expect(first.language.name).toMatch(/^\d+(\.\d+){3}$/);
  });

  it('are shown by no name that a Service has', () => {
    expect([...namesTaken(cluster)]).toEqual(['cart.shop.svc.cluster.local', 'cart', 'cart.shop', 'cart.shop.svc']);
  });

  it('are looked at by operations of policies', () => {
    const looks = (rules: string) => {
      const one = clusterFrom(made.namespace('shop', made.SIDECAR), made.CART, made.policy('p', rules));
      return looksAtHosts(one, authorizationPolicies(one), []);
    };
    expect(looks('rules: [{to: [{operation: {notHosts: [a]}}]}]')).toBe(true);
    expect(looks('rules: [{to: [{operation: {methods: [GET]}}]}]')).toBe(false);
  });
});
