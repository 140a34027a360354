import type { ArgoFacts } from '../../../lib/model/releases/release-controller';
import { renderAnalysis, renderRollout, type RolloutFacts } from '../../../lib/render/controllers/rollout';

const argo: ArgoFacts = { name: 'argo-rollouts', prometheus: 'http://p:9090', steps: [{ setWeight: 10 }, { pause: {} }], metrics: [] };

const render = (parts: Partial<RolloutFacts> = {}) =>
  renderRollout({
    argo,
    serviceName: 'cart',
    namespaceName: 'shop',
    deployment: 'cart-v1',
    replicas: 2,
    versions: ['stable', 'canary'],
    versionServices: [],
    routes: { virtualService: { name: 'cart', routes: ['split'] }, httpRoutes: [] },
    ...parts,
  });

describe('a Rollout', () => {
  it('has the template of the Deployment, which it takes to no pods, and moves subsets', () => {
    expect(render()).toEqual({
      replicas: 2,
      workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart-v1', scaleDown: 'onsuccess' },
      strategy: {
        canary: {
          steps: [{ setWeight: 10 }, { pause: {} }],
          trafficRouting: {
            istio: {
              virtualService: { name: 'cart' },
              destinationRule: { name: 'cart', stableSubsetName: 'stable', canarySubsetName: 'canary' },
            },
          },
        },
      },
    });
  });

  it('is told of each of several routes', () => {
    const routes = { virtualService: { name: 'cart', routes: ['a', 'b'] }, httpRoutes: [] };
    expect(render({ routes })).toMatchObject({
      strategy: { canary: { trafficRouting: { istio: { virtualService: { name: 'cart', routes: ['a', 'b'] } } } } },
    });
  });

  it('moves Services in HTTPRoutes by its plugin, and leaves no label there', () => {
    const one = render({ versionServices: ['cart-stable', 'cart-canary'], routes: { httpRoutes: ['cart'] } });
    const plugin = { httpRoutes: [{ name: 'cart' }], namespace: 'shop', disableInProgressLabel: true };
    expect(one).toMatchObject({
      strategy: {
        canary: {
          stableService: 'cart-stable',
          canaryService: 'cart-canary',
          trafficRouting: { istio: undefined, plugins: { 'argoproj-labs/gatewayAPI': plugin } },
        },
      },
    });
  });

  it('measures from its first step to its last', () => {
    const metrics = [{ name: 'errors', query: 'q', successCondition: 'result[0] < 1', interval: '60s', failureLimit: 3 }];
    expect(render({ argo: { ...argo, metrics } })).toMatchObject({
      strategy: { canary: { analysis: { templates: [{ templateName: 'cart' }] } } },
    });
    expect(renderAnalysis({ ...argo, metrics })).toMatchObject({
      metrics: [{ name: 'errors', provider: { prometheus: { address: 'http://p:9090', query: 'q' } }, failureLimit: 3 }],
    });
  });
});
