import type { CallModel } from '../../../lib/model/mesh-model';
import { unneededToken } from '../../../lib/rules/users/unneeded-token';
import { ANYONE, call, findings, identity, service } from '../model-builder';
import { USER } from './user';

const [cart, web, product] = ['cart', 'web', 'product'].map((name) => service(name));
const POST = { methods: ['POST'], paths: ['/refunds/*'] };
const asked = (parts: Partial<CallModel> = {}) => call(cart, product, { path: 'shop/asked', user: USER, http: [POST], ...parts });

describe(unneededToken.title, () => {
  it.each<[string, CallModel]>([
    ['other requests', call(cart, product, { http: [{ methods: ['GET'], paths: ['/refunds/*'] }] })],
    ['other paths', call(cart, product, { http: [{ methods: ['POST'], paths: ['/items/*'] }] })],
    ['some of the paths', call(cart, product, { http: [{ methods: ['POST'], paths: ['/refunds/1'] }] })],
    ['all paths but some', call(cart, product, { http: [{ methods: [], paths: ['/*'], notPaths: ['/refunds/*'] }] })],
    ['another caller', call(web, product)],
    ['another service', call(cart, web)],
    ['a refusal', call(cart, product, { action: 'DENY' })],
    ['users as well', asked({ http: [{ methods: [], paths: [] }] })],
    ['another port', call(cart, product, { ports: [{ ...product.ports[0], number: 9090 }] })],
  ])('takes %s without a token', (_, other) => {
    expect(findings(unneededToken, { calls: [asked(), other] })).toEqual([]);
  });

  it.each<[string, CallModel]>([
    ['the whole service', call(cart, product, { path: 'shop/wider' })],
    ['wider paths', call(cart, product, { path: 'shop/wider', http: [{ methods: ['GET', 'POST'], paths: ['/*'] }] })],
    ['the same', call(cart, product, { path: 'shop/wider', http: [POST] })],
    ['users who are optional', call(cart, product, { path: 'shop/wider', user: { ...USER, isOptional: true }, http: [POST] })],
    ['anyone', call(ANYONE, product, { path: 'shop/wider' })],
    ['the same account by its name', call(identity('shop', 'cart'), product, { path: 'shop/wider' })],
  ])('fails beside a grant without a token for %s', (_, wider) => {
    expect(findings(unneededToken, { calls: [asked(), wider] })).toMatchObject([
      { on: { path: 'shop/asked' }, got: expect.stringContaining('shop/wider'), fix: expect.stringContaining('user in it as well') },
    ]);
  });
});
