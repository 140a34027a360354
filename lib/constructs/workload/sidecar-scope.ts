import type { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import { settledOf } from '../../graph/settle';
import type { PartyFacts } from '../../model/party';
import { planeOf } from '../../planes/plane-of';
import { infrastructureHosts, renderSidecarScope } from '../../render/routes/sidecar-scope';
import { knownNamespace } from '../namespace/namespace-of';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot } from '../tree/slot';

/** Room for what the proxies of a closed namespace are told about. It narrows configuration; what is refused is the policies' work. */
export function reserveScope(scope: Construct, party: PartyFacts): void {
  const metadata = { name: party.name, namespace: party.namespaceName };
  const namespace = () => knownNamespace(scope, party.namespaceName);
  const spec = lazy(() => {
    const settled = settledOf(scope);
    const always = infrastructureHosts(namespace().infrastructure, settled.settings.clusterDomain);
    return renderSidecarScope(party.podLabels!, settled.callsFrom(party), always);
  });
  new Slot(scope, 'Sidecar', () => {
    const { facts } = namespace();
    if (!facts.zeroTrust || !planeOf(facts).scopesProxies) return [];
    return [{ id: 'Resource', make: (at, id) => makeObject(at, id, networking.Sidecar, metadata, spec) }];
  });
}
