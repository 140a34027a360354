import type { Chart } from 'cdk8s';
import { DataPlane } from 'istio-constructs';
import { spec } from '../../../builders';

export const sidecar = { dataPlane: DataPlane.sidecar() };

/** A filter that an EnvoyFilter inserts. */
interface Inserted {
  readonly context: string;
  readonly operation: string;
  readonly chain: { readonly destinationPort?: number; readonly filter: object };
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

interface Patch {
  readonly match: { readonly context: string; readonly listener: { readonly filterChain: Inserted['chain'] } };
  readonly patch: { readonly operation: string; readonly value: { readonly name: string; readonly typed_config: Inserted['config'] } };
}

/** What the EnvoyFilter of a name inserts, in its order. */
export function filtersIn(chart: Chart, name: string): Inserted[] {
  const patches = spec(chart, 'EnvoyFilter', name).configPatches as Patch[];
  return patches.map(({ match, patch: { operation, value } }) => ({
    context: match.context,
    operation,
    chain: match.listener.filterChain,
    name: value.name,
    config: value.typed_config,
  }));
}
