import { shortId } from '../../lib/support/short-id';

it('is the same for the same words, another for others, and no longer than Grafana takes', () => {
  expect(shortId('monitoring', 'cart')).toBe(shortId('monitoring', 'cart'));
  expect(new Set([shortId('a', 'b'), shortId('b', 'a'), shortId('ab')]).size).toBe(3);
  expect(shortId('monitoring', 'cart')).toMatch(/^[0-9a-f]{40}$/);
});
