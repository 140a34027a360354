import { canaryBeside } from '../../../lib/rules/controllers/canary-beside';
import { findings, made, raw, service } from '../model-builder';

const DEPLOYMENT = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart-v1, namespace: shop },
  spec: { template: { metadata: { labels: { app: cart, version: v1 } } } } }`;
const SERVICE = '{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop } }';
const canary = (target: string, name: string, namespace = 'shop') =>
  `{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: c, namespace: ${namespace} },
  spec: { targetRef: { kind: Deployment, name: ${target} }, service: { name: ${name} } } }`;
const find = (yaml: string, ours = `${DEPLOYMENT}\n---\n${SERVICE}`) =>
  findings(canaryBeside, { objects: [...made(ours), ...raw(yaml)], services: [service('cart', { podLabels: { app: 'cart' } })] });

describe(canaryBeside.title, () => {
  it('fails a Canary of pods of a service, and says what else it would write', () => {
    expect(find(canary('cart-v1', 'cart'))).toMatchObject([
      {
        on: { path: 'raw/canary/c' },
        message: expect.stringContaining('every call to them is refused'),
        got: 'target cart-v1, Service shop/cart',
        fix: expect.stringContaining('ReleaseController.flagger({…}) on cart'),
      },
    ]);
  });

  it('fails one of other pods that writes a Service of ours', () => {
    expect(find(canary('legacy', 'cart'))).toMatchObject([{ got: 'target legacy, Service shop/cart' }]);
  });

  it.each([
    ['of other pods under another name', canary('legacy', 'legacy')],
    ['in another namespace', canary('cart-v1', 'cart', 'bank')],
    ['of another group', canary('cart-v1', 'cart').replace('flagger.app', 'example.com')],
  ])('takes one %s', (_, yaml) => {
    expect(find(yaml)).toEqual([]);
  });

  it('takes the one that a service makes', () => {
    expect(
      findings(canaryBeside, { objects: made(`${DEPLOYMENT}\n---\n${canary('cart-v1', 'cart')}`), services: [service('cart')] }),
    ).toEqual([]);
  });
});
