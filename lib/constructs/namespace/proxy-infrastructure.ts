import { ApiObject, type ApiObjectMetadata, Yaml } from 'cdk8s';
import type { Construct } from 'constructs';
import { MeshGraph } from '../../graph/mesh-graph';
import type { ProxyPodsFacts, ProxyServiceFacts } from '../../model/edge/proxy-pods';
import { type Overlay, renderOverlays } from '../../render/routes/edge/proxy-infrastructure';
import { podSecurityLevel } from '../../render/kubernetes/pod-security';
import type { Infrastructure } from '../../render/routes/gateway';
import { lazy } from '../tree/lazy';
import { claimObject } from '../tree/make-object';
import { proxyLabels } from '../tree/proxy-labels';
import { knownNamespace } from './namespace-of';

export interface Said {
  readonly pods?: ProxyPodsFacts;
  readonly service?: ProxyServiceFacts;
}

/** The name of the ConfigMap that istiod lays over what it makes for a Gateway; none where nothing is said. */
function parametersOf(gatewayName: string, { pods = {}, service }: Said): string | undefined {
  return Object.keys(renderOverlays(pods, service)).length > 0 ? `${gatewayName}-infrastructure` : undefined;
}

/** What istiod is told of all that it makes for a Gateway. */
export function infrastructureOf(scope: Construct, gatewayName: string, said: Said): Infrastructure {
  const { pods, service } = said;
  // Left out, Istio copies those of the Gateway, among them those of the back end.
  const labels = proxyLabels(scope);
  return { labels, annotations: pods?.annotations, parameters: parametersOf(gatewayName, said), address: service?.address };
}

/** How the ConfigMap is made, where there has to be one: it has to be there before the Gateway is. */
export function overlaysFor(gateway: ApiObjectMetadata, now: () => Said): ((scope: Construct, id: string) => ApiObject) | undefined {
  const name = parametersOf(gateway.name!, now());
  if (name === undefined) return undefined;
  const metadata = { name, namespace: gateway.namespace };
  const data = lazy(() => overlayTexts(now()));
  return (scope, id) => claimObject(new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }));
}

/** The same, and what the namespace asks of its pods besides. */
export function withPodSecurity(scope: Construct, namespaceName: string, said: Said): Said {
  const { facts } = knownNamespace(scope, namespaceName);
  const isRestricted = podSecurityLevel(facts, MeshGraph.of(scope).settings.cni) === 'restricted';
  return isRestricted ? { ...said, pods: { ...said.pods, hardened: true } } : said;
}

function overlayTexts({ pods = {}, service }: Said): Record<string, string> {
  return Object.fromEntries(Object.entries(renderOverlays(pods, service)).map(([key, overlay]) => [key, textOf(overlay)]));
}

function textOf(overlay: Overlay): string {
  return Yaml.stringify(overlay);
}
