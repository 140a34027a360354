import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { REVISION, SERVICE_TYPE } from '../../istio/labels';
import type { Door } from '../../model/edge/listener';
import type { PartyFacts } from '../../model/party';
import { renderHttpsRedirect } from '../../render/routes/edge/redirect-route';
import { renderAllowedListeners, renderIngressGateway } from '../../render/routes/gateway';
import { groupedBy } from '../../support/grouping';
import { knownNamespace } from '../namespace/namespace-of';
import { infrastructureOf, overlaysFor, type Said, withPodSecurity } from '../namespace/proxy-infrastructure';
import { lazy } from '../tree/lazy';
import { makeObject } from '../tree/make-object';
import { Slot } from '../tree/slot';
import { attachingTo } from './listeners/attaching-to';

/** Namespaces of others that may attach something. */
export interface Guests {
  readonly routesFrom: readonly string[];
  readonly listenersFrom: () => readonly string[];
}

/** The Gateway, to which routes attach from where something is exposed and from some namespaces more, and what istiod is told of its pods. */
export function makeGateway(at: Construct, party: PartyFacts, doors: readonly Door[], said: Said, guests: Guests): ApiObject {
  const { name, namespaceName: namespace } = party;
  const revision = lazy(() => knownNamespace(at, namespace).dataPlane.revision);
  const annotations = said.service?.type && { [SERVICE_TYPE]: said.service.type };
  const metadata = { name, namespace, labels: { [REVISION]: revision }, annotations };
  const now = (): Said => withPodSecurity(at, namespace, said);
  const makeOverlays = overlaysFor(metadata, () => said) && overlaysFor(metadata, now);
  if (makeOverlays) makeOverlays(at, 'Infrastructure');
  else
    new Slot(at, 'Hardening', () => {
      const make = overlaysFor(metadata, now);
      return make ? [{ id: 'Infrastructure', make }] : [];
    });
  const open = doors.map((door) => ({
    ...door,
    namespaces: lazy(() => attachingTo(door, MeshGraph.of(at), { party, own: namespace, others: guests.routesFrom })),
  }));
  const listeners = lazy(() => renderAllowedListeners(guests.listenersFrom()));
  const spec = lazy(() => renderIngressGateway(open, infrastructureOf(at, name, now()), listeners));
  return makeObject(at, 'Resource', gateway.Gateway, metadata, spec);
}

/** A route for each listener that sends clients on to HTTPS. */
export function makeRedirects(at: Construct, { name, namespaceName }: PartyFacts, doors: readonly Door[]): void {
  const redirects = doors.filter(({ listener }) => listener.kind === 'redirect');
  for (const [listener, all] of groupedBy(redirects, (door) => door.listener.name)) {
    const metadata = { name: `${name}-${listener}-redirect`, namespace: namespaceName };
    makeObject(at, `Redirect-${listener}`, gateway.HttpRoute, metadata, renderHttpsRedirect(name, all));
  }
}
