import type { FlaggerFacts } from '../../../lib/model/releases/release-controller';
import { type CanaryFacts, renderCanary, renderTemplate, templateName } from '../../../lib/render/controllers/flagger-canary';
import { retries, route, service } from '../../rules/model-builder';

const flagger: FlaggerFacts = {
  name: 'flagger',
  prometheus: 'http://prometheus:9090',
  analysis: { interval: '60s', threshold: 5, maxWeight: 50, stepWeight: 10 },
  metrics: [],
  webhooks: [],
};
const NO_LABELS = { apex: { a: undefined }, versions: { a: undefined } };

const render = (parts: Partial<CanaryFacts> = {}, said: Parameters<typeof route>[1] = {}) =>
  renderCanary({
    flagger,
    table: route(service('cart'), { controller: 'flagger', ...said }),
    router: 'istio',
    deployment: 'cart-v1',
    isScaled: false,
    labels: NO_LABELS,
    ...parts,
  });

describe('a Canary', () => {
  it('names the Deployment, the port and how a version is tried out', () => {
    expect(render()).toMatchObject({
      provider: 'istio',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart-v1' },
      autoscalerRef: undefined,
      service: { name: 'cart', port: 8080, targetPort: 8080, portName: 'http', appProtocol: 'http', portDiscovery: false, apex: undefined },
      analysis: { interval: '60s', threshold: 5, maxWeight: 50, stepWeight: 10, metrics: undefined, webhooks: undefined },
    });
  });

  it('carries what is said of requests and hosts into a VirtualService', () => {
    const said = { timeoutMs: 1500, retries: retries({ perTryTimeoutMs: 500 }), circuitBreaker: { maxRequests: 7 } };
    expect(render({}, said)).toMatchObject({
      service: {
        timeout: '1.5s',
        retries: { attempts: 2, perTryTimeout: '0.5s', retryOn: 'connect-failure' },
        trafficPolicy: { connectionPool: { http: { http2MaxRequests: 7 } } },
      },
    });
  });

  it('carries of retries what holds for all methods', () => {
    const said = { retries: retries({ conditions: ['gateway-error'] }) };
    expect(render({}, said)).toMatchObject({ service: { retries: { attempts: 0 } } });
  });

  it('has its HTTPRoute hang at the port of the Service, with times as the Gateway API writes them', () => {
    const { service: said } = render({ router: 'gateway-api' }, { timeoutMs: 1500 }) as { service: object };
    expect(said).toMatchObject({ gatewayRefs: [{ group: '', kind: 'Service', name: 'cart', port: 8080 }], timeout: '1s500ms' });
    expect(said).not.toHaveProperty('retries');
  });

  it('has an autoscaler, metrics and labels where there are some', () => {
    const template = { name: 'baskets', namespace: 'metrics' };
    const metrics = [{ name: 'mesh', ofMesh: 'duration', max: 500, interval: '60s' } as const, { name: 'baskets', template, min: 1 }];
    expect(render({ isScaled: true, flagger: { ...flagger, metrics }, labels: { ...NO_LABELS, apex: { a: 'b' } } })).toMatchObject({
      autoscalerRef: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'cart-v1' },
      service: { apex: { labels: { a: 'b' } }, primary: undefined },
      analysis: {
        metrics: [{ templateRef: { name: 'cart-duration', namespace: 'shop' }, thresholdRange: { max: 500 } }, { templateRef: template }],
      },
    });
  });
});

describe('what the mesh measures', () => {
  it.each([
    [false, 'reporter="destination"'],
    [true, 'reporter="waypoint"'],
  ])('is asked of who reports it: at a waypoint %s', (atWaypoint, reporter) => {
    const { provider, query } = renderTemplate({ name: 'a', ofMesh: 'success-rate' }, 'http://p:9090', atWaypoint);
    expect(provider).toEqual({ type: 'prometheus', address: 'http://p:9090' });
    expect(query).toContain(reporter);
    expect(query).toContain('response_code!~"5.."');
  });

  it('is a time within which 99 of 100 are answered', () => {
    expect(renderTemplate({ name: 'a', ofMesh: 'duration' }, 'http://p', true).query).toMatch(
      /^histogram_quantile\(0\.99, .*milliseconds_bucket/,
    );
    expect(templateName('cart', { name: 'a', ofMesh: 'duration' })).toBe('cart-duration');
  });
});
