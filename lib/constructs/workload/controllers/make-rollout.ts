import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { settledOf } from '../../../graph/settle';
import type { Settled } from '../../../graph/settled';
import type { PartyFacts } from '../../../model/party';
import type { ArgoFacts } from '../../../model/releases/release-controller';
import { planeOf } from '../../../planes/plane-of';
import { ANALYSIS_TEMPLATE, renderAnalysis, renderRollout, ROLLOUT, type RolledRoutes } from '../../../render/controllers/rollout';
import { renderVirtualService } from '../../../render/routes/virtual-service';
import { lazy } from '../../tree/lazy';
import { claimObject } from '../../tree/make-object';

/** The Rollout that makes the pods of a service from the template of its Deployment, and what it measures. */
export function makeRollout(
  scope: Construct,
  party: PartyFacts,
  argo: ArgoFacts,
  { deployment, replicas }: { readonly deployment: kplus.Deployment; readonly replicas?: number },
): void {
  const metadata = { name: party.name, namespace: party.namespaceName };
  if (argo.metrics.length > 0)
    claimObject(new ApiObject(scope, 'Analysis', { ...ANALYSIS_TEMPLATE, metadata, spec: renderAnalysis(argo) }));
  const spec = lazy(() => {
    const settled = settledOf(scope);
    const { versions } = settled.table(party);
    const { versionServices } = settled.routing(party);
    const routes = rolledRoutes(settled, party);
    const { name: serviceName, namespaceName } = party;
    return renderRollout({ argo, serviceName, namespaceName, deployment: deployment.name, replicas, versions, versionServices, routes });
  });
  claimObject(new ApiObject(scope, 'Rollout', { ...ROLLOUT, metadata, spec }));
}

// A gateway that splits by itself has weights too.
function rolledRoutes(settled: Settled, party: PartyFacts): RolledRoutes {
  const { objects } = settled.routing(party);
  const namesOf = (kind: string): string[] => objects.flatMap((object) => (object.kind === kind ? [object.name] : []));
  const splitsAtGateway = !planeOf(settled.party(party).namespace).routesAtWaypoint;
  const atGateway = splitsAtGateway
    ? settled
        .exposuresOf(party)
        .filter(({ istioGateway, redirect }) => !istioGateway && !redirect)
        .map(({ routeName }) => routeName)
    : [];
  const [name] = namesOf('VirtualService');
  const { http = [] } = name === undefined ? {} : renderVirtualService(settled.table(party));
  return {
    virtualService: name === undefined ? undefined : { name, routes: http.flatMap((route) => route.name ?? []) },
    httpRoutes: [...namesOf('HTTPRoute'), ...[...new Set(atGateway)].sort()],
  };
}
