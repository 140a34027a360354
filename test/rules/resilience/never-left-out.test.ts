import { neverLeftOut } from '../../../lib/rules/resilience/never-left-out';
import { findings, raw, route, service } from '../model-builder';

const broken = (pods: number | undefined, maxEjectionPercent: number) =>
  findings(neverLeftOut, { routes: [route(service('cart'), { circuitBreaker: { pods, maxEjectionPercent, consecutive5xxErrors: 5 } })] });

describe(neverLeftOut.title, () => {
  it.each([
    [1, 99, 100],
    [2, 49, 50],
    [3, 33, 34],
    [9, 11, 12],
  ])('warns where %d pods may lose %d percent', (pods, most, least) => {
    expect(broken(pods, most)).toMatchObject([{ got: `maxEjectionPercent: ${most}`, fix: expect.stringContaining(`at least ${least}`) }]);
  });

  it.each([
    [1, 100],
    [2, 50],
    [3, 34],
    [10, 10],
  ])('takes %d pods of which %d percent may go', (pods, most) => {
    expect(broken(pods, most)).toEqual([]);
  });

  it('says nothing where nobody knows how many pods there are, or nobody is left out', () => {
    expect(broken(undefined, 1)).toEqual([]);
    expect(findings(neverLeftOut, { routes: [route(service('cart'), { circuitBreaker: { maxRequests: 5 } })] })).toEqual([]);
  });
});

describe(`${neverLeftOut.title}, said raw`, () => {
  const beside = (outlierDetection: string, replicas: string) =>
    findings(neverLeftOut, {
      objects: raw(`{ apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: { name: cart, namespace: shop },
  spec: { host: cart, trafficPolicy: { outlierDetection: ${outlierDetection} } } }
---
{ apiVersion: v1, kind: Service, metadata: { name: cart, namespace: shop }, spec: { selector: { app: cart }, ports: [{ port: 80 }] } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: cart, namespace: shop },
  spec: { ${replicas} template: { metadata: { labels: { app: cart } }, spec: { containers: [] } } } }`),
    });

  it('warns of Istio’s own share of few pods, and of one that was written', () => {
    expect(beside('{}', 'replicas: 2,')).toMatchObject([{ on: { path: 'raw/destinationrule/cart' }, got: 'maxEjectionPercent: 10' }]);
    expect(beside('{ consecutiveGatewayErrors: 3, maxEjectionPercent: 20 }', 'replicas: 4,')).toMatchObject([
      { fix: expect.stringContaining('at least 25') },
    ]);
  });

  it('takes what may act, what leaves out nobody, and pods that nobody counts', () => {
    expect(beside('{ maxEjectionPercent: 50 }', 'replicas: 2,')).toEqual([]);
    expect(beside('{ consecutive5xxErrors: 0 }', 'replicas: 2,')).toEqual([]);
    expect(beside('{}', '')).toEqual([]);
    expect(beside('{}', 'replicas: 0,')).toEqual([]);
  });
});
