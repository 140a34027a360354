import type { Construct } from 'constructs';
import * as networking from '../../../imports/networking.istio.io';
import { settledOf } from '../../graph/settle';
import type { InfrastructureFacts } from '../../model/infrastructure-facts';
import type { NamespaceFacts } from '../../model/namespace-facts';
import type { PartyFacts } from '../../model/party';
import { planeOf } from '../../planes/plane-of';
import { infrastructureHosts, renderSidecarScope } from '../../render/routes/sidecar-scope';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';

/** What the proxies of a closed namespace are told about. It narrows configuration; what is refused is the policies' work. */
export function makeScope(scope: Construct, party: PartyFacts, facts: NamespaceFacts, infrastructure: InfrastructureFacts): void {
  if (!facts.zeroTrust || !planeOf(facts).scopesProxies) return;
  const metadata = { name: party.name, namespace: party.namespaceName };
  const spec = lazy(() => {
    const settled = settledOf(scope);
    const always = infrastructureHosts(infrastructure, settled.settings.clusterDomain);
    return renderSidecarScope(party.podLabels!, settled.callsFrom(party), always);
  });
  makeObject(scope, 'Sidecar', networking.Sidecar, metadata, spec);
}
