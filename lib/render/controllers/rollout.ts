import { ARGO } from '../../istio/api-groups';
import type { ArgoFacts } from '../../model/releases/release-controller';
import type { Fields } from '../../planes/features';

/** The routes of a service that Argo Rollouts moves weights in. */
export interface RolledRoutes {
  /** A VirtualService with a subset for each version, and the names of its routes. */
  readonly virtualService?: { readonly name: string; readonly routes: readonly string[] };
  /** HTTPRoutes with a Service for each version. */
  readonly httpRoutes: readonly string[];
}

/** What a Rollout is made from. */
export interface RolloutFacts {
  readonly argo: ArgoFacts;
  readonly serviceName: string;
  readonly namespaceName: string;
  /** Whose template its pods have. */
  readonly deployment: string;
  /** None where an autoscaler says it. */
  readonly replicas?: number;
  /** The version that serves and the one that is tried out. */
  readonly versions: readonly string[];
  readonly routes: RolledRoutes;
  /** Names of the Services of both, where routes name them. */
  readonly versionServices: readonly string[];
}

export const ROLLOUT = { apiVersion: `${ARGO}/v1alpha1`, kind: 'Rollout' };
export const ANALYSIS_TEMPLATE = { apiVersion: `${ARGO}/v1alpha1`, kind: 'AnalysisTemplate' };

/** Its plugin for the Gateway API, as its installation calls it. */
export const GATEWAY_PLUGIN = 'argoproj-labs/gatewayAPI';

/** A Rollout over the template of a Deployment, which it takes to no pods of its own. */
export function renderRollout(facts: RolloutFacts): Fields {
  const { argo, serviceName, deployment, replicas, versionServices } = facts;
  const [stableService, canaryService] = versionServices;
  return {
    replicas,
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: deployment, scaleDown: 'onsuccess' },
    strategy: {
      canary: {
        stableService,
        canaryService,
        trafficRouting: renderTrafficRouting(facts),
        steps: argo.steps,
        analysis: argo.metrics.length > 0 ? { templates: [{ templateName: serviceName }] } : undefined,
      },
    },
  };
}

/** What it measures, from the first step to the last. */
export function renderAnalysis({ metrics, prometheus }: ArgoFacts): Fields {
  return {
    metrics: metrics.map(({ name, query, successCondition, interval, failureLimit }) => ({
      name,
      interval,
      successCondition,
      failureLimit,
      provider: { prometheus: { address: prometheus, query } },
    })),
  };
}

function renderTrafficRouting({ namespaceName, versions, routes }: RolloutFacts): Fields {
  const { virtualService, httpRoutes } = routes;
  const [stableSubsetName, canarySubsetName] = versions;
  const istio = virtualService && {
    // Left out it means the only route there is.
    virtualService: { name: virtualService.name, routes: virtualService.routes.length > 1 ? virtualService.routes : undefined },
    destinationRule: { name: virtualService.name, stableSubsetName, canarySubsetName },
  };
  // The label by which it marks a route during a release would be a second owner's word in an object of ours.
  const plugin = { namespace: namespaceName, httpRoutes: httpRoutes.map((name) => ({ name })), disableInProgressLabel: true };
  return { istio, plugins: httpRoutes.length > 0 ? { [GATEWAY_PLUGIN]: plugin } : undefined };
}
