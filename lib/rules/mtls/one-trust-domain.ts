import type { CallModel, MeshModel, NamespaceModel } from '../../model/mesh-model';
import { waypointsAt } from '../../model/namespace-facts';
import type { Party } from '../../model/party';
import { sortedBy } from '../../support/ordering';
import { hasSidecars, isAmbient } from '../planes';
import { rule } from '../rule';

export const oneTrustDomain = rule({
  code: 'MESH258',
  level: 'warning',
  title: 'ztunnel in a mesh that moves to another trust domain',

  check(model, report) {
    const { trustDomain, trustDomainAliases = [] } = model;
    if (trustDomainAliases.length === 0) return;
    for (const namespace of model.namespaces.filter(hasZtunnels)) {
      const proxies = proxiesAround(model, namespace);
      report({
        on: namespace,
        message:
          `in ${namespace.name} ztunnel stands before the pods, and it takes certificates of one trust domain alone: from the moment when istiod says ${trustDomain} ` +
          `it refuses proxies that still show one of ${trustDomainAliases.join(' or ')}, whatever policies let in`,
        got: `proxies with certificates of their own: ${proxies.join(', ') || 'none that this program knows'}`,
        fix: `${restarted(proxies)}; ztunnels take new certificates by themselves, and some connections break until all of them have`,
      });
    }
  },
});

function hasZtunnels(namespace: NamespaceModel): boolean {
  return namespace.enrolled && (isAmbient(namespace) || namespace.migration !== undefined);
}

/** Waypoints, sidecars and gateways have the trust domain with which their pods began. */
function proxiesAround({ calls }: MeshModel, { name, waypoint }: NamespaceModel): string[] {
  const ends = calls.filter(isLetIn).filter((call) => [call.caller, call.callee].some(({ namespaceName }) => namespaceName === name));
  const parties = ends.flatMap(({ caller, callee }) => [caller, callee]).filter(hasOwnProxy);
  const waypoints = [waypoint, ...ends.map(({ callee }) => callee.waypoint)].flatMap((one) => (one ? waypointsAt(one) : []));
  const named = [
    ...waypoints.map((one) => `waypoint ${one.namespaceName}/${one.name}`),
    ...parties.map((party) => `${party.kind === 'gateway' ? 'gateway' : 'sidecars of'} ${party.namespaceName}/${party.name}`),
  ];
  return sortedBy(new Set(named), (text) => text);
}

function isLetIn({ action }: CallModel): boolean {
  return action === 'ALLOW';
}

function hasOwnProxy({ kind, namespace }: Party): boolean {
  return kind === 'gateway' || ((kind === 'service' || kind === 'workload') && hasSidecars(namespace));
}

function restarted(proxies: readonly string[]): string {
  return proxies.length > 0
    ? 'restart these as soon as istiod says the new one'
    : 'restart whoever calls in with a sidecar as soon as istiod says the new one';
}
