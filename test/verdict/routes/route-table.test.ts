import { servicesOf } from '../../../lib/cluster/services/services';
import type { Maybe } from '../../../lib/verdict/decision/three-valued';
import { NO_ROUTES, type RouteRule, ruleFor, shares, straightTo } from '../../../lib/verdict/routes/route-table';
import { clusterFrom, readYaml } from '../../manifests';

const CART = '{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {ports: [{port: 80}]}}';
const [object] = readYaml(CART);
const [service] = servicesOf(clusterFrom(CART));
const LINE = { method: 'GET', path: '/', headers: {} };
const rule = (by: string, answer: Maybe): RouteRule => ({ by, object, matches: () => answer, destinations: [] });

describe('a table of routes', () => {
  it('is read up to the first rule that matches', () => {
    expect(ruleFor({ rules: [rule('a', false), rule('b', true), rule('c', true)] }, LINE).rule?.by).toBe('b');
    expect(ruleFor({ rules: [rule('a', false)] }, LINE)).toEqual({ rule: undefined });
    expect(ruleFor(NO_ROUTES, LINE)).toEqual({ rule: undefined });
  });

  it('tells nothing from where nobody can tell', () => {
    expect(ruleFor({ rules: [rule('a', false), rule('b', undefined), rule('c', true)] }, LINE)).toEqual({
      unknown: 'b asks for what is not known here',
    });
    expect(ruleFor({ rules: [rule('a', true)], unknown: 'two owners' }, LINE)).toEqual({ unknown: 'two owners' });
  });

  it('shares by weights, whatever they sum to', () => {
    const of = (...weights: number[]) =>
      shares(weights.map((weight) => ({ ...straightTo(service, 80), weight }))).map(({ share }) => share);
    expect([of(3, 1), of(0, 5), of(0, 0)]).toEqual([
      [0.75, 0.25],
      [0, 1],
      [0, 0],
    ]);
  });

  it('is not needed to reach a service itself', () => {
    expect(straightTo(service, 80)).toMatchObject({ host: 'cart.shop.svc.cluster.local', port: 80, weight: 1 });
  });
});
