import { meshFrom } from './mesh-under-test';
import * as made from '../verdict/fixtures';

const SHOP = made.namespace('shop', made.AMBIENT) + made.CART;

describe('the judge', () => {
  it('says so of a mesh that istiod falls over, and judges the next one', async () => {
    // A source that nobody names, which the webhook refuses.
    const fatal = made.policy('fatal', 'rules: [{from: [{}], to: [{operation: {methods: [GET]}}]}]');
    await expect(meshFrom(made.objects(SHOP, fatal)).answer(made.get())).rejects.toThrow('ended with 2');
    expect((await meshFrom(made.objects(SHOP)).answer(made.get())).allowed).toBe(true);
  });
});
