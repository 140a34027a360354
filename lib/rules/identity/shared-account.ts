import { DEFAULT_ACCOUNT } from '../../istio/defaults';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { waypointsAt } from '../../model/namespace-facts';
import type { Party } from '../../model/party';
import { sortedBy } from '../../support/ordering';
import { groupedBy } from '../../support/grouping';
import { accountKey } from '../../cluster/workloads/identities';
import { ownWorkloads } from '../owners';
import { isAmbient } from '../planes';
import { type Report, rule } from '../rule';

export const sharedAccount = rule({
  code: 'MESH205',
  level: 'error',
  title: 'ServiceAccount shared with a caller',

  check(model, report) {
    checkProxies(model, report);
    const sharers = servicesByAccount(model);
    for (const [account, calls] of groupedBy(model.calls.filter(grantsToIdentity), callerAccount)) {
      const sharing = sharers.get(account) ?? [];
      const isDefault = account.endsWith(`/${DEFAULT_ACCOUNT}`);
      if (!isDefault && sharing.length < 2) continue;
      const [first] = sortedBy(calls, ({ path, callee }) => `${path} ${callee.key}`);
      report({
        on: first,
        message: isDefault
          ? `every pod that names no ServiceAccount runs as ${account}, so allowing ${first.caller.name} allows all of them`
          : `${sharing.join(' and ')} run as ServiceAccount ${account}, so allowing one allows all of them`,
        got: account,
        fix: `give ${isDefault ? first.caller.name : 'each service'} a ServiceAccount of its own`,
      });
    }
  },
});

// A proxy calls on behalf of others: what admits the waypoint or a gateway would admit the service, even one that calls nobody.
function checkProxies(model: MeshModel, report: Report): void {
  const proxies = proxiesByAccount(model);
  for (const service of ownWorkloads(model)) {
    const account = accountKey(service.namespaceName, service.serviceAccountName ?? '');
    const proxy = proxies.get(account);
    if (!proxy || !service.owned) continue;
    report({
      on: service,
      message: `${service.name} and ${proxy} run as ServiceAccount ${account}, so what allows one also allows the other`,
      got: account,
      fix: 'give the service, or its ServiceAccount, another name',
    });
  }
}

function proxiesByAccount({ namespaces, services, others }: MeshModel): ReadonlyMap<string, string> {
  const waypoints = [...namespaces, ...services].flatMap(({ waypoint }) => (waypoint ? waypointsAt(waypoint) : []));
  const gateways = others.filter((party) => party.serviceAccountName !== undefined && isGateway(party));
  return new Map([
    ...waypoints.map(({ namespaceName, name }): [string, string] => [accountKey(namespaceName, name), `waypoint ${name}`]),
    ...gateways.map((each): [string, string] => [
      accountKey(each.namespaceName, each.serviceAccountName ?? ''),
      `${each.kind === 'egress' ? 'egress ' : ''}gateway ${each.name}`,
    ]),
  ]);
}

// An egress gateway in ambient mode is the waypoint of its namespace, under the waypoint's name.
function isGateway({ kind, namespace }: Party): boolean {
  return kind === 'gateway' || (kind === 'egress' && !isAmbient(namespace));
}

// Where no proxy asks for an identity, a shared one gives nothing away.
function grantsToIdentity({ action, caller, callee, hops }: CallModel): boolean {
  const isAsked = callee.kind === 'service' || hops.some(({ enforcement }) => enforcement?.principal !== undefined);
  return action === 'ALLOW' && caller.serviceAccountName !== undefined && isAsked;
}

function callerAccount({ caller }: CallModel): string {
  return accountKey(caller.namespaceName, caller.serviceAccountName ?? '');
}

function servicesByAccount(model: MeshModel): Map<string, string[]> {
  const withAccount = ownWorkloads(model).filter(({ serviceAccountName }) => serviceAccountName !== undefined);
  const groups = groupedBy(withAccount, ({ namespaceName, serviceAccountName }) => accountKey(namespaceName, serviceAccountName ?? ''));
  return new Map([...groups].map(([account, services]) => [account, [...new Set(services.map(({ name }) => name))].sort()]));
}
