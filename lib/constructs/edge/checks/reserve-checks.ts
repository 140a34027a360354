import type { Construct } from 'constructs';
import * as security from '../../../../imports/security.istio.io';
import { MeshGraph } from '../../../graph/mesh-graph';
import { settledOf } from '../../../graph/settle';
import { PATH_NORMALIZATION } from '../../../istio/defaults';
import type { GatewayCheckStatement } from '../../../model/edge/gateway-check';
import type { PartyFacts } from '../../../model/party';
import { renderGatewayChecks } from '../../../render/policies/gateway-check';
import { groupedBy } from '../../../support/grouping';
import { sortedBy } from '../../../support/ordering';
import { lazy } from '../../tree/lazy';
import { makePolicy } from '../../tree/make-policy';
import { Slot } from '../../tree/slot';

/** Room for what a gateway does about requests before it sends them on: one policy for each action, and for each who is asked. */
export function reserveChecks(scope: Construct, party: PartyFacts, ports: () => readonly number[]): void {
  const said = (): ReadonlyMap<string, GatewayCheckStatement[]> => groupedBy(MeshGraph.of(scope).checksOf(party.key), suffixOf);
  new Slot(scope, 'Checks', () =>
    sortedBy(said().keys(), (suffix) => suffix).map((suffix) => ({
      id: suffix.replace(/^./, (letter) => letter.toUpperCase()),
      make: (at, id) => {
        const metadata = { name: `${party.name}-${suffix}`, namespace: party.namespaceName };
        const spec = lazy(() => {
          const { pathNormalization: normalization = PATH_NORMALIZATION } = settledOf(at).settings;
          return renderGatewayChecks(said().get(suffix)!, { ports: ports(), normalization });
        });
        // What is checked by name is so at every stage.
        return makePolicy(at, id, security.AuthorizationPolicy, metadata, { spec, isTried: () => false });
      },
    })),
  );
}

function suffixOf({ action, provider, asksBeside }: GatewayCheckStatement): string {
  if (action === 'AUDIT') return 'audit';
  if (action === 'DENY') return 'clients';
  return asksBeside ? `ask-${provider}` : 'ask';
}
