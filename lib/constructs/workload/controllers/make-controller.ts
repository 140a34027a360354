import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { CANONICAL_NAME } from '../../../istio/labels';
import type { PartyFacts } from '../../../model/party';
import { CONTROLLERS, type ControllerFacts } from '../../../model/releases/release-controller';
import type { RouteStatement } from '../../../model/route';
import type { WorkloadSpec } from '../../../model/workload-spec';
import { requireName } from '../../../support/object-names';
import { makeCanary } from './make-canary';
import { makeRollout } from './make-rollout';

/** What Argo Rollouts calls the pods that serve and those that are tried out, unless a Rollout says otherwise. */
export const STABLE_AND_CANARY: readonly [string, string] = ['stable', 'canary'];

/** The objects by which a controller knows of a service. */
export function makeController(
  scope: Construct,
  party: PartyFacts,
  facts: ControllerFacts,
  { deployment, spec }: { readonly deployment: kplus.Deployment; readonly spec: WorkloadSpec },
): void {
  const longest = facts.name === 'flagger' ? `${deployment.name}-primary` : `${party.name}-${STABLE_AND_CANARY[1]}`;
  requireName(scope, `name that ${CONTROLLERS[facts.name]} gives`, longest);
  if (facts.name === 'flagger') makeCanary(scope, party, facts, deployment);
  else
    makeRollout(scope, party, facts, { deployment, replicas: spec.autoscaling || spec.scaledBy !== undefined ? undefined : spec.replicas });
}

/** Labels that pick the pods of a service, those of the controller too: Flagger gives its own another `app`, and leaves all other labels. */
export function controlledPodLabels(facts: ControllerFacts | undefined, name: string): Readonly<Record<string, string>> | undefined {
  return facts?.name === 'flagger' ? { [CANONICAL_NAME]: name } : undefined;
}

/** What a controller means for the routes of a service. */
export function controlledRoutes(facts: ControllerFacts | undefined): Partial<RouteStatement> {
  if (!facts) return {};
  return facts.name === 'flagger' ? { by: 'flagger', controller: 'flagger' } : rolledOut(STABLE_AND_CANARY);
}

/** Pods of two versions that Argo Rollouts makes: until it acts all requests go to those that serve. */
export function rolledOut([stable, canary]: readonly [string, string]): Partial<RouteStatement> {
  return {
    by: 'argo-rollouts',
    controller: 'argo-rollouts',
    versions: [stable, canary],
    shares: [{ version: canary, weight: 0 }],
    weightsOwnedBy: CONTROLLERS['argo-rollouts'],
  };
}
