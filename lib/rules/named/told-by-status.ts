import { CORE, GATEWAY_API, NETWORKING, SECURITY } from '../../istio/api-groups';
import type { FieldPath } from '../../model/declared';
import type { ManifestObject } from '../../model/mesh-model';
import { type Fields, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { groupKindOf, nameOf } from '../../cluster/objects/manifest-object';
import { rule } from '../rule';

const BOUND = ['istio.io/WaypointBound'];
const TAKEN = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** Conditions that say no, by kind. */
const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  [`${CORE}/Service`]: BOUND,
  [`${NETWORKING}/ServiceEntry`]: BOUND,
  [`${NETWORKING}/WorkloadEntry`]: BOUND,
  [`${SECURITY}/AuthorizationPolicy`]: ['ZtunnelAccepted', 'WaypointAccepted'],
  [`${GATEWAY_API}/Gateway`]: TAKEN,
  [`${GATEWAY_API}/HTTPRoute`]: TAKEN,
  [`${GATEWAY_API}/GRPCRoute`]: TAKEN,
};

export const toldByStatus = rule({
  code: 'MESH160',
  level: 'warning',
  title: 'object of which the cluster says that it does not hold',

  check(model, report) {
    for (const object of model.objects.filter(({ made }) => !made)) {
      for (const { condition, field } of conditionsOf(object).filter((one) => saysNo(object, one.condition))) {
        const [type, reason, said] = [condition.type, condition.reason, condition.message].map((value) => textOf(value) ?? '');
        report({
          on: object,
          field,
          message: `the cluster says of ${nameOf(object)} that it is not ${type}`,
          got: [reason, said].filter(Boolean).join(': '),
          fix: 'mend what the reason names',
        });
      }
    }
  },
});

interface Condition {
  readonly condition: Fields;
  readonly field: FieldPath;
}

// Routes have conditions for each of their parents.
function conditionsOf({ manifest }: ManifestObject): Condition[] {
  const own = listOf(valueAt(manifest, 'status', 'conditions')).map((condition, index) => ({
    condition,
    field: ['status', 'conditions', index],
  }));
  const ofParents = listOf(valueAt(manifest, 'status', 'parents')).flatMap((parent, at) =>
    listOf(parent.conditions).map((condition, index) => ({ condition, field: ['status', 'parents', at, 'conditions', index] })),
  );
  return [...own, ...ofParents];
}

function saysNo(object: ManifestObject, { type, status, reason }: Fields): boolean {
  if (type === 'WaypointAccepted' && reason === 'PartiallyInvalid') return object.kind === 'AuthorizationPolicy';
  return status === 'False' && (CONDITIONS[groupKindOf(object)] ?? []).includes(textOf(type) ?? '');
}
