import type { HashFacts, LoadBalancingFacts, LocalityFacts } from '../../model/route-features';
import { seconds } from '../../support/durations';
import { defineFeature, type Fields } from './route-feature';

defineFeature<LoadBalancingFacts>({
  key: 'loadBalancing',
  title: 'load balancing',
  needsHttp: true,
  ofHost: ({ simple, hash, warmup, locality }) => ({
    loadBalancer: {
      simple,
      consistentHash: hash && hashOf(hash),
      warmup: warmup && { duration: seconds(warmup.ms), minimumPercent: warmup.minimumPercent, aggression: warmup.aggression },
      localityLbSetting: locality && localityOf(locality),
    },
  }),
});

function hashOf({ header, queryParam, cookie }: HashFacts): Fields {
  if (header !== undefined) return { httpHeaderName: header };
  if (queryParam !== undefined) return { httpQueryParameterName: queryParam };
  if (!cookie) return { useSourceIp: true };
  // Without a time the proxy sets no cookie of its own, and who has none is sent anywhere.
  return { httpCookie: { name: cookie.name, path: cookie.path, ttl: cookie.ttlMs === undefined ? undefined : seconds(cookie.ttlMs) } };
}

function localityOf({ enabled, failover, failoverPriority, distribute }: LocalityFacts): Fields {
  return { enabled, failover, failoverPriority, distribute };
}
