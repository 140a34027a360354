import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as networking from '../../../../imports/networking.istio.io';
import { MeshGraph } from '../../../graph/mesh-graph';
import { settledOf } from '../../../graph/settle';
import { REFERENCED_SERVICES } from '../../../istio/labels';
import type { LimitedRequests, LimiterFacts } from '../../../model/limits/limits';
import { limitedPaths } from '../../../planes/shaping/limited-paths';
import { renderEnvoyFilter, type HttpFilter } from '../../../render/limits/envoy-filter';
import { CallSite } from '../../../support/call-site';
import { lazy } from '../../tree/lazy';
import { makeObject } from '../../tree/make-object';
import { comeAfter } from '../../tree/order/come-after';
import type { Limited } from './limit-place';

/** The one object of a limit, in the namespace of whose proxies it is for. A gateway is told of a service that no route leads to by an annotation. */
export function makeLimit(at: Construct, name: string, limited: Limited, filter: () => HttpFilter, asks?: LimiterFacts): ApiObject {
  const { owner, party, place } = limited;
  comeAfter(at, () => owner);
  const annotations = asks && 'gatewayName' in place ? { [REFERENCED_SERVICES]: `${asks.namespaceName}/${asks.host}` } : undefined;
  const metadata = { name, namespace: party.namespaceName, annotations };
  const spec = lazy(() => renderEnvoyFilter(place, filter()));
  return makeObject(at, 'Resource', networking.EnvoyFilter, metadata, spec);
}

/** Makes it known that a limit is about some paths. */
export function recordLimit(at: Construct, { party }: Limited, { match }: LimitedRequests): void {
  if (match?.path) MeshGraph.of(at).addLimit({ owner: party.key, match, path: at.node.path, site: CallSite.here() });
}

/** A limit with the paths that its proxies see by now: a sidecar counts what a route has changed, a gateway what clients send. */
export function asSeen<Limit extends LimitedRequests>(at: Construct, { party, place }: Limited, limit: Limit): Limit {
  if (!limit.match || 'gatewayName' in place) return limit;
  return { ...limit, paths: limitedPaths(limit.match, settledOf(at).table(party))?.seen };
}
