import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { settledOf } from '../../graph/settle';
import type { PartyFacts } from '../../model/party';
import { weightFields } from '../../render/routes/weight-fields';
import { lendFields } from '../tree/foreign-fields';
import { lazy } from '../tree/lazy';
import { makeObject, type ObjectClass } from '../tree/make-object';

/** A route of either API; its weights are somebody else's where a release says so. */
export function makeRoute<Spec>(
  scope: Construct,
  id: string,
  kind: ObjectClass<Spec>,
  metadata: ApiObjectMetadata,
  service: PartyFacts,
  render: () => Spec,
): ApiObject {
  const object = makeObject(scope, id, kind, metadata, lazy(render));
  lendFields(object, () => {
    const isLent = settledOf(scope).table(service).weightsOwnedBy !== undefined;
    return isLent ? weightFields(object.toJson() as Record<string, unknown>) : [];
  });
  return object;
}
