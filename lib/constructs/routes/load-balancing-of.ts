import type { IConstruct } from 'constructs';
import type { Port } from '../../model/port';
import type { HashFacts, LoadBalancingFacts } from '../../model/route-features';
import { isDeferred } from '../../support/deferred';
import { MeshError } from '../../support/mesh-error';
import { requireCount } from '../../support/numbers';
import type { LoadBalancing, LoadBalancingWords, Warmup } from '../../values/traffic/load-balancing';
import type { TrafficDistribution } from '../../values/traffic/traffic-distribution';
import { requireMilliseconds, optionalMilliseconds } from '../../support/bounds/milliseconds';

/** Which pod gets a request, as it goes into the rules of hosts. */
export function loadBalancingOf(
  at: IConstruct,
  said: LoadBalancing | undefined,
  ports: readonly Port[],
  distribution: TrafficDistribution | undefined,
): LoadBalancingFacts | undefined {
  if (!said) return undefined;
  const { simple, hash, warmup, locality } = said._words;
  if (locality && distribution) {
    throw new MeshError({
      code: 'MESH705',
      at,
      what: 'zones are chosen by loadBalancing or by trafficDistribution',
      got: 'both, of which proxies that read HTTP follow the first and ztunnel the second',
      fix: 'keep trafficDistribution alone, which every proxy reads, or leave it out',
    });
  }
  requireHttpForHash(at, hash, ports);
  return { simple, hash: hash && hashOf(at, hash), warmup: warmup && warmupOf(at, warmup), locality };
}

/** Requests are to move on to another zone, for which pods have to be left out. */
export function needsEjection({ locality }: LoadBalancingFacts): boolean {
  return locality !== undefined && locality.enabled && !locality.distribute;
}

function requireHttpForHash(at: IConstruct, hash: LoadBalancingWords['hash'], ports: readonly Port[]): void {
  const word = hash?.header ?? hash?.queryParam ?? hash?.cookie?.name;
  if (word === undefined || ports.some(({ readsHttp }) => readsHttp)) return;
  throw new MeshError({
    code: 'MESH706',
    at,
    what: 'only a proxy that reads HTTP sees headers, cookies and query parameters',
    got: `load balancing by ${word}, of a service without an HTTP port`,
    fix: 'use LoadBalancing.bySourceIp(), or declare a port that speaks HTTP with MeshPort.http, http2 or grpc',
  });
}

function hashOf(at: IConstruct, { header, queryParam, cookie }: NonNullable<LoadBalancingWords['hash']>): HashFacts {
  if (!cookie) return { header, queryParam };
  return { cookie: { name: cookie.name, path: cookie.path, ttlMs: optionalMilliseconds(at, 'ttl', cookie.ttl) } };
}

function warmupOf(at: IConstruct, { duration, minimumPercent, aggression }: Warmup): LoadBalancingFacts['warmup'] {
  if (aggression !== undefined && !isDeferred(aggression) && !(aggression > 0)) {
    throw new MeshError({
      code: 'MESH714',
      at,
      what: 'aggression is a number above 0',
      got: aggression,
      fix: 'leave it out for a load that grows evenly, or give 2 for one that grows faster at first',
    });
  }
  const share = minimumPercent === undefined ? undefined : requireCount(at, 'minimumPercent', minimumPercent, 0, 100);
  return { ms: requireMilliseconds(at, 'duration', duration), minimumPercent: share, aggression };
}
