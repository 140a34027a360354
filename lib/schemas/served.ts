import { SCHEMAS } from '../../imports/schemas';
import { groupedBy } from '../support/grouping';
import { distanceOf } from '../support/options/nearest';
import type { Schema } from './schema';

const OPEN: Schema = { 'x-kubernetes-preserve-unknown-fields': true };
const TEXT: Schema = { type: 'string' };
const TEXTS: Schema = { type: 'object', additionalProperties: TEXT };

// What the API server fills in stands in objects that were read from it.
const FILLED_IN =
  'ownerReferences managedFields uid resourceVersion generation selfLink creationTimestamp deletionTimestamp deletionGracePeriodSeconds';

/** What every object has, and no CRD says. */
const ENVELOPE: Schema['properties'] = {
  apiVersion: TEXT,
  kind: TEXT,
  metadata: {
    type: 'object',
    properties: {
      name: TEXT,
      generateName: TEXT,
      namespace: TEXT,
      labels: TEXTS,
      annotations: TEXTS,
      finalizers: { type: 'array', items: TEXT },
      ...Object.fromEntries(FILLED_IN.split(' ').map((field) => [field, OPEN])),
    },
  },
  status: OPEN,
};

/** A kind of Istio or of the Gateway API. */
export interface ServedKind {
  /** Those that clusters serve, the one to write first. */
  readonly versions: readonly string[];
  readonly schema: Schema;
}

const kinds = new Map<string, ServedKind>();

/** A kind by `group/Kind`, if there is a schema of it; read when first asked for. */
export function servedKind(groupKind: string): ServedKind | undefined {
  if (!Object.hasOwn(SCHEMAS, groupKind)) return undefined;
  const known = kinds.get(groupKind) ?? read(groupKind);
  kinds.set(groupKind, known);
  return known;
}

const kindsByGroup = groupedBy(Object.keys(SCHEMAS), (groupKind) => groupKind.slice(0, groupKind.indexOf('/')));

/** The kind of a group that somebody meant who wrote it with another letter, or in other capitals. */
export function kindMeant(group: string, kind: string): string | undefined {
  const kinds = kindsByGroup.get(group)?.map((groupKind) => groupKind.slice(group.length + 1));
  return kinds?.find((known) => distanceOf(kind.toLowerCase(), known.toLowerCase()) <= 1);
}

function read(groupKind: string): ServedKind {
  const { versions, schema } = SCHEMAS[groupKind];
  const { properties, ...rest } = JSON.parse(schema) as Schema;
  return { versions, schema: { ...rest, properties: { ...properties, ...ENVELOPE } } };
}
