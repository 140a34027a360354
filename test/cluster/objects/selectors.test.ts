import { selectorOf, selects } from '../../../lib/cluster/objects/selectors';

const CART = { app: 'cart', tier: 'back' };

describe('a label selector', () => {
  it.each([
    ['nothing at all', {}, true],
    ['a label', { matchLabels: { app: 'cart' } }, true],
    ['another value', { matchLabels: { app: 'web' } }, false],
    ['one of some values', { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'cart'] }] }, true],
    ['none of some values', { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web', 'cart'] }] }, false],
    ['none of some values of a label that is not there', { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
    ['a label that is there', { matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
    ['a label that is not there', { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
    ['all together', { matchLabels: { app: 'cart' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
    ['an operator that Kubernetes does not have', { matchExpressions: [{ key: 'app', operator: 'Like', values: ['c*'] }] }, false],
    ['something else', 'app=cart', true],
  ])('picks by %s', (_, selector, expected) => {
    expect(selects(selectorOf(selector), CART)).toBe(expected);
  });
});
