import type { RouteFeatures } from '../../model/route-features';
// Each makes itself known, in the order in which findings name them.
import './timeout';
import './retries';
import './retry-budget';
import './circuit-breaker';
import './load-balancing';
import './fault';
import './mirror';
import './rewrite';
import './redirect';
import './request-headers';
import './response-headers';
import './cors';
import './direct-response';
import { definedFeatures, type Fields, type RouteFeature } from './route-feature';

export {
  definedFeatures as routeFeatures,
  type Division,
  type Fields,
  type Place,
  type RouteContext,
  type RouteFeature,
} from './route-feature';

/** What statements, tables and rules hold of a feature, if they say it at all. */
export function valueOf(feature: { readonly key: string }, holder: RouteFeatures): unknown {
  return (holder as Fields)[feature.key];
}

/** The features of whatever says some. */
export function featuresIn(holder: RouteFeatures): ReadonlyArray<RouteFeature<unknown>> {
  return definedFeatures().filter((feature) => valueOf(feature, holder) !== undefined);
}
