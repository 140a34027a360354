import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { settledOf } from '../../../graph/settle';
import type { PartyFacts } from '../../../model/party';
import type { FlaggerFacts } from '../../../model/releases/release-controller';
import { planeOf } from '../../../planes/plane-of';
import { CANARY, METRIC_TEMPLATE, renderCanary, renderTemplate, templateName } from '../../../render/controllers/flagger-canary';
import { lazy } from '../../tree/lazy';
import { claimObject } from '../../tree/make-object';
import { serviceLabels } from '../service-labels';

/** The Canary that tells Flagger of a service, and what it measures. Services, routes and primary pods are Flagger's. */
export function makeCanary(scope: Construct, party: PartyFacts, flagger: FlaggerFacts, deployment: kplus.Deployment): void {
  const metadata = (name: string): ApiObjectMetadata => ({ name, namespace: party.namespaceName });
  const settled = () => settledOf(scope);
  for (const metric of flagger.metrics.filter(({ ofMesh }) => ofMesh)) {
    const spec = lazy(() => renderTemplate(metric, flagger.prometheus, planeOf(settled().party(party).namespace).routesAtWaypoint));
    const name = templateName(party.name, metric);
    if (!scope.node.tryFindChild(name)) claimObject(new ApiObject(scope, name, { ...METRIC_TEMPLATE, metadata: metadata(name), spec }));
  }
  const spec = lazy(() =>
    renderCanary({
      flagger,
      table: settled().table(party),
      router: settled().routing(party).router,
      deployment: deployment.name,
      isScaled: deployment.hasAutoscaler,
      labels: serviceLabels(settled(), party),
    }),
  );
  claimObject(new ApiObject(scope, 'Canary', { ...CANARY, metadata: metadata(party.name), spec }));
}
