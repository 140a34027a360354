import { Duration } from 'cdk8s';
import { LoadBalancing, LocalityRouting } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

const locality = LocalityRouting.off();

describe('load balancing', () => {
  it('is by turns, by load or by chance, with what else was said', () => {
    const warmup = { duration: Duration.minutes(1) };
    expect(LoadBalancing.roundRobin({ warmup })._words).toMatchObject({ simple: 'ROUND_ROBIN', warmup });
    expect(LoadBalancing.leastRequest({ locality })._words).toMatchObject({ simple: 'LEAST_REQUEST', locality: { enabled: false } });
    expect(LoadBalancing.random()._words).toEqual({ simple: 'RANDOM', locality: undefined });
  });

  it('is by something that requests have in common', () => {
    expect(LoadBalancing.byHeader('x-user')._words.hash).toEqual({ header: 'x-user' });
    expect(LoadBalancing.byQueryParam('user', { locality })._words).toMatchObject({
      hash: { queryParam: 'user' },
      locality: { enabled: false },
    });
    expect(LoadBalancing.byCookie('user', { path: '/' })._words.hash).toEqual({ cookie: { name: 'user', path: '/', ttl: undefined } });
    expect(LoadBalancing.bySourceIp()._words.hash).toEqual({});
  });

  it.each([
    ['a header', () => LoadBalancing.byHeader('x user')],
    ['a query parameter', () => LoadBalancing.byQueryParam('')],
    ['a cookie', () => LoadBalancing.byCookie('a=b')],
  ])('fails by %s that has no such name', (_, act) => {
    expectRefusal(act, { code: 'MESH007', path: 'LoadBalancing', fix: 'alone' });
  });
});
