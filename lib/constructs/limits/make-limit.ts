import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import { REFERENCED_SERVICES } from '../../istio/labels';
import type { LimiterFacts } from '../../model/limits/limits';
import { renderEnvoyFilter, type HttpFilter } from '../../render/limits/envoy-filter';
import { comeAfter } from '../tree/order/come-after';
import { makeObject } from '../tree/make-object';
import type { Limited } from './limit-place';

/** The one object of a limit, in the namespace of whose proxies it is for. A gateway is told of a service that no route leads to by an annotation. */
export function makeLimit(
  at: Construct,
  name: string,
  { owner, party, place }: Limited,
  filter: HttpFilter,
  asks?: LimiterFacts,
): ApiObject {
  comeAfter(at, () => owner);
  const annotations = asks && 'gatewayName' in place ? { [REFERENCED_SERVICES]: `${asks.namespaceName}/${asks.host}` } : undefined;
  const metadata = { name, namespace: party.namespaceName, annotations };
  return makeObject(at, 'Resource', networking.EnvoyFilter, metadata, renderEnvoyFilter(place, filter));
}
