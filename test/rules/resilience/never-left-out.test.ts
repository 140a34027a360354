import { neverLeftOut } from '../../../lib/rules/resilience/never-left-out';
import { findings, route, service } from '../model-builder';

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
