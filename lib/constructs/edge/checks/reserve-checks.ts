import type { Construct } from 'constructs';
import * as security from '../../../../imports/security.istio.io';
import { MeshGraph } from '../../../graph/mesh-graph';
import { settledOf } from '../../../graph/settle';
import { PATH_NORMALIZATION } from '../../../istio/defaults';
import type { GatewayCheckStatement } from '../../../model/edge/gateway-check';
import type { PartyFacts } from '../../../model/party';
import { renderGatewayChecks } from '../../../render/policies/gateway-check';
import { lazy } from '../../tree/lazy';
import { makePolicy } from '../../tree/make-policy';
import { Slot } from '../../tree/slot';

const WORDS = { CUSTOM: { id: 'Ask', suffix: '-ask' } };

/** Room for what a gateway does about requests before it sends them on: one policy for each action. */
export function reserveChecks(scope: Construct, party: PartyFacts, ports: () => readonly number[]): void {
  const said = (action: GatewayCheckStatement['action']): readonly GatewayCheckStatement[] =>
    MeshGraph.of(scope)
      .checksOf(party.key)
      .filter((check) => check.action === action);
  const actions = Object.keys(WORDS) as (keyof typeof WORDS)[];
  new Slot(scope, 'Checks', () =>
    actions
      .filter((action) => said(action).length > 0)
      .map((action) => ({
        id: WORDS[action].id,
        make: (at, id) => {
          const metadata = { name: `${party.name}${WORDS[action].suffix}`, namespace: party.namespaceName };
          const spec = lazy(() => {
            const { pathNormalization: normalization = PATH_NORMALIZATION } = settledOf(at).settings;
            return renderGatewayChecks(said(action), { ports: ports(), normalization });
          });
          // What is checked by name is so at every stage.
          return makePolicy(at, id, security.AuthorizationPolicy, metadata, { spec, isTried: () => false });
        },
      })),
  );
}
