import type { MeshModel } from '../../../lib/model/mesh-model';
import { rolloutBeside } from '../../../lib/rules/controllers/rollout-beside';
import { findings, made, raw, route, service } from '../model-builder';

const cart = service('cart', { podLabels: { app: 'cart' } });
const DEPLOYMENT = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart-v1, namespace: shop },
  spec: { template: { metadata: { labels: { app: cart } } } } }`;
const routes = (...names: string[]) =>
  `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: cart, namespace: shop },
  spec: { http: [${names.map((name) => `{ name: ${name} }`).join(', ')}] } }`;
const rollout = (spec: string) =>
  `{ apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: { name: cart, namespace: shop }, spec: { ${spec} } }`;
const moving = (virtualService: string, app = 'cart') =>
  rollout(
    `template: { metadata: { labels: { app: ${app} } } }, strategy: { canary: { trafficRouting: { istio: { virtualService: ${virtualService} } } } }`,
  );
const find = (yaml: string, ours: string, parts: Partial<MeshModel> = {}) =>
  findings(rolloutBeside, { objects: [...made(ours), ...raw(yaml)], services: [cart], ...parts });
const rolledOut = { routes: [route(cart, { controller: 'argo-rollouts' })] };

describe(rolloutBeside.title, () => {
  it('fails one with the template of a Deployment of ours', () => {
    const [finding] = find(rollout('workloadRef: { kind: Deployment, name: cart-v1 }'), DEPLOYMENT);
    expect(finding).toMatchObject({ got: 'workloadRef Deployment cart-v1', message: expect.stringContaining('a second time') });
  });

  it('fails one that moves weights in a VirtualService of ours whose pods it does not make', () => {
    expect(find(moving('{ name: cart }'), routes('split'))).toMatchObject([{ got: 'VirtualService shop/cart' }]);
    expect(find(moving('{ name: cart }', 'other'), routes('split'), rolledOut)).toHaveLength(1);
  });

  it('fails one that is told of some routes only', () => {
    const [some] = find(moving('{ name: cart, routes: [a] }'), routes('a', 'b'), rolledOut);
    expect(some).toMatchObject({ got: 'routes: a', fix: 'set virtualService.routes to [a, b]' });
    expect(find(moving('{ name: cart }'), routes('a', 'b'), rolledOut)).toMatchObject([{ got: 'no routes' }]);
  });

  it.each([
    ['one route, unnamed', moving('{ name: cart }'), routes('a')],
    ['every route', moving('{ name: cart, routes: [a, b] }'), routes('a', 'b')],
    ['another VirtualService', moving('{ name: other }'), routes('a')],
    ['another Deployment', rollout('workloadRef: { kind: Deployment, name: other }'), DEPLOYMENT],
    ['nothing', rollout('template: { metadata: { labels: { app: cart } } }'), DEPLOYMENT],
  ])('takes one that is told of %s', (_, yaml, ours) => {
    expect(find(yaml, ours, rolledOut)).toEqual([]);
  });
});
