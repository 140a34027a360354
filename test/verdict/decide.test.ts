import { decide, decideAll } from '../../lib/verdict/decide';
import {
  CART,
  CART_VERSIONS,
  DENY_ALL,
  NINETY_TEN,
  SIDECAR,
  TO_CART,
  cluster,
  get,
  httpRoute,
  namespace,
  policy,
  sidecarWeb,
} from './fixtures';

const SHOP = [namespace('shop', SIDECAR), CART, CART_VERSIONS];
const call = get({ from: sidecarWeb });
const onVersion = (name: string, version: string, rule: string) =>
  policy(name, `selector: {matchLabels: {version: ${version}}}, rules: [${rule}]`);

describe('a decision', () => {
  it('leads back to the object that took it, and to its place in the text', () => {
    const { object, by } = decide(cluster(...SHOP, DENY_ALL), call);
    expect(by).toBe('AuthorizationPolicy shop/deny-all');
    expect(object).toMatchObject({ kind: 'AuthorizationPolicy', name: 'deny-all', position: { file: 'manifests.yaml', column: 1 } });
    expect(object?.position?.line).toBeGreaterThan(30);
  });

  it('is a refusal as soon as one of the ways is refused, whatever else is unknown', () => {
    const weather = '{when: [{key: request.weather, values: [fair]}]}';
    const split = httpRoute('cart', TO_CART, NINETY_TEN);
    const unclear = cluster(...SHOP, split, onVersion('a', 'v1', weather));
    expect(decide(unclear, call).unknown).toContain('AuthorizationPolicy shop/a');
    const refused = decide(cluster(...SHOP, split, onVersion('a', 'v1', weather), onVersion('b', 'v2', '')), call);
    expect(refused).toMatchObject({ allowed: false, by: 'AuthorizationPolicy shop/b' });
    expect(refused.unknown).toBeUndefined();
  });

  it('is one for each way', () => {
    const decisions = decideAll(cluster(...SHOP, onVersion('b', 'v2', '')), call);
    expect(decisions.map(({ allowed }) => allowed)).toEqual([true, false]);
  });
});
