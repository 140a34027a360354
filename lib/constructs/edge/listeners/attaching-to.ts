import type { MeshGraph } from '../../../graph/mesh-graph';
import type { Door } from '../../../model/edge/listener';
import { listenerSetKey } from '../../../model/exposure';
import type { PartyFacts } from '../../../model/party';
import { compareText } from '../../../support/ordering';

interface Where {
  readonly party: PartyFacts;
  /** `namespace/name`; absent at the gateway itself. */
  readonly listenerSet?: string;
  /** The namespace of the object that the listener stands in. */
  readonly own: string;
  readonly others: readonly string[];
}

// A selector that lists no namespace is refused by the API server: with nothing exposed yet, the listener's own has to do.
export function attachingTo({ section, listener }: Door, graph: MeshGraph, { party, listenerSet, own, others }: Where): string[] {
  const exposed = graph.exposures.filter(
    (one) => one.gateway.key === party.key && one.listener === section && listenerSetKey(one) === listenerSet,
  );
  const names = listener.kind === 'redirect' ? [] : [...new Set([...exposed.map(({ service }) => service.namespaceName), ...others])];
  return names.length > 0 ? names.sort(compareText) : [own];
}
