import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { DRY_RUN } from '../../istio/labels';
import { markTriedOut } from '../../support/marker';
import { lazy } from './lazy';
import { makeObject, type ObjectClass } from './make-object';

/** An AuthorizationPolicy that Istio does not enforce as long as it is tried out: its answers go into logs and metrics. */
export function makePolicy<Spec>(
  scope: Construct,
  id: string,
  kind: ObjectClass<Spec>,
  metadata: ApiObjectMetadata,
  { spec, isTried }: { readonly spec: Spec; readonly isTried: () => boolean },
): ApiObject {
  const annotations = { [DRY_RUN]: lazy(() => (isTried() ? 'true' : undefined)) as string };
  return markTriedOut(makeObject(scope, id, kind, { ...metadata, annotations }, spec), isTried);
}
