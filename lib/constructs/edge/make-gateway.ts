import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { REVISION, SERVICE_TYPE } from '../../istio/labels';
import type { Door } from '../../model/edge/listener';
import type { PartyFacts } from '../../model/party';
import { renderHttpsRedirect } from '../../render/routes/edge/redirect-route';
import { renderIngressGateway } from '../../render/routes/gateway';
import { groupedBy } from '../../support/grouping';
import { compareText } from '../../support/ordering';
import { knownNamespace } from '../namespace/namespace-of';
import { infrastructureOf, overlaysFor, type Said } from '../namespace/proxy-infrastructure';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';

/** The Gateway, to which routes attach from where something is exposed and from some namespaces more, and what istiod is told of its pods. */
export function makeGateway(at: Construct, party: PartyFacts, doors: readonly Door[], said: Said, others: readonly string[]): ApiObject {
  const { name, namespaceName: namespace } = party;
  const revision = lazy(() => knownNamespace(at, namespace).dataPlane.revision);
  const annotations = said.service?.type && { [SERVICE_TYPE]: said.service.type };
  const metadata = { name, namespace, labels: { [REVISION]: revision }, annotations };
  overlaysFor(metadata, said)?.(at, 'Infrastructure');
  const open = doors.map((door) => ({ ...door, namespaces: lazy(() => attachingTo(door, party, MeshGraph.of(at), others)) }));
  return makeObject(at, 'Resource', gateway.Gateway, metadata, renderIngressGateway(open, infrastructureOf(at, name, said)));
}

// A selector that lists no namespace is refused by the API server: with nothing exposed yet, the gateway's own has to do.
function attachingTo({ section, listener }: Door, party: PartyFacts, graph: MeshGraph, others: readonly string[]): string[] {
  const exposed = graph.exposures.filter((one) => one.gateway.key === party.key && one.listener === section);
  const names = listener.kind === 'redirect' ? [] : [...new Set([...exposed.map(({ service }) => service.namespaceName), ...others])];
  return names.length > 0 ? names.sort(compareText) : [party.namespaceName];
}

/** A route for each listener that sends clients on to HTTPS. */
export function makeRedirects(at: Construct, { name, namespaceName }: PartyFacts, doors: readonly Door[]): void {
  const redirects = doors.filter(({ listener }) => listener.kind === 'redirect');
  for (const [listener, all] of groupedBy(redirects, (door) => door.listener.name)) {
    const metadata = { name: `${name}-${listener}-redirect`, namespace: namespaceName };
    makeObject(at, `Redirect-${listener}`, gateway.HttpRoute, metadata, renderHttpsRedirect(name, all));
  }
}
