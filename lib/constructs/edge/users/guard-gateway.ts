import type { Construct } from 'constructs';
import * as security from '../../../../imports/security.istio.io';
import { MeshGraph } from '../../../graph/mesh-graph';
import { settledOf } from '../../../graph/settle';
import type { Settled } from '../../../graph/settled';
import { PATH_NORMALIZATION } from '../../../istio/defaults';
import type { Door } from '../../../model/edge/listener';
import type { PartyFacts } from '../../../model/party';
import { asksAtGateway } from '../../../model/users/gateway-users';
import { type Entrances, renderGatewayTokens, renderGatewayUsers } from '../../../render/policies/gateway-users';
import { lazy } from '../../tree/lazy';
import { makeObject } from '../../tree/make-object';
import { Slot } from '../../tree/slot';

const OF_BYTES: readonly string[] = ['tls', 'passthrough'];

/** Room for what a gateway asks of users itself: whose tokens it reads, and what it refuses without one. */
export function guardGateway(scope: Construct, party: PartyFacts, doors: () => readonly Door[], podPort: (port: number) => number): void {
  const bytesAt = (port: number): Array<string | undefined> =>
    doors()
      .filter(({ listener }) => OF_BYTES.includes(listener.kind) && podPort(listener.port) === port)
      .map(({ host }) => host);
  const entrances = (): Entrances => ({ ...entrancesOf(scope, party, settledOf(scope)), bytesAt });
  const namespace = party.namespaceName;
  new Slot(scope, 'Users', (settled) => {
    const { exposures } = entrancesOf(scope, party, settled);
    const reads = exposures.some(({ users }) => users);
    const asks = exposures.some(({ users }) => asksAtGateway(users));
    const tokens = lazy(() => renderGatewayTokens(entrances()));
    const refusal = lazy(() => renderGatewayUsers(entrances()));
    const { name } = party;
    return [
      ...(reads ? [{ id: 'Authentication', make: made(security.RequestAuthentication, { name, namespace }, tokens) }] : []),
      ...(asks ? [{ id: 'Refusal', make: made(security.AuthorizationPolicy, { name: `${name}-users`, namespace }, refusal) }] : []),
    ];
  });
}

function made<Spec>(
  kind: Parameters<typeof makeObject<Spec>>[2],
  metadata: Parameters<typeof makeObject<Spec>>[3],
  spec: Spec,
): (at: Construct, id: string) => ReturnType<typeof makeObject<Spec>> {
  return (at, id) => makeObject(at, id, kind, metadata, spec);
}

function entrancesOf(scope: Construct, party: PartyFacts, settled: Settled): Omit<Entrances, 'bytesAt'> {
  const here = MeshGraph.of(scope).exposures.filter(({ gateway, protocol }) => gateway.key === party.key && protocol === 'http');
  const behind = settled.callsFrom(party).flatMap(({ action, user }) => (action === 'ALLOW' && user ? [user.issuer] : []));
  const { pathNormalization = PATH_NORMALIZATION } = settled.settings;
  return { gateway: party, exposures: here.map((said) => settled.exposure(said)), behind, normalization: pathNormalization };
}
