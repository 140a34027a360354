import type { LoadBalancingFacts } from '../../../lib/model/route-features';
import { routeFeatures } from '../../../lib/planes/features';

const { ofHost } = routeFeatures().find(({ key }) => key === 'loadBalancing')!;

/** What is written, without what is not. */
const written = (facts: LoadBalancingFacts): unknown => JSON.parse(JSON.stringify(ofHost!(facts)));

describe('load balancing', () => {
  it('is one of Istio’s own words, with what new pods and zones get', () => {
    const warmup = { ms: 60_000, minimumPercent: 20 };
    expect(written({ simple: 'ROUND_ROBIN', warmup, locality: { enabled: false } })).toEqual({
      loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '60s', minimumPercent: 20 }, localityLbSetting: { enabled: false } },
    });
  });

  it.each<[LoadBalancingFacts['hash'], object]>([
    [{ header: 'x-user' }, { httpHeaderName: 'x-user' }],
    [{ queryParam: 'user' }, { httpQueryParameterName: 'user' }],
    [{ cookie: { name: 'user', ttlMs: 1500, path: '/' } }, { httpCookie: { name: 'user', ttl: '1.5s', path: '/' } }],
    [{ cookie: { name: 'user' } }, { httpCookie: { name: 'user' } }],
    [{}, { useSourceIp: true }],
  ])('is by the hash of %p', (hash, consistentHash) => {
    expect(written({ hash })).toEqual({ loadBalancer: { consistentHash } });
  });

  it('moves on to other zones, or shares out between them', () => {
    const failover = [{ from: 'a', to: 'b' }];
    expect(written({ simple: 'RANDOM', locality: { enabled: true, failover } })).toEqual({
      loadBalancer: { simple: 'RANDOM', localityLbSetting: { enabled: true, failover } },
    });
  });
});
