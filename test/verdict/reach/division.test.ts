import { classesOf, divided, MOST_COMBINATIONS, waysOf } from '../../../lib/verdict/reach/division';
import { clusterFrom } from '../../manifests';
import * as made from '../fixtures';

const SHOP = [made.namespace('shop', made.SIDECAR), made.CART, made.deployment('web', 'web', 'v1')];
const ends = { from: [{ workload: 'shop/web' }], to: { host: 'cart.shop.svc.cluster.local', port: 8080 } };
const division = (rule: string) => {
  const cluster = clusterFrom(...SHOP, made.policy('a', `selector: {matchLabels: {app: cart}}, rules: [${rule}]`));
  return divided(cluster, ends, waysOf(cluster, ends));
};

describe('a division of requests', () => {
  const told = division('{to: [{operation: {methods: [POST], paths: [/a]}}], when: [{key: "request.headers[x]", values: [y]}]}')!;

  it('has a request for each combination of what is told apart', () => {
    expect(told.dimensions.map(({ values }) => values.length)).toEqual([2, 2, 3]);
    expect(told.requestOf([0, 0, 0, 0])).toEqual({
      from: ends.from[0],
      to: ends.to,
      method: 'POST',
      path: '/a',
      headers: {},
      token: undefined,
    });
    expect(told.requestOf([1, 1, 1, 0])).toMatchObject({ method: 'GET', path: '/', headers: { x: 'y' } });
  });

  it('has classes by whatever somebody answers', () => {
    const classes = classesOf(told, ({ method, path }) => (method === 'POST' && path === '/a' ? 'yes' : 'no'), String);
    expect(classes.filter(({ answer }) => answer === 'yes')).toEqual([{ values: [[0], [0], [0, 1, 2]], tokens: [0], answer: 'yes' }]);
    expect(classes.filter(({ answer }) => answer === 'no')).toHaveLength(2);
  });

  it('is none where there are too many combinations', () => {
    const names = [...Array(12).keys()];
    expect(3 ** names.length).toBeGreaterThan(MOST_COMBINATIONS);
    expect(division(`{when: [${names.map((name) => `{key: "request.headers[x-${name}]", values: [a]}`).join(', ')}]}`)).toBeUndefined();
  });
});
