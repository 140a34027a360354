import { NETWORKING } from '../../istio/api-groups';
import { fieldsOf, isSaid } from '../../cluster/objects/fields';
import { groupKindOf, nameOf } from '../../cluster/objects/manifest-object';
import type { FieldPath } from '../../model/declared';
import { fieldPaths } from '../comparison';
import { rule } from '../rule';

interface Old {
  readonly field: string;
  readonly instead: string;
  /** The word that is old; absent for all of them. */
  readonly word?: string;
}

const POLICIES = fieldPaths([
  'spec trafficPolicy',
  'spec trafficPolicy portLevelSettings',
  'spec subsets trafficPolicy',
  'spec subsets trafficPolicy portLevelSettings',
]);

function inPolicies(field: string, instead: string, word?: string): Old[] {
  return POLICIES.map((policy) => ({ field: `${policy} ${field}`, instead, word }));
}

const OLD: Readonly<Record<string, readonly Old[]>> = {
  [`${NETWORKING}/VirtualService`]: [
    { field: 'spec http mirrorPercent', instead: 'mirrors with percentage' },
    { field: 'spec http mirror_percent', instead: 'mirrors with percentage' },
    { field: 'spec http corsPolicy allowOrigin', instead: 'allowOrigins' },
    { field: 'spec http fault delay percent', instead: 'percentage' },
  ],
  [`${NETWORKING}/DestinationRule`]: [
    ...inPolicies('outlierDetection consecutiveErrors', 'consecutive5xxErrors or consecutiveGatewayErrors'),
    ...inPolicies('loadBalancer consistentHash minimumRingSize', 'ringHash.minimumRingSize'),
    ...inPolicies('loadBalancer simple', 'LEAST_REQUEST', 'LEAST_CONN'),
  ],
  [`${NETWORKING}/Gateway`]: [{ field: 'spec servers port targetPort', instead: 'nothing: gateways listen on port.number' }],
  [`${NETWORKING}/Sidecar`]: [
    ...['ingress', 'egress'].map((way) => ({ field: `spec ${way} port targetPort`, instead: 'nothing: it has no effect' })),
    { field: 'spec outboundTrafficPolicy egressProxy', instead: 'a VirtualService that leads to the proxy: Istio ignores this one' },
  ],
};

export const deprecatedField = rule({
  code: 'MESH350',
  level: 'warning',
  title: 'field that Istio no longer wants',
  compares: [{ kinds: [`${NETWORKING}/DestinationRule`], fields: POLICIES.map((policy) => `${policy} loadBalancer simple`), made: false }],

  check(model, report) {
    for (const object of model.objects.filter(({ made }) => !made)) {
      const said = (OLD[groupKindOf(object)] ?? []).flatMap((old) =>
        [placesOf(object.manifest, old)].filter((places) => places.length > 0).map((places) => ({ ...old, places })),
      );
      for (const { field, instead, word, places } of said) {
        report({
          on: object,
          field: places[0],
          message: `${nameOf(object)} says ${field.replaceAll(' ', '.')}${word === undefined ? '' : `: ${word}`}, which is deprecated`,
          fix: `write ${instead}`,
          cures: word === undefined ? [] : places.map((place) => ({ field: place, kind: 'set', was: word, to: instead })),
        });
      }
    }
  },
});

/** Where it stands, in every item of the lists on the way. */
function placesOf(manifest: unknown, { field, word }: Old): FieldPath[] {
  const found = placesAt(manifest, field.split(' '), []);
  return found.filter(({ value }) => word === undefined || value === word).map(({ path }) => path);
}

interface Place {
  readonly value: unknown;
  readonly path: FieldPath;
}

function placesAt(value: unknown, keys: readonly string[], path: FieldPath): Place[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => placesAt(item, keys, [...path, index]));
  const [key, ...rest] = keys;
  if (key === undefined) return [{ value, path }];
  const inner = fieldsOf(value)[key];
  return isSaid(inner) ? placesAt(inner, rest, [...path, key]) : [];
}
