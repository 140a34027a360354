import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as gateway from '../../../imports/gateway.networking.k8s.io';
import * as networking from '../../../imports/networking.istio.io';
import { MeshGraph } from '../../graph/mesh-graph';
import { settledOf } from '../../graph/settle';
import { RBAC } from '../../istio/api-groups';
import { REVISION, SERVICE_TYPE } from '../../istio/labels';
import { hasNetworkPolicies, waypointsAt } from '../../model/namespace-facts';
import type { EgressFacts } from '../../model/outside/egress-facts';
import type { PartyFacts } from '../../model/party';
import { planeOf } from '../../planes/plane-of';
import { renderProxyNeeds } from '../../render/network/infrastructure-policy';
import { renderEnd, renderNetworkPolicy } from '../../render/network/network-policy';
import {
  listenerName,
  renderEgressClients,
  renderEgressGateway,
  renderFromGateway,
  renderToGateway,
} from '../../render/routes/outside/egress-gateway';
import { compareText, sortedBy } from '../../support/ordering';
import { proxyNeedsOf } from '../namespace/proxy-needs-of';
import { knownNamespace } from '../namespace/namespace-of';
import { infrastructureOf, overlaysFor, type Said, withPodSecurity } from '../namespace/proxy-infrastructure';
import { lazy } from '../tree/lazy';
import { claimObject, inVersionOf, makeObject } from '../tree/make-object';
import { Slot, type Wanted } from '../tree/slot';
import { routeVisibleIn, visibleIn } from './make-entry';

/** Room for the gateway itself, in a plane whose proxies are led to it by routes: elsewhere it is the waypoint of its namespace. */
export function reserveEgress(scope: Construct, party: PartyFacts, facts: EgressFacts): void {
  const { facts: namespace } = knownNamespace(scope, facts.namespaceName);
  new Slot(scope, 'Gateway', () => {
    if (planeOf(namespace).routesAtWaypoint || hostsThrough(scope, facts).length === 0) return [];
    const makeOverlays = overlaysFor({ name: facts.name, namespace: facts.namespaceName }, () => said(scope, facts));
    return [
      ...(makeOverlays ? [{ id: 'Infrastructure', make: makeOverlays }] : []),
      { id: 'Resource', make: (at, id) => makeGateway(at, id, facts) },
      { id: 'Clients', make: (at, id) => makeClients(at, id, facts) },
      ...(hasNetworkPolicies(namespace)
        ? [{ id: 'NetworkPolicy', make: (at: Construct, id: string) => makeNetworkPolicy(at, id, party) }]
        : []),
    ];
  });
}

function makeGateway(scope: Construct, id: string, facts: EgressFacts): ApiObject {
  const revision = lazy(() => knownNamespace(scope, facts.namespaceName).dataPlane.revision);
  // Istio would make a load balancer for it, which takes what comes from outside.
  const annotations = { [SERVICE_TYPE]: 'ClusterIP' };
  const spec = lazy(() => renderEgressGateway(hostsThrough(scope, facts), infrastructureOf(scope, facts.name, said(scope, facts))));
  return makeObject(scope, id, gateway.Gateway, { ...metadataOf(facts), labels: { [REVISION]: revision }, annotations }, spec);
}

function said(scope: Construct, { namespaceName }: EgressFacts): Said {
  return withPodSecurity(scope, namespaceName, {});
}

function makeClients(scope: Construct, id: string, facts: EgressFacts): ApiObject {
  const spec = lazy(() => {
    const hosts = hostsThrough(scope, facts);
    const visible = new Set(hosts.flatMap((host) => visibleIn(host, settledOf(scope))));
    return renderEgressClients(facts, hosts, [...visible].sort(compareText));
  });
  return makeObject(scope, id, networking.DestinationRule, metadataOf(facts), spec);
}

function makeNetworkPolicy(scope: Construct, id: string, { key, name, namespaceName, podLabels = {} }: PartyFacts): ApiObject {
  const spec = lazy(() => {
    const calls = settledOf(scope).callsInto(namespaceName);
    return renderNetworkPolicy(
      podLabels,
      renderEnd(key, calls),
      renderProxyNeeds(proxyNeedsOf(scope, knownNamespace(scope, namespaceName))),
    );
  });
  return makeObject(scope, id, k8s.KubeNetworkPolicy, metadataOf({ name, namespaceName }), spec);
}

function metadataOf({ name, namespaceName }: Pick<PartyFacts, 'name' | 'namespaceName'>): { name: string; namespace: string } {
  return { name, namespace: namespaceName };
}

/** Room for what lets the gateway, whatever it is in its plane, read the Secrets of its hosts: istiod hands them out to accounts that may list Secrets. */
export function reserveSecrets(scope: Construct, { serviceAccountName }: PartyFacts, facts: EgressFacts): void {
  const { name, namespaceName } = facts;
  const metadata = { name: `${name}-secrets`, namespace: namespaceName };
  new Slot(scope, 'Secrets', (settled) => {
    if (!hostsThrough(scope, facts).some(({ ports }) => ports.some(({ origination }) => origination?.credentialName !== undefined)))
      return [];
    const { facts: namespace } = knownNamespace(scope, namespaceName);
    const waypoint = settled.waypoint(namespace);
    const role = { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] }] };
    const gateways = waypoint && !namespace.migration ? [] : [{ name: serviceAccountName!, namespaceName }];
    const readers = [...gateways, ...(waypoint ? waypointsAt(waypoint) : [])];
    const subjects = readers.map((one) => ({ kind: 'ServiceAccount', name: one.name, namespace: one.namespaceName }));
    const roleRef = { apiGroup: RBAC, kind: 'Role', name: metadata.name };
    return [
      { id: 'Resource', make: (at, id) => claimObject(new k8s.KubeRole(at, id, { metadata, ...role })) },
      { id: 'Binding', make: (at, id) => claimObject(new k8s.KubeRoleBinding(at, id, { metadata, roleRef, subjects })) },
    ];
  });
}

/** Room for the routes of a host to its gateway and from there. */
export function reserveWayOut(scope: Construct, party: PartyFacts): void {
  const { name, namespaceName, ports } = party;
  new Slot(scope, 'WayOut', () => {
    if (planeOf(knownNamespace(scope, namespaceName).facts).routesAtWaypoint) return [];
    const to = lazy(() => renderToGateway(party, routeVisibleIn(party, settledOf(scope))));
    const out = ports.map((port): Wanted => {
      const kind = inVersionOf(port.readsHttp ? gateway.HttpRoute : gateway.TcpRoute, settledOf(scope).settings.istioVersion);
      const own = { name: listenerName(name, port), namespace: namespaceName };
      return { id: String(port.number), make: (at, id) => makeObject(at, id, kind, own, renderFromGateway(party, port)) };
    });
    return [{ id: 'Resource', make: (at, id) => makeObject(at, id, networking.VirtualService, metadataOf(party), to) }, ...out];
  });
}

function hostsThrough(scope: Construct, { key, namespaceName }: EgressFacts): PartyFacts[] {
  const hosts = MeshGraph.of(scope)
    .partiesIn(namespaceName)
    .filter(({ through }) => through?.key === key);
  return sortedBy(hosts, ({ name }) => name);
}
