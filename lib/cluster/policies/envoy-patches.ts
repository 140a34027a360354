import { NETWORKING } from '../../istio/api-groups';
import type { Cluster } from '../cluster';
import { type Fields, fieldsOf, isSaid, listOf, textOf, valueAt } from '../objects/fields';
import { specOf } from '../objects/manifest-object';
import { objectsOf } from '../objects/objects-by-kind';
import { perCluster } from '../per-cluster';
import { type Attached, readAttached } from './attachments';

/** An EnvoyFilter by what it patches. */
export interface PatchingFilter extends Attached {
  /** Where its patches hold, as far as they say so: `SIDECAR_INBOUND`, `GATEWAY`. */
  readonly contexts: readonly string[];
  /** Configurations of filters that it writes, for all requests or for those of a route. */
  readonly configs: readonly FilterConfig[];
}

export interface FilterConfig {
  /** Name of its type, with the package: `envoy.extensions.filters.http.ratelimit.v3.RateLimit`. */
  readonly typeName: string;
  readonly fields: Fields;
}

export const patchingFilters = perCluster((cluster: Cluster): readonly PatchingFilter[] =>
  objectsOf(cluster, NETWORKING, 'EnvoyFilter').map((object) => {
    const patches = listOf(specOf(object).configPatches);
    return {
      ...readAttached(object),
      contexts: patches.flatMap(({ match }) => textOf(valueAt(match, 'context')) ?? []),
      configs: patches.flatMap(({ patch }) => configsIn(fieldsOf(patch))),
    };
  }),
);

// What is merged into a filter that is there already is a part of its configuration, and tells nothing of the whole.
function configsIn({ operation, value }: Fields): FilterConfig[] {
  const ofRoutes = Object.values(fieldsOf(fieldOf(value, 'typed_per_filter_config')));
  const ofAll = operation === 'MERGE' ? undefined : fieldOf(value, 'typed_config');
  return [ofAll, ...ofRoutes].filter(isSaid).map(readConfig);
}

const STRUCT = /\.TypedStruct$/;

/** A configuration may be wrapped into one that has no type of its own. */
function readConfig(config: unknown): FilterConfig {
  const type = textOf(valueAt(config, '@type')) ?? '';
  const isWrapped = STRUCT.test(type);
  const said = isWrapped ? (textOf(fieldOf(config, 'type_url')) ?? '') : type;
  return { typeName: said.slice(said.lastIndexOf('/') + 1), fields: fieldsOf(isWrapped ? valueAt(config, 'value') : config) };
}

/** Envoy takes a name of its own, `filter_enabled`, and the one that JSON has for it, `filterEnabled`. */
export function fieldOf(value: unknown, name: string): unknown {
  return (
    valueAt(value, name) ??
    valueAt(
      value,
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    )
  );
}
